//! Reads a label's bar code, a Code 128 (ISO/IEC 15417) of its waybill number.
//!
//! In goes a picture; out come waybill numbers. The caller compares them with the sealed ones: a difference means that a
//! code was moved to another parcel.

use super::image::Gray;
use crate::contained;
use crate::payload::Waybill;
use image::GrayImage;
use image::imageops::{self, FilterType};
use rxing::{BarcodeFormat, DecodeHints, helpers};
use std::collections::HashSet;

/// The waybill number printed next to each QR code of a picture. `claimed` has the sealed number of each code; the result
/// has the same order. It is the sealed number if a bar code confirms it, a number that no code claims if there is one,
/// and otherwise `None`.
#[must_use]
pub fn beside(picture: &Gray, claimed: &[&str]) -> Vec<Option<String>> {
    let Some(first) = read(picture) else { return vec![None; claimed.len()] };
    if claimed == [first.as_str()] {
        return vec![Some(first)];
    }
    // A parcel may carry other bar codes, and a picture may show several parcels.
    let mut printed = read_all(picture);
    printed.push(first);
    let other = printed.iter().find(|number| !claimed.contains(&number.as_str()));
    let confirmed = |number: &&str| printed.iter().find(|printed| printed == number).or(other).cloned();
    claimed.iter().map(confirmed).collect()
}

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

/// The waybill numbers of all Code 128 bar codes in a picture.
fn read_all(picture: &Gray) -> Vec<String> {
    let (pixels, width, height) = (picture.pixels.clone(), picture.width, picture.height);
    let found =
        contained::run(|| helpers::detect_multiple_in_luma_with_hints(pixels, width, height, &mut hints()));
    let texts = found.and_then(Result::ok).unwrap_or_default();
    let texts = texts.iter().map(|code| code.getText().trim().to_owned());
    texts.filter(|text| Waybill::parse(text).is_ok()).collect()
}

fn hints() -> DecodeHints {
    DecodeHints {
        TryHarder: Some(true),
        PossibleFormats: Some(HashSet::from([BarcodeFormat::CODE_128])),
        ..DecodeHints::default()
    }
}

fn search(picture: GrayImage) -> Option<String> {
    let (width, height) = picture.dimensions();
    let found = contained::run(|| {
        helpers::detect_in_luma_with_hints(
            picture.into_raw(),
            width,
            height,
            Some(BarcodeFormat::CODE_128),
            &mut hints(),
        )
    });
    let text = found?.ok()?.getText().trim().to_owned();
    Waybill::parse(&text).is_ok().then_some(text)
}
