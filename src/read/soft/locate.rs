//! Combines finder patterns to candidates for symbols: three of them, or two if the third is lost.
//!
//! In go finder patterns; out come candidates, best first, each with the warp from modules to pixels.

use super::pattern::Finder;
use super::plane::Plane;
use super::shape::Shape;
use super::warp::Warp;
use crate::read::order::largest_first;
use std::f32::consts::{FRAC_1_SQRT_2, FRAC_PI_4};

/// A candidate for a symbol.
pub(super) struct SymbolPlace {
    /// The map from its modules to pixels.
    pub(super) warp: Warp,
    /// How well timing, alignment and finder patterns fit, at most 1.
    pub(super) score: f32,
}

/// The distance of a finder pattern's centre from the symbol's edge, in modules.
const MIDDLE: f32 = 3.5;

/// The modules from one finder pattern to another, by the mean of how both are seen.
fn modules(a: &Finder, b: &Finder) -> f32 {
    let long = |finder: &Finder| {
        let [u, v] = finder.in_modules([b.x - a.x, b.y - a.y]);
        u.hypot(v)
    };
    (long(a) + long(b)) / 2.0
}

/// At most `most` candidates, best first.
pub(super) fn places(finders: &[Finder], plane: &Plane, shapes: &[Shape], most: usize) -> Vec<SymbolPlace> {
    let mut found: Vec<SymbolPlace> = Vec::new();
    // The middles of the finder patterns top left, top right and bottom left, and the modules from one to the next.
    let mut consider = |corners: [[f32; 2]; 3], modules: f32, slack: f32| {
        let [top_left, top_right, bottom_left] = corners;
        let size = modules + 2.0 * MIDDLE;
        for shape in shapes {
            let n = shape.size as f32;
            if (n - size).abs() > slack * size {
                continue;
            }
            let far = n - MIDDLE;
            let points =
                [([MIDDLE, MIDDLE], top_left), ([far, MIDDLE], top_right), ([MIDDLE, far], bottom_left)];
            let Some(warp) = Warp::affine(points, shape.size) else { continue };
            let score = shape.likeness(&warp, plane);
            if score > 0.12 {
                found.push(SymbolPlace { warp, score });
            }
        }
    };
    for (i, a) in finders.iter().enumerate() {
        for (j, b) in finders.iter().enumerate() {
            if i == j || !(0.6..1.7).contains(&(a.module / b.module)) {
                continue;
            }
            let length = modules(a, b);
            if !(11.0..80.0).contains(&length) {
                continue;
            }
            let ab = [b.x - a.x, b.y - a.y];
            let across = a.in_modules(ab);
            for c in finders {
                let down = a.in_modules([c.x - a.x, c.y - a.y]);
                let (wide, high) = (across[0].hypot(across[1]), down[0].hypot(down[1]));
                // Clockwise in image coordinates, with about a right angle and about equal sides.
                let sine = (across[0] * down[1] - across[1] * down[0]) / (wide * high);
                if sine.is_nan() || sine < 0.75 || !(0.55..1.8).contains(&(wide / high)) {
                    continue;
                }
                if !(0.6..1.7).contains(&(c.module / ((a.module + b.module) / 2.0))) {
                    continue;
                }
                consider([[a.x, a.y], [b.x, b.y], [c.x, c.y]], (length + modules(a, c)) / 2.0, 0.2);
            }
            // Two alone: their rotations must agree.
            let (from, to) = ([a.x, a.y], [b.x, b.y]);
            let (one, other) = (a.off_axes(ab), b.off_axes(ab));
            // The way from one to the other, turned by a right angle, as this pattern is seen.
            let [x, y] = a.in_pixels([-across[1], across[0]]);
            if one.max(other) < 0.25 {
                // Top left and top right, or bottom left and top left.
                consider([from, to, [a.x + x, a.y + y]], length, 0.17);
                consider([to, [b.x + x, b.y + y], from], length, 0.17);
            }
            if (one - FRAC_PI_4).abs().max((other - FRAC_PI_4).abs()) < 0.25 {
                // Top right and bottom left.
                let corner = [(a.x + b.x + x) / 2.0, (a.y + b.y + y) / 2.0];
                consider([corner, from, to], length * FRAC_1_SQRT_2, 0.17);
            }
        }
    }
    let mut kept: Vec<SymbolPlace> = Vec::new();
    for place in largest_first(found, |place| place.score) {
        let same = |other: &SymbolPlace| {
            let near =
                |a: [f32; 2], b: [f32; 2]| (a[0] - b[0]).hypot(a[1] - b[1]) < 2.5 * place.warp.module();
            other.warp.size == place.warp.size
                && other.warp.corners.iter().zip(place.warp.corners).all(|(a, b)| near(*a, b))
        };
        if kept.len() < most && !kept.iter().any(same) {
            kept.push(place);
        }
    }
    kept
}
