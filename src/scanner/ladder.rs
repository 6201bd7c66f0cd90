//! Grey pixels to the texts of QR codes: cheap stages first, and a further one only if none was read.

use super::contained;
use super::image::Gray;
use super::soft;
use image::{GrayImage, imageops};
use rxing::common::HybridBinarizer;
use rxing::multi::MultipleBarcodeReader;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{BinaryBitmap, DecodeHints, Luma8LuminanceSource};
use std::collections::BTreeSet;

/// One code that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// Its text.
    pub text: String,
    /// The stage that read it.
    pub stage: Stage,
}

/// What is done to a picture before it is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nothing.
    AsIs,
    /// Half the size: for large, noisy pictures.
    Half,
    /// Twice the size: for small modules.
    Double,
    /// Contrast stretched: for pale prints and shadow.
    Stretched,
    /// Blurred: for dead dots and scratches.
    Blurred,
    /// Not an engine's: our own reader of our own symbols, by soft values.
    Soft,
}

/// The stages in the order tried.
const STAGES: [Stage; 6] =
    [Stage::AsIs, Stage::Soft, Stage::Half, Stage::Double, Stage::Stretched, Stage::Blurred];

/// Pixels a side over which a picture is not enlarged.
const DOUBLE_MAX: u32 = 1600;

/// The texts of the codes in a picture that `accept` takes, in reading order of their text.
///
/// A code counts only if it is accepted, which a caller does when its framing parses; the first stage that
/// gives one ends the search.
pub fn read(picture: &Gray, accept: &mut dyn FnMut(&str) -> bool) -> Vec<Read> {
    let Some(original) = GrayImage::from_raw(picture.width, picture.height, picture.pixels.clone()) else {
        return Vec::new();
    };
    for stage in STAGES {
        let texts: Vec<String> = if stage == Stage::Soft {
            contained::run(|| soft::read(picture, accept)).unwrap_or_default()
        } else {
            let Some(prepared) = prepare(&original, stage) else { continue };
            let found = contained::run(|| search(prepared)).unwrap_or_default();
            found.into_iter().filter(|text| accept(text)).collect()
        };
        let reads: Vec<Read> = texts.into_iter().map(|text| Read { text, stage }).collect();
        if !reads.is_empty() {
            return reads;
        }
    }
    Vec::new()
}

fn prepare(original: &GrayImage, stage: Stage) -> Option<GrayImage> {
    let (width, height) = original.dimensions();
    let scaled = |width, height| imageops::resize(original, width, height, imageops::FilterType::Triangle);
    match stage {
        Stage::AsIs => Some(original.clone()),
        Stage::Half => (width.min(height) >= 400).then(|| scaled(width / 2, height / 2)),
        Stage::Double => (width.max(height) <= DOUBLE_MAX).then(|| scaled(width * 2, height * 2)),
        Stage::Stretched => {
            let (dark, light) = original
                .pixels()
                .fold((255, 0), |(dark, light), pixel| (pixel.0[0].min(dark), pixel.0[0].max(light)));
            let span =
                u32::from(light).checked_sub(u32::from(dark)).filter(|span| (1..200).contains(span))?;
            let mut stretched = original.clone();
            for pixel in stretched.pixels_mut() {
                pixel.0[0] = (u32::from(pixel.0[0] - dark) * 255 / span) as u8;
            }
            Some(stretched)
        }
        Stage::Blurred => Some(imageops::fast_blur(original, 1.5)),
        Stage::Soft => None,
    }
}

/// Every distinct text of a QR code in a picture.
fn search(picture: GrayImage) -> BTreeSet<String> {
    let (width, height) = picture.dimensions();
    let Ok(source) = Luma8LuminanceSource::new(picture.into_raw(), width, height) else {
        return BTreeSet::new();
    };
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
    let hints = DecodeHints { TryHarder: Some(true), ..DecodeHints::default() };
    match QrReader.decode_multiple_with_hints(&mut bitmap, &hints) {
        Ok(results) => results.iter().map(|result| result.getText().to_owned()).collect(),
        Err(_) => BTreeSet::new(),
    }
}
