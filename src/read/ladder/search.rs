//! Searches one picture, stage by stage, within its budget.

use super::engine::{self, Budget};
use super::prepare::{prepare, size};
use super::stage::{STAGES, Stage};
use crate::contained;
use crate::read::image::Gray;
use crate::read::soft;
use image::GrayImage;

/// The text of a code, and how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadText {
    /// Its text.
    pub text: String,
    /// The stage that read it.
    pub stage: Stage,
}

/// The texts of a picture's codes that `accept` accepts. The first stage that gives one ends the search.
///
/// A caller usually accepts a text if it parses as a payload, so that other codes on the parcel do not end the search.
pub fn read(picture: &Gray, accept: &mut dyn FnMut(&str) -> bool) -> Vec<ReadText> {
    let Some(original) = pixels(picture) else { return Vec::new() };
    let mut budget = Budget::PICTURE;
    let mut reads =
        STAGES.into_iter().map(|stage| run(stage, picture, &original, None, &mut budget, accept).0);
    reads.find(|reads| !reads.is_empty()).unwrap_or_default()
}

/// As [`read`], for a picture of several labels: a label that is read does not end the search for a damaged one next to
/// it.
pub fn read_all(picture: &Gray, accept: &mut dyn FnMut(&str) -> bool) -> Vec<ReadText> {
    let Some(original) = pixels(picture) else { return Vec::new() };
    let mut budget = Budget::PICTURE;
    let mut reads: Vec<ReadText> = Vec::new();
    for (at, stage) in STAGES.into_iter().enumerate() {
        // The first two stages read nearly everything that the further ones read.
        if at >= 2 && !reads.is_empty() {
            break;
        }
        let (found, more) = run(stage, picture, &original, None, &mut budget, accept);
        for read in found {
            if reads.iter().all(|other| other.text != read.text) {
                reads.push(read);
            }
        }
        // A picture filled by one label has no other.
        if !more && !reads.is_empty() {
            break;
        }
    }
    reads
}

pub(super) fn pixels(picture: &Gray) -> Option<GrayImage> {
    GrayImage::from_raw(picture.width, picture.height, picture.pixels.clone())
}

/// Runs one stage: the accepted texts, and whether the picture may have further codes.
pub(super) fn run(
    stage: Stage,
    picture: &Gray,
    original: &GrayImage,
    memory: Option<&mut soft::Memory>,
    budget: &mut Budget,
    accept: &mut dyn FnMut(&str) -> bool,
) -> (Vec<ReadText>, bool) {
    let (texts, more): (Vec<String>, bool) = if stage == Stage::Soft {
        (contained::run(|| soft::read(picture, memory, accept)).unwrap_or_default(), true)
    } else {
        let Some((width, height)) = size(original, stage).filter(|size| budget.take(size.0, size.1)) else {
            return (Vec::new(), true);
        };
        let found =
            contained::run(|| prepare(original, stage, width, height).map(|p| engine::search(p, budget)));
        let found = found.flatten().unwrap_or_default();
        (found.texts.into_iter().filter(|text| accept(text)).collect(), found.more)
    };
    (texts.into_iter().map(|text| ReadText { text, stage }).collect(), more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_pictures_leave_out_the_last_stages_and_usual_ones_none() {
        let stages = |side: u32| {
            let mut budget = Budget::PICTURE;
            let picture = GrayImage::new(side, side);
            let mut taken = STAGES.to_vec();
            taken.retain(|&stage| {
                stage != Stage::Soft
                    && size(&picture, stage).is_some_and(|(width, height)| budget.take(width, height))
            });
            taken
        };
        assert_eq!(stages(1500).len(), STAGES.len() - 1);
        assert_eq!(
            stages(4096),
            [Stage::AsIs, Stage::Half, Stage::Local, Stage::Stretched, Stage::Quarter, Stage::TwoThirds]
        );
    }
}
