//! A finder pattern: its modules, a place where one may be, and one as it is seen.

use std::f32::consts::FRAC_PI_2;

/// Modules from the centre to the edge of the margin.
pub(super) const REACH: i32 = 4;

/// A candidate for a finder pattern.
#[derive(Clone, Copy, Debug)]
pub(super) struct Finder {
    /// Its centre, in pixels.
    pub(super) x: f32,
    pub(super) y: f32,
    /// The side of a module, in pixels.
    pub(super) module: f32,
    /// A module's sides as seen, in pixels. Seen askew, they are not of one length, nor square to each other.
    pub(super) across: [f32; 2],
    pub(super) down: [f32; 2],
    /// Its similarity to the pattern, at most 1.
    pub(super) score: f32,
    /// Whether it is light on dark.
    pub(super) light: bool,
}

impl Finder {
    /// A way in modules, for one in pixels.
    pub(super) fn in_modules(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        let Self { across: [ax, ay], down: [dx, dy], .. } = *self;
        let area = ax * dy - ay * dx;
        [(x * dy - y * dx) / area, (y * ax - x * ay) / area]
    }

    /// A way in pixels, for one in modules.
    pub(super) fn in_pixels(&self, [u, v]: [f32; 2]) -> [f32; 2] {
        [0, 1].map(|axis| u * self.across[axis] + v * self.down[axis])
    }

    /// How far a way in pixels is off this pattern's axes, in radians up to π/4, as it were if the code were seen from the front.
    pub(super) fn off_axes(&self, way: [f32; 2]) -> f32 {
        let [u, v] = self.in_modules(way);
        let off = v.atan2(u).rem_euclid(FRAC_PI_2);
        off.min(FRAC_PI_2 - off)
    }
}

/// A place where the middle of a finder pattern may be.
#[derive(Clone, Copy)]
pub(super) struct Disc {
    pub(super) score: f32,
    pub(super) x: f32,
    pub(super) y: f32,
    /// Whether it is light in a dark ring.
    pub(super) light: bool,
}

impl Disc {
    /// What a value is multiplied with, so that ink and paper change places.
    pub(super) fn sign(&self) -> f32 {
        if self.light { -1.0 } else { 1.0 }
    }
}

/// The modules of a finder pattern with its margin: column and row from its centre, and weight, negative for a light one.
pub(super) fn modules() -> impl Iterator<Item = (f32, f32, f32)> {
    let all = (-REACH..=REACH).flat_map(|row| (-REACH..=REACH).map(move |column| (row, column)));
    all.map(|(row, column)| {
        let ring = row.abs().max(column.abs());
        let dark = ring == 3 || ring <= 1;
        // The margin has a lower weight, since on some labels text comes close.
        let weight = if ring == REACH { 0.4 } else { 1.0 };
        (column as f32, row as f32, if dark { weight } else { -weight })
    })
}
