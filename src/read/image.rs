//! Decodes image files: PNG, JPEG, WebP, TIFF and BMP, recognised by content.
//!
//! In go the bytes of a file; out come grey pixels. The declared size is checked before memory is allocated for it, and a
//! panic of a decoder counts as a damaged picture.

use super::tiff;
use image::{DynamicImage, GrayImage, ImageError as Cause, ImageFormat, ImageReader, Limits};
use std::io::Cursor;
use thiserror::Error;

/// The longest side given to an engine, in pixels; larger pictures are scaled down.
pub const SIDE_MAX: u32 = 4096;

/// The longest side that a file may declare, in pixels.
const DECLARED_MAX: u32 = 20_000;

/// The most memory for decoded pixels, in bytes: 55 megapixels in colour, more than a handheld's camera has. The copy in
/// grey takes a third of that in addition.
const MEMORY_MAX: u64 = 160 << 20;

/// A grey picture: 8 bits a pixel, row by row from the top, 0 is black.
///
/// Exhaustive, so that callers can build it from a camera's buffer. A picture with `pixels.len()` below `width * height`
/// is read as empty.
pub struct Gray {
    /// Pixels per row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// The pixels, `width * height` of them.
    pub pixels: Vec<u8>,
}

/// Decodes an image file. Its sides are then at most [`SIDE_MAX`].
///
/// # Errors
/// [`ImageError`]: the file is not an image, is damaged, or declares too large a size.
pub fn load(bytes: &[u8]) -> Result<Gray, ImageError> {
    Ok(gray(decode(bytes)?, WHITE))
}

/// Decodes the first picture of a file.
pub(super) fn decode(bytes: &[u8]) -> Result<DynamicImage, ImageError> {
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| ImageError::Unknown)?;
    // The guess knows no BigTIFF.
    if tiff::is_tiff(bytes) {
        reader.set_format(ImageFormat::Tiff);
    }
    if reader.format().is_none() {
        return Err(ImageError::Unknown);
    }
    reader.limits(limits());
    let decoded = crate::contained::run(|| reader.decode()).ok_or(ImageError::Damaged(None))?;
    decoded.map_err(ImageError::of)
}

/// The limits of a decoder.
pub(super) fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(DECLARED_MAX);
    limits.max_image_height = Some(DECLARED_MAX);
    limits.max_alloc = Some(MEMORY_MAX);
    limits
}

/// White paper, on which transparent pixels are taken to lie.
pub(super) const WHITE: u8 = 255;

/// A picture in grey; its transparent pixels have the grey of what is under them.
pub(super) fn gray(picture: DynamicImage, under: u8) -> Gray {
    // The weights of red, green and blue are those of ITU-R BT.601.
    let mut pixels = if picture.color().has_alpha() {
        let rgba = stretched(picture).into_rgba8();
        GrayImage::from_fn(rgba.width(), rgba.height(), |x, y| {
            let [r, g, b, a] = rgba.get_pixel(x, y).0.map(u32::from);
            let light = (r * 299 + g * 587 + b * 114) / 1000;
            image::Luma([((light * a + u32::from(under) * (255 - a)) / 255) as u8])
        })
    } else {
        stretched(picture).into_luma8()
    };
    let longest = pixels.width().max(pixels.height());
    if longest > SIDE_MAX {
        let scaled = |side: u32| {
            u32::try_from(u64::from(side) * u64::from(SIDE_MAX) / u64::from(longest))
                .unwrap_or(SIDE_MAX)
                .max(1)
        };
        let (width, height) = (scaled(pixels.width()), scaled(pixels.height()));
        // A box filter: better filters would need another copy of the picture, in floats.
        pixels = image::imageops::thumbnail(&pixels, width, height);
    }
    Gray { width: pixels.width(), height: pixels.height(), pixels: pixels.into_raw() }
}

/// A picture of 16 bits a sample whose samples use fewer of them, as cameras of 10 or 12 bits write it: shifted up to use
/// all. The eight upper bits alone would be nearly black.
fn stretched(mut picture: DynamicImage) -> DynamicImage {
    fn up(samples: &mut [u16], is_colour: impl Fn(usize) -> bool) {
        let colour = samples.iter().enumerate().filter(|(at, _)| is_colour(*at));
        let unused = colour.map(|(_, sample)| sample.leading_zeros()).min().unwrap_or(0).min(8);
        for (at, sample) in samples.iter_mut().enumerate() {
            if is_colour(at) {
                *sample <<= unused;
            }
        }
    }
    match &mut picture {
        DynamicImage::ImageLuma16(samples) => up(samples, |_| true),
        DynamicImage::ImageRgb16(samples) => up(samples, |_| true),
        DynamicImage::ImageLumaA16(samples) => up(samples, |at| at % 2 != 1),
        DynamicImage::ImageRgba16(samples) => up(samples, |at| at % 4 != 3),
        _ => {}
    }
    picture
}

/// Why an image file cannot be decoded.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ImageError {
    /// Not an image of a supported format.
    #[error("not a PNG, JPEG, WebP, TIFF or BMP picture; convert it to one of these")]
    Unknown,
    /// Damaged; without a cause if a decoder panicked.
    #[error("the picture is damaged; take or copy it again")]
    Damaged(#[source] Option<Box<dyn std::error::Error + Send + Sync>>),
    /// More pixels or memory than any photograph of a label needs.
    #[error(
        "the picture is larger than 20,000 pixels a side or 160 MiB (55 megapixels in colour); scale it down"
    )]
    TooLarge,
}

impl ImageError {
    pub(super) fn of(cause: Cause) -> Self {
        match cause {
            Cause::Limits(_) => Self::TooLarge,
            Cause::Unsupported(_) => Self::Unknown,
            cause => Self::Damaged(Some(Box::new(cause))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_not_images_are_refused() {
        for bytes in [&b""[..], b"waybill,station", &[0xff; 1000], b"\x89PNG\r\n\x1a\n"] {
            assert!(load(bytes).is_err());
        }
    }

    #[test]
    fn a_declared_size_is_refused_before_it_is_believed() {
        // A PNG header of 60,000 × 60,000 pixels and nothing after it.
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
    fn twelve_bits_in_sixteen_are_as_light_as_sixteen() {
        let ramp = |bits: u32| {
            let picture = image::ImageBuffer::<image::Luma<u16>, _>::from_fn(64, 8, |x, _| {
                image::Luma([(x * ((1 << bits) - 1) / 63) as u16])
            });
            let mut bytes = Cursor::new(Vec::new());
            picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
            load(bytes.get_ref()).unwrap().pixels
        };
        for bits in [10, 12, 14] {
            let (few, all) = (ramp(bits), ramp(16));
            assert!(few.iter().zip(&all).all(|(few, all)| few.abs_diff(*all) <= 1), "{bits}");
        }
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
