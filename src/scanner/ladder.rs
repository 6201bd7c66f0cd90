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
    /// Each pixel beside the contrast of its neighbourhood: for shadow and reflections.
    Local,
    /// Bright specks darkened: for scratches and dead dots.
    Closed,
    /// Dark specks lightened.
    Opened,
    /// Light on dark.
    Inverted,
    /// Edges sharpened: for blur.
    Sharp,
    /// A quarter of the size.
    Quarter,
    /// Not an engine's: our own reader of our own symbols, by soft values.
    Soft,
}

/// The stages in the order tried.
const STAGES: [Stage; 12] = [
    Stage::AsIs,
    Stage::Soft,
    Stage::Half,
    Stage::Local,
    Stage::Stretched,
    Stage::Blurred,
    Stage::Closed,
    Stage::Inverted,
    Stage::Opened,
    Stage::Sharp,
    Stage::Quarter,
    Stage::Double,
];

/// Pixels a side over which a picture is not enlarged.
const DOUBLE_MAX: u32 = 1600;

/// The texts of the codes in a picture that `accept` takes: the first stage that gives one ends the search.
///
/// A code counts only if it is accepted, which a caller does when its framing parses.
pub fn read(picture: &Gray, accept: &mut dyn FnMut(&str) -> bool) -> Vec<Read> {
    let Some(original) = pixels(picture) else { return Vec::new() };
    let mut reads = STAGES.into_iter().map(|stage| run(stage, picture, &original, None, accept));
    reads.find(|reads| !reads.is_empty()).unwrap_or_default()
}

/// As [`read`], for a picture of several labels: that one is read does not end the search for a damaged one
/// beside it.
pub fn read_all(picture: &Gray, accept: &mut dyn FnMut(&str) -> bool) -> Vec<Read> {
    let Some(original) = pixels(picture) else { return Vec::new() };
    let mut reads: Vec<Read> = Vec::new();
    for (at, stage) in STAGES.into_iter().enumerate() {
        // The first two read what the further ones read, but for a few.
        if at >= 2 && !reads.is_empty() {
            break;
        }
        for read in run(stage, picture, &original, None, accept) {
            if reads.iter().all(|other| other.text != read.text) {
                reads.push(read);
            }
        }
    }
    reads
}

/// The frames of a video: the first stage on every frame and one further stage in turn. What no frame shows
/// well enough is summed up over them.
#[derive(Default)]
pub struct Turns {
    next: usize,
    memory: soft::Memory,
}

impl Turns {
    /// As [`read`], for the next frame.
    pub fn read(&mut self, frame: &Gray, accept: &mut dyn FnMut(&str) -> bool) -> Vec<Read> {
        let Some(original) = pixels(frame) else { return Vec::new() };
        let [first, further @ ..] = STAGES;
        let mut reads = run(first, frame, &original, None, accept);
        if reads.is_empty() {
            // Every other turn is the soft reader's, which reads most.
            let at = if self.next.is_multiple_of(2) { 0 } else { 1 + self.next / 2 % (further.len() - 1) };
            self.next += 1;
            reads = run(further[at], frame, &original, Some(&mut self.memory), accept);
        }
        reads
    }
}

fn pixels(picture: &Gray) -> Option<GrayImage> {
    GrayImage::from_raw(picture.width, picture.height, picture.pixels.clone())
}

/// One stage.
fn run(
    stage: Stage,
    picture: &Gray,
    original: &GrayImage,
    memory: Option<&mut soft::Memory>,
    accept: &mut dyn FnMut(&str) -> bool,
) -> Vec<Read> {
    let texts: Vec<String> = if stage == Stage::Soft {
        contained::run(|| soft::read(picture, memory, accept)).unwrap_or_default()
    } else {
        let found = contained::run(|| prepare(original, stage).map(search));
        found.flatten().unwrap_or_default().into_iter().filter(|text| accept(text)).collect()
    };
    texts.into_iter().map(|text| Read { text, stage }).collect()
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
        Stage::Local => {
            let local = soft::local_contrast(original.as_raw(), width, height);
            GrayImage::from_raw(width, height, local)
        }
        // The darkest of each three by three, then the lightest: ink grows over what is thin, and back.
        Stage::Closed => {
            let dark = extreme(original, u8::min);
            Some(extreme(&dark, u8::max))
        }
        Stage::Opened => {
            let light = extreme(original, u8::max);
            Some(extreme(&light, u8::min))
        }
        Stage::Sharp => Some(imageops::unsharpen(original, 2.0, 0)),
        Stage::Quarter => (width.min(height) >= 400).then(|| scaled(width / 4, height / 4)),
        Stage::Inverted => {
            let mut inverted = original.clone();
            imageops::invert(&mut inverted);
            Some(inverted)
        }
        Stage::Soft => None,
    }
}

/// The least or greatest of each pixel and its eight neighbours.
fn extreme(picture: &GrayImage, pick: fn(u8, u8) -> u8) -> GrayImage {
    let (width, height) = picture.dimensions();
    let along = |from: &GrayImage, dx: u32, dy: u32| {
        GrayImage::from_fn(width, height, |x, y| {
            let at = |x: u32, y: u32| from.get_pixel(x.min(width - 1), y.min(height - 1)).0[0];
            let before = at(x.saturating_sub(dx), y.saturating_sub(dy));
            image::Luma([pick(pick(before, at(x, y)), at(x + dx, y + dy))])
        })
    };
    along(&along(picture, 1, 0), 0, 1)
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
