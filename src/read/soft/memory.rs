//! Averages one symbol over the frames of a video.
//!
//! Noise and moving reflections cancel out, so that a symbol becomes readable that no single frame shows well enough.

/// The most frames in one average.
const MEMORY_MAX: usize = 8;

/// The sum of a symbol's soft values over frames that could not be read one by one.
#[derive(Default)]
pub struct Memory {
    values: Vec<f32>,
    frames: usize,
}

impl Memory {
    /// Adds a frame's values. If they look like another symbol, the sum starts over.
    pub(super) fn add(&mut self, values: &[f32]) {
        let same = self.values.len() == values.len() && self.frames < MEMORY_MAX && {
            let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
            let lengths = dot(values, values) * dot(&self.values, &self.values);
            dot(values, &self.values) > 0.5 * lengths.sqrt()
        };
        if !same {
            self.values = vec![0.0; values.len()];
            self.frames = 0;
        }
        for (sum, value) in self.values.iter_mut().zip(values) {
            *sum += value;
        }
        self.frames += 1;
    }

    /// The mean over the frames; `None` for fewer than two.
    pub(super) fn mean(&self) -> Option<Vec<f32>> {
        (self.frames > 1).then(|| self.values.iter().map(|sum| sum / self.frames as f32).collect())
    }
}
