//! Where in a picture codes may be, by finder patterns that can be of one code.
//!
//! In go finder patterns; out comes the part of the picture that is worth further work, and how large modules are there.
//! Of 227 photographs without a code, this finds something in five.

use super::finder::Finder;
use std::f32::consts::{FRAC_PI_2, FRAC_PI_4};

/// The most modules between two finder patterns of a code: the diagonal of version 40, seen askew.
const APART_MAX: f32 = 260.0;
/// The least, of version 1.
const APART_MIN: f32 = 11.0;
/// How far a pattern's axes may be off the line between two, in radians.
const OFF_MAX: f32 = 0.3;
/// What is kept around finder patterns, in modules: the rest of the pattern, the quiet zone, and room for an error.
const AROUND: f32 = 12.0;

/// A part of a picture where codes may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sight {
    /// Left, top, right and bottom, in pixels; it may reach beyond the picture.
    pub area: [f32; 4],
    /// Side in pixels of a module of the likeliest code.
    pub module: f32,
    /// Whether all that was seen is light on dark.
    pub light: bool,
}

impl Sight {
    /// What finder patterns show, in pixels of a picture `scale` times as large.
    pub(super) fn of(finders: &[Finder], scale: f32) -> Option<Self> {
        let mut area = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
        let mut best = (0.0, 0.0);
        let mut light = true;
        for (at, a) in finders.iter().enumerate() {
            for b in finders[at + 1..].iter().filter(|b| belong(a, b)) {
                // The third pattern and the rest of the code are on either side of the two.
                let around = (a.x - b.x).hypot(a.y - b.y) + AROUND * a.module.max(b.module);
                for finder in [a, b] {
                    area[0] = area[0].min(finder.x - around);
                    area[1] = area[1].min(finder.y - around);
                    area[2] = area[2].max(finder.x + around);
                    area[3] = area[3].max(finder.y + around);
                }
                let score = a.score.min(b.score);
                if score > best.0 {
                    best = (score, (a.module + b.module) / 2.0);
                }
                light &= a.light;
            }
        }
        let found = best.0 > 0.0;
        found.then(|| Self { area: area.map(|side| side * scale), module: best.1 * scale, light })
    }
}

/// Whether two finder patterns can be of one code: of about one size and one rotation, along an axis or a diagonal.
fn belong(a: &Finder, b: &Finder) -> bool {
    let (x, y) = (b.x - a.x, b.y - a.y);
    let (length, module) = (x.hypot(y), (a.module + b.module) / 2.0);
    let turned = |angle: f32| {
        let difference = (angle - y.atan2(x)).rem_euclid(FRAC_PI_2);
        difference.min(FRAC_PI_2 - difference)
    };
    let (one, other) = (turned(a.angle), turned(b.angle));
    let straight = one.max(other) < OFF_MAX;
    let diagonal = (one - FRAC_PI_4).abs().max((other - FRAC_PI_4).abs()) < OFF_MAX;
    a.light == b.light
        && (0.6..1.7).contains(&(a.module / b.module))
        && (APART_MIN..APART_MAX).contains(&(length / module))
        && (straight || diagonal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finder(x: f32, y: f32, module: f32, angle: f32) -> Finder {
        Finder { x, y, module, angle, score: 0.6, light: false }
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
            let sight = Sight::of(&[a, finder(x, y, module, angle)], 2.0);
            assert_eq!(sight.is_some(), seen, "{x}, {y}, {module}, {angle}");
        }
        assert_eq!(Sight::of(&[a], 1.0), None);
        assert_eq!(Sight::of(&[a, Finder { light: true, ..finder(220.0, 100.0, 4.0, 0.0) }], 1.0), None);
    }

    #[test]
    fn the_area_has_the_whole_code() {
        // Of a symbol of 37 modules of 4 pixels at 86, 86, only two corners are known.
        let corners = [finder(100.0, 100.0, 4.0, 0.0), finder(220.0, 220.0, 4.0, 0.0)];
        let sight = Sight::of(&corners, 1.0).unwrap();
        assert!(sight.area[0] <= 86.0 && sight.area[1] <= 86.0);
        assert!(sight.area[2] >= 234.0 && sight.area[3] >= 234.0);
    }
}
