//! Pictures in: PNG, JPEG, WebP, TIFF, BMP, by their content and not by their name.
//!
//! In go the bytes of a file; out come grey pixels. A size is checked before it is believed, and a decoder's panic is a
//! damaged picture.

use image::{DynamicImage, GrayImage, ImageError as Cause, ImageReader, Limits};
use std::io::Cursor;
use thiserror::Error;

/// Pixels a side that reach an engine; larger pictures are scaled down.
pub const SIDE_MAX: u32 = 4096;

/// Pixels a side that a picture may declare.
const DECLARED_MAX: u32 = 20_000;

/// Bytes of a picture's pixels as its file holds them: 55 megapixels in colour, more than any handheld's camera
/// gives. A second copy in grey is a third of it.
const MEMORY_MAX: u64 = 160 << 20;

/// Grey pixels, row by row, 0 black.
pub struct Gray {
    /// Pixels a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// The pixels.
    pub pixels: Vec<u8>,
}

/// Reads a picture.
///
/// # Errors
/// [`ImageError`]: not a picture, a damaged one, or one that declares more than is reasonable.
pub fn load(bytes: &[u8]) -> Result<Gray, ImageError> {
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| ImageError::Unknown)?;
    if reader.format().is_none() {
        return Err(ImageError::Unknown);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(DECLARED_MAX);
    limits.max_image_height = Some(DECLARED_MAX);
    limits.max_alloc = Some(MEMORY_MAX);
    reader.limits(limits);
    let decoded = crate::contained::run(|| reader.decode()).ok_or(ImageError::Damaged(None))?;
    let picture = decoded.map_err(|cause| match cause {
        Cause::Limits(_) => ImageError::TooLarge,
        Cause::Unsupported(_) => ImageError::Unknown,
        cause => ImageError::Damaged(Some(Box::new(cause))),
    })?;
    Ok(gray(picture))
}

fn gray(picture: DynamicImage) -> Gray {
    // Transparent pixels of a label are paper.
    let mut pixels = if picture.color().has_alpha() {
        let rgba = picture.into_rgba8();
        GrayImage::from_fn(rgba.width(), rgba.height(), |x, y| {
            let [r, g, b, a] = rgba.get_pixel(x, y).0.map(u32::from);
            let light = (r * 299 + g * 587 + b * 114) / 1000;
            image::Luma([((light * a + 255 * (255 - a)) / 255) as u8])
        })
    } else {
        picture.into_luma8()
    };
    let longest = pixels.width().max(pixels.height());
    if longest > SIDE_MAX {
        let scaled = |side: u32| {
            u32::try_from(u64::from(side) * u64::from(SIDE_MAX) / u64::from(longest))
                .unwrap_or(SIDE_MAX)
                .max(1)
        };
        let (width, height) = (scaled(pixels.width()), scaled(pixels.height()));
        // Means of the pixels that fall together: a better filter would hold the picture once more, in floats.
        pixels = image::imageops::thumbnail(&pixels, width, height);
    }
    Gray { width: pixels.width(), height: pixels.height(), pixels: pixels.into_raw() }
}

/// Why a file gave no picture.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ImageError {
    /// Not a picture of a known kind.
    #[error("not a PNG, JPEG, WebP, TIFF or BMP picture; convert it to one of these")]
    Unknown,
    /// Cut or altered; without a cause where a decoder panicked.
    #[error("the picture is damaged; take or copy it again")]
    Damaged(#[source] Option<Box<dyn std::error::Error + Send + Sync>>),
    /// More pixels or memory than any photograph of a label needs.
    #[error(
        "the picture is larger than 20,000 pixels a side or 160 MiB (55 megapixels in colour); scale it down"
    )]
    TooLarge,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_picture_is_refused() {
        for bytes in [&b""[..], b"waybill,station", &[0xff; 1000], b"\x89PNG\r\n\x1a\n"] {
            assert!(load(bytes).is_err());
        }
    }

    #[test]
    fn a_declared_size_is_refused_before_it_is_believed() {
        // A PNG header of 60,000 × 60,000 pixels and nothing behind it.
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend_from_slice(&60_000u32.to_be_bytes());
        png.extend_from_slice(&60_000u32.to_be_bytes());
        png.extend_from_slice(&[8, 0, 0, 0, 0]);
        let crc = png[12..].iter().fold(!0u32, |crc, byte| {
            (0..8)
                .fold(crc ^ u32::from(*byte), |crc, _| crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 })
        });
        png.extend_from_slice(&(!crc).to_be_bytes());
        png.extend_from_slice(&[0; 64]);
        assert!(matches!(load(&png), Err(ImageError::TooLarge | ImageError::Damaged(_))));
    }

    #[test]
    fn a_bomb_is_refused_before_its_pixels_are_there() {
        let bomb = image::RgbImage::new(8_000, 8_000);
        let mut bytes = Cursor::new(Vec::new());
        bomb.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        assert!(bytes.get_ref().len() < 1 << 20);
        assert!(matches!(load(bytes.get_ref()), Err(ImageError::TooLarge)));
    }

    #[test]
    fn wide_pictures_are_scaled_down() {
        let wide = GrayImage::from_pixel(9000, 30, image::Luma([200]));
        let mut bytes = Cursor::new(Vec::new());
        wide.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        let gray = load(bytes.get_ref()).unwrap();
        assert_eq!((gray.width, gray.height), (4096, 13));
    }
}
