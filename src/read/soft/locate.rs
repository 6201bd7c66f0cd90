//! Combines finder patterns to candidates for symbols: three of them, or two if the third is lost.
//!
//! In go finder patterns; out come candidates, best first, each with the warp from modules to pixels.

use super::finder::Finder;
use super::plane::Plane;
use super::shape::Shape;
use super::warp::Warp;
use crate::read::order::largest_first;

/// A candidate for a symbol.
pub(super) struct SymbolPlace {
    /// The map from its modules to pixels.
    pub(super) warp: Warp,
    /// How well timing, alignment and finder patterns fit, at most 1.
    pub(super) score: f32,
}

/// The distance of a finder pattern's centre from the symbol's edge, in modules.
const MIDDLE: f32 = 3.5;

/// At most `most` candidates, best first.
pub(super) fn places(finders: &[Finder], plane: &Plane, shapes: &[Shape], most: usize) -> Vec<SymbolPlace> {
    let mut found: Vec<SymbolPlace> = Vec::new();
    let mut consider = |corners: [(usize, [f32; 2]); 3], module: f32, slack: f32| {
        let span = |a: [f32; 2], b: [f32; 2]| (a[0] - b[0]).hypot(a[1] - b[1]);
        let [(_, top_left), (_, top_right), (_, bottom_left)] = corners;
        let side = (span(top_left, top_right) + span(top_left, bottom_left)) / 2.0;
        let size = side / module + 2.0 * MIDDLE;
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
            let ab = [b.x - a.x, b.y - a.y];
            let length = ab[0].hypot(ab[1]);
            let module = (a.module + b.module) / 2.0;
            if length < 11.0 * module || length > 80.0 * module {
                continue;
            }
            for c in finders {
                let ac = [c.x - a.x, c.y - a.y];
                let other = ac[0].hypot(ac[1]);
                // Clockwise in image coordinates, with about a right angle and about equal sides.
                let sine = (ab[0] * ac[1] - ab[1] * ac[0]) / (length * other);
                if sine.is_nan() || sine < 0.75 || !(0.55..1.8).contains(&(length / other)) {
                    continue;
                }
                if !(0.6..1.7).contains(&(c.module / module)) {
                    continue;
                }
                let module = (2.0 * module + c.module) / 3.0;
                consider([(i, [a.x, a.y]), (j, [b.x, b.y]), (0, [c.x, c.y])], module, 0.2);
            }
            // Two alone: their rotations must agree.
            let (from, to) = ([a.x, a.y], [b.x, b.y]);
            let turned = |angle: f32| {
                let difference = (angle - ab[1].atan2(ab[0])).rem_euclid(std::f32::consts::FRAC_PI_2);
                difference.min(std::f32::consts::FRAC_PI_2 - difference)
            };
            let (straight, diagonal) = (turned(a.angle).max(turned(b.angle)), {
                let off = |angle| (turned(angle) - std::f32::consts::FRAC_PI_4).abs();
                off(a.angle).max(off(b.angle))
            });
            if straight < 0.25 {
                // Top left and top right, or bottom left and top left.
                let across = [-ab[1], ab[0]];
                consider([(i, from), (j, to), (0, [from[0] + across[0], from[1] + across[1]])], module, 0.17);
                consider([(i, to), (j, [to[0] + across[0], to[1] + across[1]]), (0, from)], module, 0.17);
            }
            if diagonal < 0.25 {
                // Top right and bottom left.
                let corner = [(a.x + b.x - ab[1]) / 2.0, (a.y + b.y + ab[0]) / 2.0];
                consider([(i, corner), (j, from), (0, to)], module, 0.17);
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
