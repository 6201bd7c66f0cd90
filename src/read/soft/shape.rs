//! The fixed modules of a version, and the fitting of a warp to them.
//!
//! In goes a candidate's warp; it is moved to where finder, timing and alignment patterns fit the picture best.

use super::plane::Plane;
use super::warp::{ModulePoints, Warp};
use crate::symbol::Version;
use crate::symbol::grid::ModuleGrid;

/// The least fit after the search around the corners, and after the fit of the fixed modules: what is below does not reach a fit
/// that is worth decoding. (Of 131 fits on damaged labels, the last step raised none above 0.2 by more than 0.06.)
const CORNERS_MIN: f32 = 0.13;
const FIXED_MIN: f32 = 0.23;

/// The modules of a version, prepared for fitting.
pub(super) struct Shape {
    pub(super) version: Version,
    pub(super) size: usize,
    pub(super) grid: ModuleGrid,
    /// Column and row of the module of each codeword bit, in the order of placement.
    pub(super) order: Vec<(u8, u8)>,
    /// The middles of modules with a fixed colour.
    known: ModulePoints,
    /// The weight of each, negative for a light module; the sizes have the sum 1.
    weights: Vec<f32>,
    /// The middles of the modules of codewords.
    data: ModulePoints,
}

impl Shape {
    pub(super) fn new(version: Version) -> Self {
        let (grid, size) = (ModuleGrid::new(version), version.size());
        let (mut known, mut weights, mut data) =
            (ModulePoints::default(), Vec::new(), ModulePoints::default());
        for y in 0..size {
            for x in 0..size {
                let Some(dark) = grid.fixed(x, y) else { continue };
                let (left, top) = (x < 8, y < 8);
                let finder = (left || x + 8 >= size) && top || left && y + 8 >= size;
                // Finder patterns fit by construction, so the patterns between them have more weight.
                let weight = if finder { 0.35 } else { 1.0 };
                known.push(x as f32 + 0.5, y as f32 + 0.5);
                weights.push(if dark { weight } else { -weight });
            }
        }
        let sum: f32 = weights.iter().map(|weight: &f32| weight.abs()).sum();
        weights.iter_mut().for_each(|weight| *weight /= sum);
        let order: Vec<(u8, u8)> = grid.codeword_modules().collect();
        for &(x, y) in &order {
            data.push(f32::from(x) + 0.5, f32::from(y) + 0.5);
        }
        Self { version, size, grid, order, known, weights, data }
    }

    /// How well the fixed modules fit a normalised picture, from −1 to 1.
    pub(super) fn likeness(&self, warp: &Warp, plane: &Plane) -> f32 {
        let (mut sum, mut weights) = (0.0, self.weights.iter());
        warp.ready().values(plane, &self.known, |value| sum += weights.next().unwrap_or(&0.0) * value);
        sum
    }

    /// The same plus the mean certainty of the data modules: a well-placed grid has few modules between dark and light.
    fn clearness(&self, warp: &Warp, plane: &Plane) -> f32 {
        let mut sum = 0.0;
        warp.ready().values(plane, &self.data, |value| sum += value.abs());
        self.likeness(warp, plane) + 1.2 * sum / self.data.len() as f32
    }

    /// Moves the warp to a local optimum, and returns its fit; a hopeless one is left early.
    pub(super) fn fit(&self, warp: &mut Warp, plane: &Plane) -> f32 {
        let module = warp.module();
        // The corner without a finder pattern moves most under perspective: search around each corner first.
        let mut best = self.likeness(warp, plane);
        for corner in 0..4 {
            let from = warp.corners[corner];
            let mut to = from;
            for dy in -3..=3 {
                for dx in -3..=3 {
                    warp.corners[corner] = [from[0] + dx as f32 * module, from[1] + dy as f32 * module];
                    let score = self.likeness(warp, plane);
                    if score > best {
                        (best, to) = (score, warp.corners[corner]);
                    }
                }
            }
            warp.corners[corner] = to;
        }
        if best < CORNERS_MIN {
            return best;
        }
        let mut known = |warp: &Warp| self.likeness(warp, plane);
        descend(warp, 0..8, 0.5 * module, 3, &mut known);
        descend(warp, 8..22, 0.6 * module, 2, &mut known);
        let fixed = self.likeness(warp, plane);
        if fixed < FIXED_MIN {
            return fixed;
        }
        let mut all = |warp: &Warp| self.clearness(warp, plane);
        descend(warp, 0..22, 0.3 * module, 3, &mut all);
        self.likeness(warp, plane)
    }
}

/// Coordinate descent: changes each parameter of the warp by ± a step, which is halved in each of `rounds`.
fn descend(
    warp: &mut Warp,
    parameters: std::ops::Range<usize>,
    mut step: f32,
    rounds: usize,
    score: &mut dyn FnMut(&Warp) -> f32,
) {
    fn parameter(warp: &mut Warp, i: usize) -> &mut f32 {
        if i < 8 { &mut warp.corners[i / 2][i % 2] } else { &mut warp.bend[(i - 8) / 2][i % 2] }
    }
    let mut best = score(warp);
    for _ in 0..rounds {
        for _ in 0..3 {
            let before = best;
            for i in parameters.clone() {
                for change in [step, -step] {
                    let value = *parameter(warp, i);
                    *parameter(warp, i) = value + change;
                    let next = score(warp);
                    if next > best {
                        best = next;
                        break;
                    }
                    *parameter(warp, i) = value;
                }
            }
            if best - before < 1e-3 {
                break;
            }
        }
        step *= 0.5;
    }
}
