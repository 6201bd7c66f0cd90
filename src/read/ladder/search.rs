//! Searches one picture, stage by stage, within its budget.
//!
//! First the engine searches the picture, the smallest of its halves first; then the soft reader looks for finder patterns. Where
//! it sees none that can be of one code, the search ends. Otherwise the further stages get the parts in which codes may be.

use super::engine::{self, Budget, FoundTexts};
use super::prepare::{prepare, size};
use super::pyramid::{Part, Pyramid};
use super::stage::{STAGES, Stage};
use crate::contained;
use crate::read::content::Content;
use crate::read::image::Gray;
use crate::read::soft::{self, Glance};
use image::GrayImage;

/// Pixels above which the soft reader looks at half the picture.
const LOOK_MAX: usize = 3 << 20;

/// The text of a code, and how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadText {
    /// Its text. Bytes of another's code that are no UTF-8 stand as [codes](crate::read::plain_text::coded).
    pub text: String,
    /// The stage that read it.
    pub stage: Stage,
    /// What the code holds, which has a text where another's bytes are in a known character set.
    pub content: Content,
}

impl ReadText {
    fn new(content: Content, stage: Stage) -> Self {
        Self { text: content.coded().into_owned(), stage, content }
    }
}

/// A step of a search: what its time is measured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Step {
    /// The engine on the picture and its halves.
    First,
    /// The search for finder patterns, which decides whether there are further steps.
    Look,
    /// A further stage, on one part of the picture.
    Further(Stage),
}

/// The texts of a picture's codes that `accept` accepts. The first stage that gives one ends the search.
///
/// A caller usually accepts a text if it parses as a payload, so that other codes on the parcel do not end the search.
pub fn read(picture: &Gray, accept: &mut dyn FnMut(&str) -> bool) -> Vec<ReadText> {
    search(picture, false, accept, &mut |_| {})
}

/// As [`read`]; `ended` is told of each step at its end.
pub fn read_by_step(
    picture: &Gray,
    accept: &mut dyn FnMut(&str) -> bool,
    ended: &mut dyn FnMut(Step),
) -> Vec<ReadText> {
    search(picture, false, accept, ended)
}

/// As [`read`], for a picture of several labels: a label that is read does not end the search for a damaged one next to
/// it.
pub fn read_all(picture: &Gray, accept: &mut dyn FnMut(&str) -> bool) -> Vec<ReadText> {
    search(picture, true, accept, &mut |_| {})
}

fn search(
    picture: &Gray,
    all: bool,
    accept: &mut dyn FnMut(&str) -> bool,
    ended: &mut dyn FnMut(Step),
) -> Vec<ReadText> {
    let Some(pyramid) = Pyramid::new(picture) else { return Vec::new() };
    let mut budget = Budget::PICTURE;
    let (mut reads, more) = first(&pyramid, all, &mut budget, accept);
    ended(Step::First);
    if !reads.is_empty() && !more {
        return reads;
    }
    let look = look(&pyramid, LOOK_MAX);
    ended(Step::Look);
    let Some(look) = look else { return reads };
    let sights = look.sights();
    let Some(likeliest) = sights.first() else { return reads };
    // The soft reader reads nearly everything that the further stages read, so that they seldom find a second label.
    if all {
        add(&mut reads, soft(&look, None, accept));
        ended(Step::Further(Stage::Soft));
        if !reads.is_empty() {
            return reads;
        }
    }
    let mut parts: Vec<Part> = sights.iter().map(|sight| pyramid.part(sight)).collect();
    // A small picture is also searched as a whole, where windows of the preparing stages are wider.
    if let [whole] = pyramid.levels.as_slice() {
        let light = sights.iter().all(|sight| sight.light);
        parts.push(Part { picture: whole.clone(), module: likeliest.module, light });
    }
    for stage in STAGES.into_iter().skip(1) {
        if stage == Stage::Soft {
            if !all {
                reads = soft(&look, None, accept);
                ended(Step::Further(stage));
            }
        } else {
            for part in parts.iter().filter(|part| part.helped_by(stage)) {
                add(&mut reads, on_part(stage, part, &mut budget, accept));
                ended(Step::Further(stage));
                if !all && !reads.is_empty() {
                    break;
                }
            }
        }
        if !reads.is_empty() {
            break;
        }
    }
    reads
}

/// The first stage: the engine on the picture and its halves, the smallest first; and whether there may be further codes. It
/// ends where what looks like a code is read, or, if `all` are wanted, where there is no room for another label.
pub(super) fn first(
    pyramid: &Pyramid,
    all: bool,
    budget: &mut Budget,
    accept: &mut dyn FnMut(&str) -> bool,
) -> (Vec<ReadText>, bool) {
    const HALVES: [Stage; 4] = [Stage::AsIs, Stage::Half, Stage::Quarter, Stage::Eighth];
    let mut reads = Vec::new();
    for (depth, level) in pyramid.levels.iter().enumerate().rev() {
        let stage = HALVES[depth.min(HALVES.len() - 1)];
        let found = engine(level, budget);
        let left = if all { found.more } else { found.failed };
        add(&mut reads, accepted(found, stage, accept));
        if !reads.is_empty() && !left {
            return (reads, false);
        }
    }
    (reads, all)
}

/// What the soft reader sees in a picture, or in the first of its halves that has at most so many pixels.
pub(super) fn look(pyramid: &Pyramid, most: usize) -> Option<Glance> {
    let depth = pyramid.levels.iter().position(|level| level.len() <= most)?;
    let level = &pyramid.levels[depth];
    contained::run(|| Glance::new(level.as_raw(), level.width(), level.height(), (1u32 << depth) as f32))
}

/// The soft reader's stage.
pub(super) fn soft(
    look: &Glance,
    memory: Option<&mut soft::Memory>,
    accept: &mut dyn FnMut(&str) -> bool,
) -> Vec<ReadText> {
    let contents = contained::run(|| look.read(memory, accept)).unwrap_or_default();
    contents.into_iter().map(|content| ReadText::new(content, Stage::Soft)).collect()
}

/// Runs a further stage on a part of a picture.
pub(super) fn on_part(
    stage: Stage,
    part: &Part,
    budget: &mut Budget,
    accept: &mut dyn FnMut(&str) -> bool,
) -> Vec<ReadText> {
    let Some((width, height)) = size(&part.picture, stage) else { return Vec::new() };
    match contained::run(|| prepare(&part.picture, stage, width, height)).flatten() {
        Some(prepared) => accepted(engine(&prepared, budget), stage, accept),
        None => Vec::new(),
    }
}

/// The engine on a picture, if the budget has as many pixels.
fn engine(picture: &GrayImage, budget: &mut Budget) -> FoundTexts {
    if !budget.take(picture.width(), picture.height()) {
        return FoundTexts { more: true, failed: true, ..FoundTexts::default() };
    }
    contained::run(|| engine::search(picture, budget)).unwrap_or_default()
}

/// Those of the texts that the caller accepts.
fn accepted(found: FoundTexts, stage: Stage, accept: &mut dyn FnMut(&str) -> bool) -> Vec<ReadText> {
    let reads = found.contents.into_iter().map(|content| ReadText::new(content, stage));
    reads.filter(|read| accept(&read.text)).collect()
}

/// Adds texts that are not there yet.
fn add(reads: &mut Vec<ReadText>, found: Vec<ReadText>) {
    for read in found {
        if reads.iter().all(|other| other.text != read.text) {
            reads.push(read);
        }
    }
}
#[cfg(test)]
mod tests {
    use super::*;

    fn noise(x: u32, y: u32) -> u8 {
        ((x * 7919 + y * 104_729).wrapping_mul(2_654_435_761) >> 24) as u8
    }

    #[test]
    fn a_picture_without_finder_patterns_is_not_searched_further() {
        let patterns: [fn(u32, u32) -> u8; 3] =
            [|_, _| 200, noise, |x, y| (x / 4 + noise(0, y / 9) as u32 / 8) as u8];
        for (at, pattern) in patterns.into_iter().enumerate() {
            let (width, height) = (640, 480);
            let pixels = (0..width * height).map(|place| pattern(place % width, place / width)).collect();
            let pyramid = Pyramid::new(&Gray { width, height, pixels }).unwrap();
            let look = look(&pyramid, LOOK_MAX).unwrap();
            assert_eq!(look.sights(), [], "pattern {at}");
        }
    }

    #[test]
    fn further_stages_are_given_the_part_alone() {
        // A finder pattern in a corner of four megapixels of white, and what the soft reader sees of it.
        let (width, height) = (2000, 2000);
        let finder = |x: u32, y: u32| {
            let ring = |at: u32| (i64::from(at) / 6 - 13).abs();
            matches!(ring(x).max(ring(y)), 0 | 1 | 3)
        };
        let pixels =
            (0..width * height).map(|at| if finder(at % width, at / width) { 10 } else { 240 }).collect();
        let pyramid = Pyramid::new(&Gray { width, height, pixels }).unwrap();
        let sights = look(&pyramid, LOOK_MAX).unwrap().sights();
        assert_eq!(sights.len(), 1, "{sights:?}");
        assert!((sights[0].module - 6.0).abs() < 1.0, "{sights:?}");
        let part = pyramid.part(&sights[0]);
        let (width, height) = part.picture.dimensions();
        assert!(width.max(height) <= 600, "{width} × {height}");
        let mut budget = Budget::PICTURE;
        for stage in STAGES.into_iter().filter(|stage| part.helped_by(*stage)) {
            assert!(on_part(stage, &part, &mut budget, &mut |_| true).is_empty());
        }
        let spent = Budget::PICTURE.pixels - budget.pixels;
        assert!((1..4 << 20).contains(&spent), "{spent}");
    }

    #[test]
    fn a_budget_ends_every_search() {
        let picture = GrayImage::new(500, 500);
        let mut budget = Budget { pixels: 400_000, ..Budget::PICTURE };
        for left in [150_000, 150_000] {
            assert!(engine(&picture, &mut budget).contents.is_empty());
            assert_eq!(budget.pixels, left);
        }
    }
}
