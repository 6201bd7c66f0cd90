//! Reads a label's bar code, a Code 128 (ISO/IEC 15417) of its waybill number.
//!
//! In goes a picture; out come waybill numbers. Which of them belongs to a label [`beside`](super::beside) finds out.

use super::image::Gray;
use crate::contained;
use crate::payload::Waybill;
use image::GrayImage;
use image::imageops::{self, FilterType};
use rxing::common::HybridBinarizer;
use rxing::oned::Code128Reader;
use rxing::{BinaryBitmap, DecodeHints, Luma8LuminanceSource, RXingResult, Reader as _};

/// The waybill number of a picture with one label; `None` if no Code 128 is read, or its text is not a waybill number,
/// since a parcel may carry other bar codes.
#[must_use]
pub fn read(picture: &Gray) -> Option<String> {
    let original = GrayImage::from_raw(picture.width, picture.height, picture.pixels.clone())?;
    // Bars are long, so that averaging along them removes noise and specks without loss.
    let half = || imageops::resize(&original, picture.width / 2, picture.height / 2, FilterType::Triangle);
    search(original.clone())
        .or_else(|| search(imageops::fast_blur(&original, 1.0)))
        .or_else(|| (picture.width.min(picture.height) >= 200).then(half).and_then(search))
}

/// The waybill number in a low picture of a single row, and where it begins and ends, as shares of the width; none if the bar
/// code is upside down.
pub(super) fn row(picture: &Gray) -> Option<(String, f32, f32)> {
    let (pixels, width, height) = (picture.pixels.clone(), picture.width, picture.height);
    let found = found(pixels, (width, height), false)?;
    let [left, right] = found.getPoints() else { return None };
    let text = found.getText().trim().to_owned();
    let is_upright = left.x < right.x;
    (is_upright && Waybill::parse(&text).is_ok())
        .then(|| (text, left.x / width as f32, right.x / width as f32))
}

/// By the engine's reader of this one code: the reader of all codes would bring the others into each program.
fn found(pixels: Vec<u8>, (width, height): (u32, u32), try_harder: bool) -> Option<RXingResult> {
    let hints = DecodeHints { TryHarder: Some(try_harder), ..DecodeHints::default() };
    contained::run(|| {
        let source = Luma8LuminanceSource::new(pixels, width, height).ok()?;
        let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
        Code128Reader.decode_with_hints(&mut bitmap, &hints).ok()
    })
    .flatten()
}

fn search(picture: GrayImage) -> Option<String> {
    let size = picture.dimensions();
    let text = found(picture.into_raw(), size, true)?.getText().trim().to_owned();
    Waybill::parse(&text).is_ok().then_some(text)
}
