//! One call of the engine, the QR reader of `rxing`, with its work counted.
//!
//! In goes a picture; out comes what its QR codes hold. The engine's own loop tries every triple of finder patterns: a
//! picture tiled with thousands of them keeps it busy for hours. Its steps are therefore called one by one here, with
//! limits for candidates, finder patterns and samples.

use super::binary;
use crate::read::content::Content;
use crate::read::order::largest_first;
use crate::read::segments::{Run, segments};
use image::GrayImage;
use rxing::common::cpp_essentials::DecoderResult;
use rxing::common::{BitMatrix, DetectorRXingResult as _};
use rxing::qrcode::cpp_port::decoder::{CorrectErrors, Decode};
use rxing::qrcode::cpp_port::detector::{
    FindFinderPatterns, FinderPatternSet, GenerateFinderPatternSets, SampleQR,
};
use rxing::qrcode::decoder::{BitMatrixParser, DataBlock};
use std::collections::BTreeSet;

/// Ratio of a picture's area to that between a symbol's finder patterns above which the picture may show another label.
/// The demonstration's labels of 100 by 150 mm have ratios of 33 to 43.
const LABEL: f64 = 60.0;
/// The most candidate runs for finder patterns; if there are more, those with the smallest modules are ignored.
const CANDIDATES_MAX: usize = 12_000;
/// The most finder patterns that are combined to symbols; if there are more, the largest are taken.
const FINDERS_MAX: usize = 256;
/// Distance between the rows searched for runs, as in the engine.
const SKIP: u32 = 3;

/// The work left for a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Budget {
    /// Pixels given to the engine, over all stages.
    pub(super) pixels: u64,
    /// Candidate symbols sampled, over all stages.
    pub(super) samples: u32,
}

impl Budget {
    /// The budget of one picture: enough for fifteen stages on two megapixels, four of them enlarged, and for the symbols
    /// of a sheet of labels.
    pub(super) const PICTURE: Self = Self { pixels: 64 << 20, samples: 6_000 };

    /// Spends the pixels of a picture, if that many are left; returns whether it did.
    pub(super) fn take(&mut self, width: u32, height: u32) -> bool {
        let pixels = u64::from(width) * u64::from(height);
        let left = self.pixels.checked_sub(pixels);
        self.pixels = left.unwrap_or(self.pixels);
        left.is_some()
    }
}

/// The result of a search.
#[derive(Default)]
pub(super) struct FoundTexts {
    /// What the QR codes hold, each once.
    pub(super) contents: BTreeSet<Content>,
    /// Whether there may be further codes: a finder pattern is unused, or there is room for another label.
    pub(super) more: bool,
    /// Whether three finder patterns that are about where those of a code are were not read.
    pub(super) failed: bool,
}

/// Finds the QR codes of a picture.
pub(super) fn search(picture: &GrayImage, budget: &mut Budget) -> FoundTexts {
    let mut found = FoundTexts { more: true, failed: true, ..FoundTexts::default() };
    let (width, height) = picture.dimensions();
    let Some(matrix) = binary::ink(picture) else { return found };
    let matrix = &matrix;
    // A size is less than a picture's side, which such a number holds exactly.
    let mut finders =
        largest_first(FindFinderPatterns(matrix, true, least_module(matrix)), |finder| finder.size as f32);
    finders.truncate(FINDERS_MAX);
    let mut used = Vec::new();
    let mut covered = 0.0;
    let mut tried = Vec::new();
    // The engine yields the most likely triples first.
    for set in GenerateFinderPatternSets(&mut finders) {
        let corners = [set.bl, set.tl, set.tr];
        if corners.iter().any(|corner| used.contains(corner)) {
            continue;
        }
        let Some(left) = budget.samples.checked_sub(1) else { break };
        budget.samples = left;
        tried.push(corners);
        let Ok(sampled) = SampleQR(matrix, &set) else { continue };
        let Ok(decoded) = Decode(sampled.getBits()) else { continue };
        if decoded.isValid() {
            used.extend(corners);
            covered += area(&set);
            found.contents.insert(content(&decoded, sampled.getBits()));
        }
    }
    found.failed = tried.iter().any(|corners| !corners.iter().any(|corner| used.contains(corner)));
    found.more = used.len() < finders.len() || covered * LABEL < f64::from(width) * f64::from(height);
    found
}

/// What a code holds. Of bytes that are ASCII nothing more is asked: labels are.
fn content(decoded: &DecoderResult<bool>, bits: &BitMatrix) -> Content {
    let content = decoded.content();
    let plain = content.bytes().is_ascii() && !content.has_eci;
    let runs = if plain { None } else { runs(bits, decoded.isMirrored()) };
    Content::new(content.bytes().to_vec(), runs)
}

/// The runs of a code's bytes, by its modules: the engine's result does not say them.
fn runs(bits: &BitMatrix, mirrored: bool) -> Option<Vec<Run>> {
    let mut parser = BitMatrixParser::new(bits.clone()).ok()?;
    if mirrored {
        parser.mirror();
    }
    let level = parser.readFormatInformation().ok()?.getErrorCorrectionLevel();
    let version = parser.readVersion().ok()?;
    let codewords = parser.readCodewords().ok()?;
    let mut data = Vec::with_capacity(codewords.len());
    for block in DataBlock::getDataBlocks(&codewords, version, level).ok()? {
        let (mut all, own) = (block.getCodewords().to_vec(), block.getNumDataCodewords());
        CorrectErrors(&mut all, own).ok()?;
        data.extend_from_slice(&all[..own as usize]);
    }
    segments(&data, version.getVersionNumber())?.runs
}

/// The area of the parallelogram between the centres of a symbol's finder patterns, in pixels.
fn area(set: &FinderPatternSet) -> f64 {
    let corner = set.tl.p;
    let [(ax, ay), (bx, by)] =
        [set.bl.p, set.tr.p].map(|end| (f64::from(end.x - corner.x), f64::from(end.y - corner.y)));
    (ax * by - ay * bx).abs()
}

/// The smallest module size searched for, in pixels: zero unless there are too many candidates.
fn least_module(matrix: &BitMatrix) -> u32 {
    // A histogram of candidates by module size in pixels; a finder pattern has seven modules.
    let mut counts = vec![0usize; matrix.width() as usize / 7 + 1];
    for y in (SKIP - 1..matrix.height()).step_by(SKIP as usize) {
        let (mut runs, mut from, mut dark) = ([0u32; 5], 0, false);
        let mut end = |x: u32| {
            let [_, a, b, c, d] = runs;
            runs = [a, b, c, d, x - from];
            // A dark run has ended: it may be the fifth of a pattern.
            if dark && may_be_finder(runs) {
                counts[runs.iter().sum::<u32>() as usize / 7] += 1;
            }
            (from, dark) = (x, !dark);
        };
        let row = matrix.getRow(y);
        let mut before = 0;
        for (at, word) in row.getBitArray().iter().enumerate() {
            // A bit for each pixel that differs from the one before it.
            let mut edges = word ^ (word << 1 | before);
            before = word >> (usize::BITS - 1);
            while edges != 0 {
                end(at as u32 * usize::BITS + edges.trailing_zeros());
                edges &= edges - 1;
            }
        }
        // The edge of the picture ends a run, unless the row has further bits, which are light.
        if before == 1 {
            end(matrix.width());
        }
    }
    let mut total = 0;
    let least = counts.iter().rposition(|count| {
        total += count;
        total > CANDIDATES_MAX
    });
    least.map_or(0, |module| module as u32 + 1)
}

/// Whether five runs may be a finder pattern, 1:1:3:1:1. Weaker than the engine's test, so that none is missed.
fn may_be_finder(runs: [u32; 5]) -> bool {
    let [a, b, middle, c, d] = runs;
    a > 0 && middle >= 3 && middle >= 2 * a.max(d) && middle >= b.max(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{GrayImage, Luma};

    /// A picture full of finders, `module` pixels a module and one module apart.
    fn tiles(side: u32, module: u32) -> GrayImage {
        GrayImage::from_fn(side, side, |x, y| {
            let ring = |at: u32| (at / module % 8).abs_diff(3);
            let dark = !matches!(ring(x).max(ring(y)), 2 | 4);
            Luma([if dark { 0 } else { 255 }])
        })
    }

    fn matrix(picture: GrayImage) -> BitMatrix {
        binary::ink(&picture).unwrap()
    }

    #[test]
    fn finders_of_small_modules_go_if_there_are_too_many() {
        // 24 by 24 finders, seen in a row of three: none goes.
        assert_eq!(least_module(&matrix(tiles(576, 3))), 0);
        // 64 by 64 of them, in three or four rows each.
        let many = matrix(tiles(1536, 3));
        assert_eq!(least_module(&many), 4);
        assert!(FindFinderPatterns(&many, true, least_module(&many)).is_empty());
    }

    #[test]
    fn a_picture_full_of_finders_spends_its_samples_and_no_more() {
        let mut budget = Budget { samples: 50, ..Budget::PICTURE };
        let found = search(&tiles(576, 3), &mut budget);
        assert!(found.contents.is_empty() && found.more);
        assert_eq!(budget.samples, 0);
    }

    #[test]
    fn pixels_are_taken_while_there_are_any() {
        let mut budget = Budget { pixels: 100, ..Budget::PICTURE };
        assert!(budget.take(9, 10));
        assert!(!budget.take(4, 3));
        assert!(budget.take(2, 5));
        assert!(!budget.take(1, 1));
    }
}
