//! Reads the frames of a video, which take turns at the expensive stages.
//!
//! In goes one frame after another; out come the accepted texts of each. The work per frame is bounded on average, so that
//! reading keeps up with the camera.

use super::engine::Budget;
use super::pyramid::{Part, Pyramid};
use super::search::{ReadText, first, look, on_part, soft};
use super::stage::{STAGES, Stage};
use crate::read::image::Gray;
use crate::read::soft::{Memory, Sighting};

/// Work that each frame earns for the further stages, in pixels of the first stage.
const FRAME_WORK: u64 = 1_200_000;
/// The most frames whose work is saved up; a stage that costs more is not run on a video.
const SAVED_MAX: u64 = 6;
/// Pixels above which the soft reader looks at half the frame.
const LOOK_MAX: usize = 1 << 20;

/// Reads the frames of a video: the first stage on every frame, and the further stages in turn, each as soon as enough
/// work is saved for it. The soft reader accumulates frames, and so reads symbols that no single frame shows well enough; the
/// others get the part where it last saw finder patterns, if it saw any.
pub struct Turns {
    next: usize,
    saved: u64,
    memory: Memory,
    sights: Vec<Sighting>,
}

impl Default for Turns {
    /// No frame has passed, and the soft reader may look at the first.
    fn default() -> Self {
        let saved = (SAVED_MAX - 1) * FRAME_WORK;
        Self { next: 0, saved, memory: Memory::default(), sights: Vec::new() }
    }
}

impl Turns {
    /// As [`read`](super::read), for the next frame.
    pub fn read(&mut self, frame: &Gray, accept: &mut dyn FnMut(&str) -> bool) -> Vec<ReadText> {
        let Some(pyramid) = Pyramid::new(frame) else { return Vec::new() };
        let mut budget = Budget::PICTURE;
        let (reads, _) = first(&pyramid, false, &mut budget, accept);
        if !reads.is_empty() {
            return reads;
        }
        let part = self.sights.first().map(|sight| pyramid.part(sight));
        let looked = pyramid.levels.iter().map(|level| level.len()).find(|&pixels| pixels <= LOOK_MAX);
        match (self.turn(looked.unwrap_or(0) as u64, part.as_ref()), part) {
            (Some(Stage::Soft), _) => {
                let Some(look) = look(&pyramid, LOOK_MAX) else { return reads };
                self.sights = look.sights();
                soft(&look, Some(&mut self.memory), accept)
            }
            (Some(stage), Some(part)) => on_part(stage, &part, &mut budget, accept),
            _ => reads,
        }
    }

    /// The further stage to run on a frame, if any: the soft reader looks at so many pixels, and the others get a part.
    fn turn(&mut self, looked: u64, part: Option<&Part>) -> Option<Stage> {
        self.saved = (self.saved + FRAME_WORK).min(SAVED_MAX * FRAME_WORK);
        // Every other turn goes to the soft reader, which reads most.
        let (stage, pixels) = match part {
            Some(part) if !self.next.is_multiple_of(2) => {
                let mut helpful = further().filter(|stage| part.helped_by(*stage));
                let count = helpful.clone().count().max(1);
                (helpful.nth(self.next / 2 % count)?, part.picture.len() as u64)
            }
            _ => (Stage::Soft, looked),
        };
        let work = stage.work() * pixels;
        if work > SAVED_MAX * FRAME_WORK {
            self.next += 1;
            return None;
        }
        self.saved = self.saved.checked_sub(work)?;
        self.next += 1;
        Some(stage)
    }
}

/// The stages after the first that use the engine.
fn further() -> impl Iterator<Item = Stage> + Clone {
    STAGES[1..].iter().copied().filter(|stage| *stage != Stage::Soft)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::GrayImage;

    #[test]
    fn a_video_spends_no_more_than_its_frames_add() {
        let part = |side, module, light| Some(Part { picture: GrayImage::new(side, side), module, light });
        for seen in [None, part(250, 4.0, false), part(770, 7.0, false), part(300, 4.0, true)] {
            for looked in [640 * 480, 1280 * 720, 960 * 540] {
                let mut turns = Turns::default();
                let frames = 600;
                let ran: Vec<Stage> = (0..frames).filter_map(|_| turns.turn(looked, seen.as_ref())).collect();
                let pixels = |stage: &Stage| match &seen {
                    Some(part) if *stage != Stage::Soft => part.picture.len() as u64,
                    _ => looked,
                };
                let spent: u64 = ran.iter().map(|stage| stage.work() * pixels(stage)).sum();
                assert!(spent <= (frames + SAVED_MAX) * FRAME_WORK, "{looked}: {spent}");
                assert!(ran.contains(&Stage::Soft));
                for stage in further() {
                    let helps = seen.as_ref().is_some_and(|part| part.helped_by(stage));
                    assert_eq!(ran.contains(&stage), helps, "{looked}: {stage:?}");
                }
            }
        }
    }

    #[test]
    fn the_soft_reader_looks_at_the_first_frame() {
        for looked in [640 * 480, 1280 * 720, 1 << 20] {
            assert_eq!(Turns::default().turn(looked, None), Some(Stage::Soft));
        }
    }
}
