//! Sums up what frames of a video show of one symbol.

/// Frames that a memory sums up.
const MEMORY_MAX: usize = 8;

/// What was seen of a symbol in frames that could not be read one by one: the sum of its modules' values.
#[derive(Default)]
pub struct Memory {
    values: Vec<f32>,
    frames: usize,
}

impl Memory {
    /// Adds a frame's values; those of another symbol start anew.
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

    /// The mean of the frames, once there are two.
    pub(super) fn mean(&self) -> Option<Vec<f32>> {
        (self.frames > 1).then(|| self.values.iter().map(|sum| sum / self.frames as f32).collect())
    }
}
