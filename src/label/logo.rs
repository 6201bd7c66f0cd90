//! Converts a carrier's logo to black dots.
//!
//! In: a PNG file of at most 4,096 pixels per side. Out: the dots at the printed size.

use super::canvas::Bitmap;
use image::{DynamicImage, GrayImage, ImageError, ImageReader, Limits, imageops};
use std::io::Cursor;

/// Most pixels per side of a logo.
const SIDE_MAX: u32 = 4096;

/// A logo in grey on white.
#[derive(Clone, PartialEq, Eq)]
pub struct Logo {
    grey: GrayImage,
}

/// A logo at its printed size.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LogoDots {
    /// The dots.
    pub bitmap: Bitmap,
    /// Width in dots.
    pub width: i32,
    /// Height in dots.
    pub height: i32,
}

/// A logo that cannot be used. The decoder's error is the source.
#[derive(Debug, thiserror::Error)]
#[error("not a PNG picture that can be read: {0}")]
pub struct LogoError(#[source] ImageError);

impl LogoDots {
    /// The runs of black dots: column, row and length.
    #[must_use]
    pub fn runs(&self) -> Vec<(i32, i32, i32)> {
        let mut runs = Vec::new();
        for (row, y) in self.bitmap.bits.chunks_exact(self.bitmap.stride.max(1)).zip(0..) {
            let mut x = 0;
            while x < self.width {
                let black = |x: i32| row[x as usize / 8] << (x % 8) & 0x80 != 0;
                let long = (x..self.width).take_while(|x| black(*x)).count() as i32;
                if long > 0 {
                    runs.push((x, y, long));
                }
                x += long + 1;
            }
        }
        runs
    }
}

impl Logo {
    /// Decodes a PNG file. Transparent pixels become white.
    ///
    /// # Errors
    /// [`LogoError`] if it is not a PNG picture or has more than 4,096 pixels per side.
    pub fn read(png: &[u8]) -> Result<Self, LogoError> {
        let mut reader = ImageReader::with_format(Cursor::new(png), image::ImageFormat::Png);
        let mut limits = Limits::default();
        (limits.max_image_width, limits.max_image_height) = (Some(SIDE_MAX), Some(SIDE_MAX));
        reader.limits(limits);
        let picture = reader.decode().map_err(LogoError)?;
        let mut pixels = DynamicImage::from(picture.to_rgba8()).into_rgba8();
        for pixel in pixels.pixels_mut() {
            let [red, green, blue, alpha] = pixel.0;
            let over = |value: u8| (u32::from(value) * u32::from(alpha) / 255 + 255 - u32::from(alpha)) as u8;
            pixel.0 = [over(red), over(green), over(blue), 255];
        }
        Ok(Self { grey: DynamicImage::from(pixels).into_luma8() })
    }

    /// Scales the logo to `height` dots, or less if it would be wider than `most` dots. Pixels darker than mid-grey
    /// become black.
    #[must_use]
    pub fn scaled(&self, height: i32, most: i32) -> LogoDots {
        let (wide, high) = (self.grey.width().max(1) as f32, self.grey.height().max(1) as f32);
        let scale = (height as f32 / high).min(most as f32 / wide);
        let size = |length: f32| ((length * scale).round() as u32).max(1);
        let small = imageops::resize(&self.grey, size(wide), size(high), imageops::FilterType::Triangle);
        let stride = (small.width() as usize).div_ceil(8);
        let mut bits = vec![0; stride * small.height() as usize];
        for (x, y, _) in small.enumerate_pixels().filter(|(_, _, pixel)| pixel.0[0] < 128) {
            bits[y as usize * stride + x as usize / 8] |= 0x80 >> (x % 8);
        }
        LogoDots {
            bitmap: Bitmap { stride, bits },
            width: small.width() as i32,
            height: small.height() as i32,
        }
    }
}

impl std::fmt::Debug for Logo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Logo({} × {})", self.grey.width(), self.grey.height())
    }
}
