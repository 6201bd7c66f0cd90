//! Reads the frames of a video, which take turns at the expensive stages.
//!
//! In goes one frame after another; out come the accepted texts of each. The work per frame is bounded on average, so that
//! reading keeps up with the camera.

use super::engine::Budget;
use super::search::{ReadText, pixels, run};
use super::stage::{STAGES, Stage};
use crate::read::image::Gray;
use crate::read::soft;

/// Work that each frame earns for the further stages, in pixels of the first stage.
const FRAME_WORK: u64 = 1_200_000;
/// The most frames whose work is saved up; a stage that costs more is not run on a video.
const SAVED_MAX: u64 = 14;

/// Reads the frames of a video: the first stage on every frame, and the further stages in turn, each as soon as enough
/// work is saved for it. The soft reader accumulates frames, and so reads symbols that no single frame shows well enough.
#[derive(Default)]
pub struct Turns {
    next: usize,
    saved: u64,
    memory: soft::Memory,
}

impl Turns {
    /// As [`read`](super::read), for the next frame.
    pub fn read(&mut self, frame: &Gray, accept: &mut dyn FnMut(&str) -> bool) -> Vec<ReadText> {
        let Some(original) = pixels(frame) else { return Vec::new() };
        let mut budget = Budget::PICTURE;
        let (reads, _) = run(STAGES[0], frame, &original, None, &mut budget, accept);
        if !reads.is_empty() {
            return reads;
        }
        let Some(stage) = self.turn(u64::from(frame.width) * u64::from(frame.height)) else { return reads };
        run(stage, frame, &original, Some(&mut self.memory), &mut budget, accept).0
    }

    /// The further stage to run on a frame of so many pixels, if any.
    fn turn(&mut self, pixels: u64) -> Option<Stage> {
        self.saved = (self.saved + FRAME_WORK).min(SAVED_MAX * FRAME_WORK);
        let further = &STAGES[1..];
        // Every other turn goes to the soft reader, which reads most.
        let at = if self.next.is_multiple_of(2) { 0 } else { 1 + self.next / 2 % (further.len() - 1) };
        let work = further[at].work() * pixels;
        if work > SAVED_MAX * FRAME_WORK {
            self.next += 1;
            return None;
        }
        self.saved = self.saved.checked_sub(work)?;
        self.next += 1;
        Some(further[at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_video_spends_no_more_than_its_frames_add() {
        for pixels in [640 * 480, 1280 * 720, 1920 * 1080, 4096 * 4096] {
            let mut turns = Turns::default();
            let frames = 600;
            let ran: Vec<Stage> = (0..frames).filter_map(|_| turns.turn(pixels)).collect();
            let spent: u64 = ran.iter().map(|stage| stage.work() * pixels).sum();
            assert!(spent <= frames * FRAME_WORK, "{pixels}: {spent}");
            // Up to Full HD each further stage has its turn; for the largest frames only the downscaled ones.
            let all = STAGES[1..].iter().all(|stage| ran.contains(stage));
            assert_eq!(all, pixels <= 1920 * 1080, "{pixels}: {ran:?}");
            assert!(
                all || ran
                    .iter()
                    .all(|stage| matches!(stage, Stage::Half | Stage::Quarter | Stage::TwoThirds))
            );
            assert!(!ran.is_empty());
        }
    }
}
