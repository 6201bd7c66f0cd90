//! The Code 128 of a label: its waybill number, which must be the one that was sealed.

use super::image::Gray;
use crate::contained;
use crate::payload::Waybill;
use image::GrayImage;
use image::imageops::{self, FilterType};
use rxing::{BarcodeFormat, DecodeHints, helpers};
use std::collections::HashSet;

/// The waybill number that is printed beside each label of a picture, of which `claimed` are those that were sealed:
/// the same where a bar code says so, another where one is left that belongs to no label, and none where there is no
/// bar code to tell.
#[must_use]
pub fn beside(picture: &Gray, claimed: &[&str]) -> Vec<Option<String>> {
    let Some(first) = read(picture) else { return vec![None; claimed.len()] };
    if claimed == [first.as_str()] {
        return vec![Some(first)];
    }
    // A parcel may carry other codes, and a picture several parcels.
    let mut printed = read_all(picture);
    printed.push(first);
    let other = printed.iter().find(|number| !claimed.contains(&number.as_str()));
    let told = |number: &&str| printed.iter().find(|printed| printed == number).or(other).cloned();
    claimed.iter().map(told).collect()
}

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

/// The numbers of all of them that have the form of a waybill's.
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
