//! Finder patterns that lines, scratches and blur have spoilt for a search by runs of 1:1:3:1:1.
//!
//! A matched filter: first a disc that is dark within a circle that is light, which no rotation changes, at
//! every second pixel and every scale; then, where that stands out, all nine by nine modules of the pattern
//! with its light margin, turned and scaled.

use super::plane::Plane;
use std::f32::consts::{FRAC_PI_2, TAU};

/// A finder pattern's likely place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Finder {
    /// Its middle, in pixels of the plane.
    pub(super) x: f32,
    pub(super) y: f32,
    /// Pixels a module.
    pub(super) module: f32,
    /// Its turn, from 0 to a quarter.
    pub(super) angle: f32,
    /// Its likeness, up to 1.
    pub(super) score: f32,
}

/// Modules from the middle to the edge of the margin.
const REACH: i32 = 4;
/// Sides of a module that one level of the pyramid is searched for, in pixels.
const MODULES: [f32; 3] = [1.9, 2.4, 3.0];
/// Places looked at more closely, at each scale of each level.
const PLACES: usize = 40;
/// The least likeness of a finder.
const SCORE_MIN: f32 = 0.33;

/// The likeliest finders of a pyramid, the finest level first; at most `most`, the best first, in pixels of
/// the finest level.
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

/// Where a dark disc lies in a light circle: the places that stand out most.
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
    // The best of each cell, so that one finder does not fill the list.
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

/// The finder near a place: its likeness over turns, scales and small shifts.
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

/// How like a finder the place is: the mean over its modules of what they should be, times what they are.
fn likeness(plane: &Plane, x: f32, y: f32, module: f32, angle: f32) -> f32 {
    let (sin, cos) = angle.sin_cos();
    let (sin, cos) = (sin * module, cos * module);
    let (mut sum, mut count) = (0.0, 0.0);
    for row in -REACH..=REACH {
        for column in -REACH..=REACH {
            let ring = row.abs().max(column.abs());
            let dark = ring == 3 || ring <= 1;
            // The margin is half of what is inside: on one label it is text.
            let weight = if ring == REACH { 0.4 } else { 1.0 };
            let (u, v) = (column as f32, row as f32);
            let value = plane.at(x + u * cos - v * sin, y + u * sin + v * cos);
            sum += if dark { value } else { -value } * weight;
            count += weight;
        }
    }
    sum / count
}
