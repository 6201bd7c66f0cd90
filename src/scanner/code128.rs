//! The Code 128 of a label: its waybill number, which must be the one that was sealed.

use super::contained;
use super::image::Gray;
use rxing::{BarcodeFormat, DecodeHints, helpers};
use std::collections::HashSet;

/// The text of the picture's Code 128, if one is read.
#[must_use]
pub fn read(picture: &Gray) -> Option<String> {
    let mut hints = DecodeHints {
        TryHarder: Some(true),
        PossibleFormats: Some(HashSet::from([BarcodeFormat::CODE_128])),
        ..DecodeHints::default()
    };
    let pixels = picture.pixels.clone();
    let search = || {
        helpers::detect_in_luma_with_hints(
            pixels,
            picture.width,
            picture.height,
            Some(BarcodeFormat::CODE_128),
            &mut hints,
        )
    };
    contained::run(search)?.ok().map(|result| result.getText().to_owned())
}
