//! Where in a picture codes may be, by finder patterns that can be of one code.
//!
//! In go finder patterns; out come the parts of the picture that are worth further work, the likeliest first, and how large modules
//! are there. Of 227 photographs without a code one in thirty has such a part.

use super::pattern::Finder;
use crate::read::order::largest_first;
use std::f32::consts::FRAC_PI_4;

/// The most parts.
const SIGHTS_MAX: usize = 3;
/// The least similarity of a finder pattern without a second one that is worth further work.
const ALONE_MIN: f32 = 0.42;
/// How far a code may reach from such a one, in modules.
const ALONE: f32 = 60.0;
/// The most modules between two finder patterns of a code: the diagonal of version 40, seen askew.
const APART_MAX: f32 = 260.0;
/// The least, of version 1.
const APART_MIN: f32 = 11.0;
/// How far a pattern's axes may be off the line between two, in radians.
const OFF_MAX: f32 = 0.3;
/// What is kept around finder patterns, in modules: the rest of the pattern, the quiet zone, and room for an error.
const AROUND: f32 = 12.0;

/// A part of a picture where a code may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::read) struct Sighting {
    /// Left, top, right and bottom, in pixels; it may reach beyond the picture.
    pub(in crate::read) area: [f32; 4],
    /// Side of a module, in pixels.
    pub(in crate::read) module: f32,
    /// Whether what was seen is light on dark.
    pub(in crate::read) light: bool,
}

impl Sighting {
    /// What finder patterns show, in pixels of a picture `scale` times as large: at most [`SIGHTS_MAX`], the likeliest first.
    pub(super) fn all(finders: &[Finder], scale: f32) -> Vec<Self> {
        let mut found: Vec<(f32, Self)> = Vec::new();
        for (at, a) in finders.iter().enumerate() {
            if a.score >= ALONE_MIN {
                found.push((a.score - 1.0, Self::around(&[(a.x, a.y)], ALONE * a.module, a)));
            }
            for (next, b) in finders.iter().enumerate().skip(at + 1).filter(|(_, b)| belong(a, b)) {
                let score = a.score.min(b.score);
                // The third pattern and the rest of the code are on either side of the two.
                let apart = (a.x - b.x).hypot(a.y - b.y);
                let module = a.module.max(b.module);
                found.push((score, Self::around(&[(a.x, a.y), (b.x, b.y)], apart + AROUND * module, a)));
                for c in finders[next + 1..].iter().filter(|c| belong(a, c) && belong(b, c)) {
                    let Some(fourth) = fourth(a, b, c) else { continue };
                    let all = [(a.x, a.y), (b.x, b.y), (c.x, c.y), fourth];
                    found.push((1.0 + score.min(c.score), Self::around(&all, AROUND * module, a)));
                }
            }
        }
        let mut kept: Vec<Self> = Vec::new();
        for (_, sight) in largest_first(found, |found| found.0) {
            if kept.len() == SIGHTS_MAX {
                break;
            }
            if !kept.iter().any(|other| other.covers(&sight)) {
                kept.push(sight);
            }
        }
        let scaled = |sight: Self| Self {
            area: sight.area.map(|side| side * scale),
            module: sight.module * scale,
            ..sight
        };
        kept.into_iter().map(scaled).collect()
    }

    fn around(points: &[(f32, f32)], reach: f32, finder: &Finder) -> Self {
        let mut area = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
        for &(x, y) in points {
            area = [
                area[0].min(x - reach),
                area[1].min(y - reach),
                area[2].max(x + reach),
                area[3].max(y + reach),
            ];
        }
        Self { area, module: finder.module, light: finder.light }
    }

    /// Whether this part has the middle of the other, in modules of about the same size.
    fn covers(&self, other: &Self) -> bool {
        let [left, top, right, bottom] = other.area;
        let (x, y) = ((left + right) / 2.0, (top + bottom) / 2.0);
        self.light == other.light
            && (0.6..1.7).contains(&(self.module / other.module))
            && (self.area[0]..self.area[2]).contains(&x)
            && (self.area[1]..self.area[3]).contains(&y)
    }
}

/// The corner without a finder pattern, if three patterns are about where those of a code are.
fn fourth(a: &Finder, b: &Finder, c: &Finder) -> Option<(f32, f32)> {
    let apart = |b: &Finder, c: &Finder| {
        let [u, v] = a.in_modules([c.x - b.x, c.y - b.y]);
        u.hypot(v)
    };
    // The corner between the other two is opposite the longest side, in modules.
    let sides = vec![(apart(b, c), a), (apart(a, c), b), (apart(a, b), c)];
    let [(_, corner), (_, p), (_, q)] = largest_first(sides, |side| side.0)[..] else { return None };
    let [one, other] = [p, q].map(|end| corner.in_modules([end.x - corner.x, end.y - corner.y]));
    let (long, wide) = (one[0].hypot(one[1]), other[0].hypot(other[1]));
    let sine = (one[0] * other[1] - one[1] * other[0]).abs() / (long * wide);
    let square = sine > 0.6 && (0.5..2.0).contains(&(long / wide));
    square.then_some((p.x + q.x - corner.x, p.y + q.y - corner.y))
}

/// Whether two finder patterns can be of one code: of about one size and one rotation, along an axis or a diagonal.
fn belong(a: &Finder, b: &Finder) -> bool {
    let way = [b.x - a.x, b.y - a.y];
    let modules = |finder: &Finder| {
        let [u, v] = finder.in_modules(way);
        u.hypot(v)
    };
    let (one, other) = (a.off_axes(way), b.off_axes(way));
    let straight = one.max(other) < OFF_MAX;
    let diagonal = (one - FRAC_PI_4).abs().max((other - FRAC_PI_4).abs()) < OFF_MAX;
    a.light == b.light
        && (0.6..1.7).contains(&(a.module / b.module))
        && (APART_MIN..APART_MAX).contains(&((modules(a) + modules(b)) / 2.0))
        && (straight || diagonal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finder(x: f32, y: f32, module: f32, angle: f32) -> Finder {
        let (sin, cos) = (module * angle.sin(), module * angle.cos());
        Finder { x, y, module, across: [cos, sin], down: [-sin, cos], score: 0.4, light: false }
    }

    #[test]
    fn two_patterns_of_one_code_are_seen_and_of_two_codes_are_not() {
        let a = finder(100.0, 100.0, 4.0, 0.0);
        for (x, y, module, angle, seen) in [
            (220.0, 100.0, 4.0, 0.0, true),
            (220.0, 220.0, 4.0, 0.05, true),
            (100.0, 220.0, 5.0, 1.5, true),
            // Too near, of another size, turned otherwise.
            (130.0, 100.0, 4.0, 0.0, false),
            (220.0, 100.0, 8.0, 0.0, false),
            (220.0, 100.0, 4.0, 0.78, false),
        ] {
            let sights = Sighting::all(&[a, finder(x, y, module, angle)], 2.0);
            assert_eq!(!sights.is_empty(), seen, "{x}, {y}, {module}, {angle}");
        }
        assert_eq!(Sighting::all(&[a], 1.0), []);
        assert_eq!(Sighting::all(&[a, Finder { light: true, ..finder(220.0, 100.0, 4.0, 0.0) }], 1.0), []);
        assert_eq!(Sighting::all(&[Finder { score: 0.6, ..a }], 1.0).len(), 1);
    }

    #[test]
    fn the_area_has_the_whole_code_and_three_patterns_bound_it() {
        // A symbol of 37 modules of 4 pixels at 86, 86, of which two or three corners are known.
        let corners =
            [finder(100.0, 100.0, 4.0, 0.0), finder(220.0, 220.0, 4.0, 0.0), finder(220.0, 100.0, 4.0, 0.0)];
        for known in [2, 3] {
            let sights = Sighting::all(&corners[..known], 1.0);
            assert_eq!(sights.len(), 1);
            let area = sights[0].area;
            assert!(area[0] <= 86.0 && area[1] <= 86.0 && area[2] >= 234.0 && area[3] >= 234.0, "{area:?}");
            assert!(known == 2 || area[0] >= 50.0 && area[3] <= 270.0, "{area:?}");
        }
    }
}
