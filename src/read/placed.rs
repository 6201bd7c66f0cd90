//! Where the symbols of a picture are: for what is compared with them by its place.
//!
//! In goes a picture whose codes were read; out come corner and axes of each symbol that is found again by its text. One that
//! only a later stage of the [ladder](super::ladder) can read has no place here.

use super::image::Gray;
use super::order::largest_first;
use super::plain_text::text_of;
use crate::contained;
use image::GrayImage;
use image::imageops::{self, FilterType};
use rxing::common::{DetectorRXingResult as _, HybridBinarizer};
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{FindFinderPatterns, GenerateFinderPatternSets, SampleQR};
use rxing::{BinaryBitmap, Luma8LuminanceSource};

/// The most finder patterns that are combined to symbols.
const FINDERS_MAX: usize = 48;
/// The most symbols that are sampled.
const SAMPLES_MAX: usize = 400;
/// Modules from a symbol's edge to the centre of a finder pattern.
const TO_CENTRE: f32 = 3.5;

/// A point of a picture, in pixels.
pub(super) type PixelPoint = (f32, f32);

/// A symbol's place: a point in its own axes, in sides of the symbol from its centre, is mapped to the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placed {
    /// The symbol's centre.
    centre: PixelPoint,
    /// From its left edge to its right.
    across: PixelPoint,
    /// From its top edge to its bottom.
    down: PixelPoint,
}

impl Placed {
    /// The pixel of a point in the symbol's axes.
    pub(super) fn pixel(&self, (x, y): PixelPoint) -> PixelPoint {
        (
            self.centre.0 + x * self.across.0 + y * self.down.0,
            self.centre.1 + x * self.across.1 + y * self.down.1,
        )
    }

    /// The symbol's side in pixels: the longer one, if the picture shows it askew.
    pub(super) fn side(&self) -> f32 {
        let length = |(x, y): PixelPoint| x.hypot(y);
        length(self.across).max(length(self.down))
    }

    /// The same symbol as if it were turned on the label by an angle, in radians.
    pub(super) fn turned(&self, angle: f32) -> Self {
        let (sin, cos) = angle.sin_cos();
        let mix = |a: PixelPoint, b: PixelPoint, (p, q): PixelPoint| (p * a.0 + q * b.0, p * a.1 + q * b.1);
        Self {
            centre: self.centre,
            across: mix(self.across, self.down, (cos, sin)),
            down: mix(self.across, self.down, (-sin, cos)),
        }
    }
}

/// The places of the symbols with the given texts.
pub(super) fn places(picture: &Gray, texts: &[&str]) -> Vec<Option<Placed>> {
    let mut places = vec![None; texts.len()];
    let Some(original) = GrayImage::from_raw(picture.width, picture.height, picture.pixels.clone()) else {
        return places;
    };
    let half = |picture: &GrayImage| {
        imageops::resize(picture, picture.width() / 2, picture.height() / 2, FilterType::Triangle)
    };
    find(&original, 1.0, texts, &mut places);
    if places.contains(&None) && original.width().min(original.height()) >= 400 {
        find(&half(&original), 2.0, texts, &mut places);
    }
    if places.contains(&None) {
        find(&imageops::fast_blur(&original, 1.0), 1.0, texts, &mut places);
    }
    places
}

/// Fills in the places found in a picture that was scaled down by `scale`.
fn find(picture: &GrayImage, scale: f32, texts: &[&str], places: &mut [Option<Placed>]) {
    let found = contained::run(|| symbols(picture));
    for (text, placed) in found.unwrap_or_default() {
        let scaled = |(x, y): PixelPoint| (x * scale, y * scale);
        let placed = Placed {
            centre: scaled(placed.centre),
            across: scaled(placed.across),
            down: scaled(placed.down),
        };
        let wanted = texts.iter().zip(places.iter_mut()).find(|(wanted, _)| **wanted == text);
        if let Some((_, place)) = wanted {
            place.get_or_insert(placed);
        }
    }
}

fn symbols(picture: &GrayImage) -> Vec<(String, Placed)> {
    let (width, height) = picture.dimensions();
    let Ok(source) = Luma8LuminanceSource::new(picture.as_raw().clone(), width, height) else {
        return Vec::new();
    };
    let bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
    let matrix = bitmap.get_black_matrix();
    let mut finders = largest_first(FindFinderPatterns(matrix, true, 0), |finder| finder.size as f32);
    finders.truncate(FINDERS_MAX);
    let mut found = Vec::new();
    let mut used = Vec::new();
    for set in GenerateFinderPatternSets(&mut finders).into_iter().take(SAMPLES_MAX) {
        let corners = [set.bl, set.tl, set.tr];
        if corners.iter().any(|corner| used.contains(corner)) {
            continue;
        }
        let Ok(sampled) = SampleQR(matrix, &set) else { continue };
        let size = sampled.getBits().height() as f32;
        let Ok(decoded) = Decode(sampled.getBits()) else { continue };
        if !decoded.isValid() {
            continue;
        }
        used.extend(corners);
        let [left, top, right] = corners.map(|corner| (corner.p.x, corner.p.y));
        let between = size - 2.0 * TO_CENTRE;
        let axis = |end: PixelPoint| ((end.0 - top.0) * size / between, (end.1 - top.1) * size / between);
        let centre = ((left.0 + right.0) / 2.0, (left.1 + right.1) / 2.0);
        let text = text_of(&decoded);
        found.push((text, Placed { centre, across: axis(right), down: axis(left) }));
    }
    found
}
