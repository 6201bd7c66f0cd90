//! The Code 128 of a label: its waybill number, which must be the one that was sealed.

use super::contained;
use super::image::Gray;
use crate::payload::Waybill;
use image::GrayImage;
use image::imageops::{self, FilterType};
use rxing::{BarcodeFormat, DecodeHints, helpers};
use std::collections::HashSet;

/// The number of the picture's Code 128, if one is read that has the form of a waybill's: a parcel may carry
/// other codes.
#[must_use]
pub fn read(picture: &Gray) -> Option<String> {
    let original = GrayImage::from_raw(picture.width, picture.height, picture.pixels.clone())?;
    // Bars are long: averaging along them costs nothing and takes noise and specks away.
    let half = || imageops::resize(&original, picture.width / 2, picture.height / 2, FilterType::Triangle);
    search(original.clone())
        .or_else(|| search(imageops::fast_blur(&original, 1.0)))
        .or_else(|| (picture.width.min(picture.height) >= 200).then(half).and_then(search))
}

fn search(picture: GrayImage) -> Option<String> {
    let (width, height) = picture.dimensions();
    let mut hints = DecodeHints {
        TryHarder: Some(true),
        PossibleFormats: Some(HashSet::from([BarcodeFormat::CODE_128])),
        ..DecodeHints::default()
    };
    let found = contained::run(|| {
        helpers::detect_in_luma_with_hints(
            picture.into_raw(),
            width,
            height,
            Some(BarcodeFormat::CODE_128),
            &mut hints,
        )
    });
    let text = found?.ok()?.getText().trim().to_owned();
    Waybill::parse(&text).is_ok().then_some(text)
}
