//! The exact place of a finder pattern: the second step of the search for it.
//!
//! In go a plane and where a pattern is about; out comes where its modules fit best. A pattern seen askew is a parallelogram, so that
//! both sides of a module are fitted.

use super::pattern::{Disc, Finder, REACH, modules};
use super::plane::Plane;
use std::sync::LazyLock;

/// The least similarity after half of the first round, after it, and of a candidate.
const QUARTER_MIN: f32 = 0.2;
const HALFWAY_MIN: f32 = 0.24;
const SCORE_MIN: f32 = 0.33;

/// The best fit near a disc, over rotations, scales, small shifts and views from the side. A start is a rough similarity, the side of
/// a module in pixels and a rotation.
pub(super) fn fit(plane: &Plane, disc: &Disc, starts: &[(f32, f32, f32)]) -> Option<Finder> {
    let Disc { x, y, light, .. } = *disc;
    let sign = disc.sign();
    let mut best = (-1.0, Pose::square(x, y, 1.0, 0.0));
    let consider = |best: &mut (f32, Pose), pose: Pose| {
        let score = sign * likeness(plane, &pose);
        if score > best.0 {
            *best = (score, pose);
        }
    };
    for &(_, module, angle) in starts {
        consider(&mut best, Pose::square(x, y, module, angle));
    }
    if best.0 < SCORE_MIN * 0.4 {
        return None;
    }
    let mut step = 1.0;
    for _ in 0..3 {
        for _ in 0..2 {
            let Pose { x, y, .. } = best.1;
            let far = 0.5 * step * best.1.module();
            for (dx, dy) in [(far, 0.0), (-far, 0.0), (0.0, far), (0.0, -far)] {
                let pose = Pose { x: x + dx, y: y + dy, ..best.1 };
                consider(&mut best, pose);
            }
            for change in [step, -step] {
                let (larger, turn) = (1.0 + 0.12 * change, 0.13 * change);
                // All larger, all turned; longer one way and shorter the other, both sides turned towards each other.
                for (across, down) in [
                    ((larger, 0.0), (larger, 0.0)),
                    ((1.0, turn), (1.0, turn)),
                    ((larger, 0.0), (1.0 / larger, 0.0)),
                    ((1.0, turn), (1.0, -turn)),
                ] {
                    let pose = best.1.changed(across, down);
                    consider(&mut best, pose);
                }
            }
            if best.0 < QUARTER_MIN {
                return None;
            }
        }
        if best.0 < HALFWAY_MIN {
            return None;
        }
        step *= 0.5;
    }
    let (score, pose) = best;
    let (Pose { x, y, across, down }, module) = (pose, pose.module());
    (score > SCORE_MIN && module > 0.5).then_some(Finder { x, y, module, across, down, score, light })
}

/// Where the middle of a pattern is, and the sides of a module as seen, in pixels.
#[derive(Clone, Copy)]
struct Pose {
    x: f32,
    y: f32,
    across: [f32; 2],
    down: [f32; 2],
}

impl Pose {
    /// Of square modules.
    fn square(x: f32, y: f32, module: f32, angle: f32) -> Self {
        let (sin, cos) = angle.sin_cos();
        Self { x, y, across: [module * cos, module * sin], down: [-module * sin, module * cos] }
    }

    /// The side of a square as large as a module.
    fn module(&self) -> f32 {
        (self.across[0] * self.down[1] - self.across[1] * self.down[0]).abs().sqrt()
    }

    /// The same with each side longer by a factor and turned by an angle.
    fn changed(&self, across: (f32, f32), down: (f32, f32)) -> Self {
        let side = |[x, y]: [f32; 2], (factor, turn): (f32, f32)| {
            let (sin, cos) = turn.sin_cos();
            [factor * (x * cos - y * sin), factor * (x * sin + y * cos)]
        };
        Self { across: side(self.across, across), down: side(self.down, down), ..*self }
    }
}

/// Points whose values are taken together.
const TOGETHER: usize = 16;
/// Modules of a finder pattern with its margin, and some without a weight.
const COUNT: usize = ((2 * REACH + 1) * (2 * REACH + 1)) as usize;
const CHUNKS: usize = COUNT.div_ceil(TOGETHER);

/// Those modules, with weights whose sizes have the sum 1.
struct WeighedModules {
    across: [[f32; TOGETHER]; CHUNKS],
    down: [[f32; TOGETHER]; CHUNKS],
    weights: [[f32; TOGETHER]; CHUNKS],
}

static WEIGHED: LazyLock<WeighedModules> = LazyLock::new(|| {
    let sum: f32 = modules().map(|(_, _, weight)| weight.abs()).sum();
    let none = [[0.0; TOGETHER]; CHUNKS];
    let mut weighed = WeighedModules { across: none, down: none, weights: none };
    for (at, (u, v, weight)) in modules().enumerate() {
        let (chunk, at) = (at / TOGETHER, at % TOGETHER);
        weighed.across[chunk][at] = u;
        weighed.down[chunk][at] = v;
        weighed.weights[chunk][at] = weight / sum;
    }
    weighed
});

/// The similarity of a pose to a finder pattern: the correlation of its modules with the pattern.
fn likeness(plane: &Plane, pose: &Pose) -> f32 {
    let WeighedModules { across, down, weights } = &*WEIGHED;
    let Pose { x, y, across: [ax, ay], down: [dx, dy] } = *pose;
    let mut sums = [0f32; TOGETHER];
    for ((across, down), weights) in across.iter().zip(down).zip(weights) {
        let (mut xs, mut ys) = ([0f32; TOGETHER], [0f32; TOGETHER]);
        for at in 0..TOGETHER {
            let (u, v) = (across[at], down[at]);
            (xs[at], ys[at]) = (x + u * ax + v * dx, y + u * ay + v * dy);
        }
        let values = plane.values(&xs, &ys);
        for at in 0..TOGETHER {
            sums[at] += weights[at] * values[at];
        }
    }
    sums.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pattern on a plane of nothing, with these sides of a module.
    fn seen(across: [f32; 2], down: [f32; 2]) -> Plane {
        let side = 90;
        let pose = Finder { x: 45.3, y: 44.8, module: 1.0, across, down, score: 1.0, light: false };
        let value = |at: usize| {
            let way = [(at % side) as f32 + 0.5 - pose.x, (at / side) as f32 + 0.5 - pose.y];
            let [u, v] = pose.in_modules(way);
            match u.abs().max(v.abs()).round() as i32 {
                0 | 1 | 3 => 1.0,
                2 | REACH => -1.0,
                _ => 0.0,
            }
        };
        Plane { width: side, height: side, pixels: (0..side * side).map(value).collect() }
    }

    #[test]
    fn a_pattern_seen_askew_is_fitted_as_a_parallelogram() {
        for (across, down) in [([3.0, 0.0], [0.0, 3.0]), ([2.1, 0.2], [-0.2, 3.2]), ([3.0, 0.6], [0.1, 2.4])]
        {
            let disc = Disc { score: 1.0, x: 45.5, y: 45.5, light: false };
            let starts = [0.0, 0.26, 0.52, 0.79, 1.05, 1.31].map(|angle| (0.5, 2.6, angle));
            let found = fit(&seen(across, down), &disc, &starts);
            let found = found.unwrap_or_else(|| panic!("{across:?} {down:?}"));
            assert!((found.x - 45.3).hypot(found.y - 44.8) < 1.0, "{found:?}");
            assert!(found.score > 0.8, "{found:?}");
            // A way of eleven modules along a side is about one of eleven as fitted; the middles of modules leave some play.
            for side in [across, down] {
                let [u, v] = found.in_modules(side.map(|at| 11.0 * at));
                assert!((u.hypot(v) - 11.0).abs() < 1.6, "{u} {v} {found:?}");
                assert!(found.off_axes(side) < 0.2, "{found:?}");
            }
        }
    }
}
