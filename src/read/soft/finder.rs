//! Finds finder patterns that scratches and blur have spoilt for a search by runs of 1:1:3:1:1.
//!
//! In goes a pyramid of normalised pictures; out come the most likely finder patterns. The search is a matched filter in two
//! steps: a dark disc within a light ring, which is invariant to rotation, at every second pixel and every scale; then, at
//! the best positions, the nine by nine modules of the pattern with its light margin, over rotations and scales.

use super::plane::Plane;
use std::f32::consts::{FRAC_PI_2, TAU};

/// A candidate for a finder pattern.
#[derive(Clone, Copy, Debug)]
pub(super) struct Finder {
    /// Its centre, in pixels.
    pub(super) x: f32,
    pub(super) y: f32,
    /// The side of a module, in pixels.
    pub(super) module: f32,
    /// Its rotation in radians, from 0 to π/2.
    pub(super) angle: f32,
    /// Its similarity to the pattern, at most 1.
    pub(super) score: f32,
}

/// Modules from the centre to the edge of the margin.
const REACH: i32 = 4;
/// Sides of a module searched for on each level of the pyramid, in pixels.
const MODULES: [f32; 3] = [1.9, 2.4, 3.0];
/// Positions that reach the second step, for each scale of each level.
const PLACES: usize = 40;
/// The least similarity of a candidate.
const SCORE_MIN: f32 = 0.33;

/// The best candidates of a pyramid whose first level is the finest: at most `most`, best first, in pixels of that level.
pub(super) fn search(levels: &[Plane], most: usize) -> Vec<Finder> {
    let mut found: Vec<Finder> = Vec::new();
    for (depth, level) in levels.iter().enumerate() {
        let scale = (1 << depth) as f32;
        for module in MODULES {
            for (x, y) in discs(level, module) {
                let Some(finder) = fit(level, x, y, module) else { continue };
                let at = |value: f32| value * scale;
                found.push(Finder { x: at(finder.x), y: at(finder.y), module: at(finder.module), ..finder });
            }
        }
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<Finder> = Vec::new();
    for finder in found {
        let apart = |other: &Finder| {
            let reach = 2.0 * other.module.max(finder.module);
            (other.x - finder.x).hypot(other.y - finder.y) > reach
        };
        if kept.len() < most && kept.iter().all(apart) {
            kept.push(finder);
        }
    }
    kept
}

/// The first step: the positions where a dark disc within a light ring stands out most.
fn discs(plane: &Plane, module: f32) -> Vec<(f32, f32)> {
    let ring = |radius: f32, count: usize| {
        (0..count).map(move |i| {
            let (sin, cos) = (TAU * i as f32 / count as f32).sin_cos();
            ((radius * module * cos).round() as isize, (radius * module * sin).round() as isize)
        })
    };
    let margin = (2.4 * module).ceil() as usize + 1;
    if plane.width <= 2 * margin || plane.height <= 2 * margin {
        return Vec::new();
    }
    let offset = |(x, y): (isize, isize)| y * plane.width as isize + x;
    let dark: Vec<isize> = ring(0.9, 8).chain([(0, 0)]).map(offset).collect();
    let light: Vec<isize> = ring(2.3, 16).map(offset).collect();
    // Only the best position of each cell is kept, so that one finder pattern does not fill the list.
    let cell = (3.0 * module) as usize;
    let across = plane.width / cell + 1;
    let mut best = vec![(0.0f32, 0usize, 0usize); across * (plane.height / cell + 1)];
    for y in (margin..plane.height - margin).step_by(2) {
        for x in (margin..plane.width - margin).step_by(2) {
            let here = (y * plane.width + x) as isize;
            let sum = |offsets: &[isize]| {
                offsets.iter().map(|offset| plane.pixels[(here + offset) as usize]).sum::<f32>()
            };
            let inner = sum(&dark) / 9.0;
            if inner < 0.1 {
                continue;
            }
            let score = inner - sum(&light) / 16.0;
            let slot = &mut best[y / cell * across + x / cell];
            if score > slot.0 {
                *slot = (score, x, y);
            }
        }
    }
    best.retain(|slot| slot.0 > 0.55);
    best.sort_by(|a, b| b.0.total_cmp(&a.0));
    best.truncate(PLACES);
    best.into_iter().map(|(_, x, y)| (x as f32 + 0.5, y as f32 + 0.5)).collect()
}

/// The second step: the best fit near a position, over rotations, scales and small shifts.
fn fit(plane: &Plane, x: f32, y: f32, module: f32) -> Option<Finder> {
    let mut best = Finder { x, y, module, angle: 0.0, score: -1.0 };
    let consider = |best: &mut Finder, x: f32, y: f32, module: f32, angle: f32| {
        let score = likeness(plane, x, y, module, angle);
        if score > best.score {
            *best = Finder { x, y, module, angle, score };
        }
    };
    for turn in 0..6 {
        for factor in [0.87, 1.0, 1.15] {
            consider(&mut best, x, y, module * factor, FRAC_PI_2 * turn as f32 / 6.0);
        }
    }
    if best.score < SCORE_MIN * 0.4 {
        return None;
    }
    let mut step = 1.0;
    for _ in 0..3 {
        for _ in 0..2 {
            let Finder { x, y, module, angle, .. } = best;
            for (dx, dy) in [(step, 0.0), (-step, 0.0), (0.0, step), (0.0, -step)] {
                consider(&mut best, x + dx * 0.5 * module, y + dy * 0.5 * module, module, angle);
            }
            for change in [step, -step] {
                let Finder { x, y, .. } = best;
                consider(&mut best, x, y, module * (1.0 + 0.12 * change), angle);
                let Finder { module, .. } = best;
                consider(&mut best, x, y, module, angle + 0.13 * change);
            }
        }
        step *= 0.5;
    }
    best.angle = best.angle.rem_euclid(FRAC_PI_2);
    (best.score > SCORE_MIN).then_some(best)
}

/// The similarity of a position to a finder pattern: the correlation of its modules with the pattern.
fn likeness(plane: &Plane, x: f32, y: f32, module: f32, angle: f32) -> f32 {
    let (sin, cos) = angle.sin_cos();
    let (sin, cos) = (sin * module, cos * module);
    let (mut sum, mut count) = (0.0, 0.0);
    for row in -REACH..=REACH {
        for column in -REACH..=REACH {
            let ring = row.abs().max(column.abs());
            let dark = ring == 3 || ring <= 1;
            // The margin has a lower weight, since on some labels text comes close.
            let weight = if ring == REACH { 0.4 } else { 1.0 };
            let (u, v) = (column as f32, row as f32);
            let value = plane.at(x + u * cos - v * sin, y + u * sin + v * cos);
            sum += if dark { value } else { -value } * weight;
            count += weight;
        }
    }
    sum / count
}
