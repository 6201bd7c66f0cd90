//! Finds finder patterns that scratches and blur have spoilt for a search by runs of 1:1:3:1:1.
//!
//! In goes a pyramid of normalised pictures; out come the most likely finder patterns. The search is a matched filter in two
//! steps: a dark disc within a light ring, which is invariant to rotation, at every second pixel and every scale; then, at
//! the best positions, the nine by nine modules of the pattern with its light margin, over rotations and scales, and as a
//! parallelogram, as a pattern seen askew is (`fit.rs`).

use super::fit::fit;
use super::pattern::{Disc, Finder, REACH, modules};
use super::plane::Plane;
use std::f32::consts::{FRAC_PI_2, TAU};
use std::sync::LazyLock;

/// Sides of a module searched for on each level of the pyramid, in pixels.
const MODULES: [f32; 3] = [1.9, 2.4, 3.0];
/// Positions that reach the second step, for each scale of each level.
const PLACES: usize = 40;
/// The same for light on dark, which is rare.
const LIGHT_PLACES: usize = 16;
/// Rotations and scales that a fit begins with.
const TURNS: usize = 6;
/// Rotations that are compared on all scales.
const SCALED: usize = 2;
const SCALES: [f32; 3] = [0.87, 1.0, 1.15];
/// The least rough similarity of a position that is fitted.
const ROUGH_MIN: f32 = 0.15;
/// The most rough fits that a fit begins with.
const STARTS: usize = 3;
/// Places that are fitted, those that look most like a pattern, and how many of them near each other.
const FITS: usize = 150;
const LIGHT_FITS: usize = 40;
const FITS_NEAR: usize = 3;
/// The least contrast of a disc and its ring.
const DISC_MIN: f32 = 0.55;

/// The best candidates of a pyramid whose first level is the finest: at most `most` of either polarity, best first, in pixels
/// of that level.
pub(super) fn search(levels: &[Plane], most: usize) -> Vec<Finder> {
    let mut places: Vec<FinderPlace> = Vec::new();
    for (depth, level) in levels.iter().enumerate() {
        let combed = Combed::new(level);
        for (module, shapes) in MODULES.into_iter().zip(&*SHAPES) {
            let patterns: Vec<Rough<'_>> = shapes.iter().map(|shape| Rough::new(level, shape)).collect();
            let found = discs(&combed, module);
            places.extend(found.iter().filter_map(|disc| FinderPlace::new(level, depth, &patterns, disc)));
        }
    }
    places.sort_by(|a, b| b.rough().total_cmp(&a.rough()));
    let mut found: Vec<Finder> = Vec::new();
    let mut fitted: Vec<&FinderPlace> = Vec::new();
    for place in &places {
        // One pattern is seen on neighbouring scales, and is fitted on those where it is clearest.
        let light = place.disc.light;
        let alike = fitted.iter().filter(|other| other.disc.light == light);
        let near = alike.clone().filter(|other| other.is_near(place)).count();
        if near >= FITS_NEAR || alike.count() >= if light { LIGHT_FITS } else { FITS } {
            continue;
        }
        fitted.push(place);
        let Some(finder) = fit(&levels[place.depth], &place.disc, &place.starts) else { continue };
        let at = |value: f32| value * place.scale();
        let (across, down) = (finder.across.map(at), finder.down.map(at));
        found.push(Finder {
            x: at(finder.x),
            y: at(finder.y),
            module: at(finder.module),
            across,
            down,
            ..finder
        });
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<Finder> = Vec::new();
    for finder in found {
        let apart = |other: &Finder| {
            let reach = 2.0 * other.module.max(finder.module);
            other.light != finder.light || (other.x - finder.x).hypot(other.y - finder.y) > reach
        };
        let alike = kept.iter().filter(|other| other.light == finder.light).count();
        if alike < most && kept.iter().all(apart) {
            kept.push(finder);
        }
    }
    kept
}

/// A place that looks like a finder pattern by the nearest pixels, before it is fitted.
struct FinderPlace {
    /// The level of the pyramid.
    depth: usize,
    disc: Disc,
    /// What a fit begins with, best first: similarity, module in pixels and rotation.
    starts: [(f32, f32, f32); STARTS],
}

impl FinderPlace {
    /// A place that is worth a fit.
    fn new(level: &Plane, depth: usize, patterns: &[Rough<'_>], disc: &Disc) -> Option<Self> {
        let mut starts = [(-1.0, 0.0, 0.0); STARTS];
        let mut consider = |pattern: &Rough<'_>| {
            let score = pattern.score(level, disc);
            let mut start = (score, pattern.shape.module, pattern.shape.angle);
            for kept in &mut starts {
                if start.0 > kept.0 {
                    std::mem::swap(kept, &mut start);
                }
            }
            score
        };
        // Each rotation at the middle scale; then the other scales of the likeliest rotations.
        let mut likeliest = [(-1.0, &[][..]); SCALED];
        for scales in patterns.chunks_exact(SCALES.len()) {
            let mut turn = (consider(&scales[1]), scales);
            for kept in &mut likeliest {
                if turn.0 > kept.0 {
                    std::mem::swap(kept, &mut turn);
                }
            }
        }
        for (_, scales) in likeliest {
            scales.iter().step_by(2).for_each(|pattern| {
                consider(pattern);
            });
        }
        (starts[0].0 >= ROUGH_MIN).then_some(Self { depth, disc: *disc, starts })
    }

    fn rough(&self) -> f32 {
        self.starts[0].0
    }

    /// Pixels of the finest level to one of its own.
    fn scale(&self) -> f32 {
        (1u32 << self.depth) as f32
    }

    /// Whether both may be one pattern.
    fn is_near(&self, other: &Self) -> bool {
        let (a, b) = (self.scale(), other.scale());
        let reach = 2.0 * (a * self.starts[0].1).max(b * other.starts[0].1);
        (a * self.disc.x - b * other.disc.x).hypot(a * self.disc.y - b * other.disc.y) < reach
    }
}

/// What the value 1 of a plane is in a [`Combed`] one: sums of a ring's values are then 16-bit numbers, of which a processor
/// adds eight at a time.
const UNIT: f32 = 1024.0;
/// Positions whose sums are taken together.
const TOGETHER: usize = 16;

/// A plane in whole numbers, with its even columns apart from its odd ones, so that every second column is side by side.
struct Combed {
    width: usize,
    height: usize,
    /// Columns of each in a row, and some that are empty.
    columns: usize,
    even_odd: [Vec<i16>; 2],
}

impl Combed {
    fn new(plane: &Plane) -> Self {
        let (width, height) = (plane.width, plane.height);
        let columns = width.div_ceil(2) + TOGETHER;
        let comb = |first: usize| {
            let mut pixels = Vec::with_capacity(columns * height);
            for row in plane.pixels.chunks_exact(width) {
                let end = pixels.len() + columns;
                let pairs = row.chunks_exact(2);
                let rest = pairs.remainder().get(first);
                pixels.extend(
                    pairs.map(|pair| pair[first]).chain(rest.copied()).map(|value| whole(UNIT * value)),
                );
                pixels.resize(end, 0);
            }
            pixels
        };
        Self { width, height, columns, even_odd: [comb(0), comb(1)] }
    }

    /// Values of every second column from one on, in a row.
    fn row(&self, y: usize, from: usize, count: usize) -> &[i16] {
        &self.even_odd[from % 2][y * self.columns + from / 2..][..count]
    }
}

/// The whole number next to a small one: it is in the lowest bits of a sum with one so large that it has no others below the point.
/// Conversions check for what does not fit, one value at a time.
fn whole(value: f32) -> i16 {
    (value + 12_582_912.0).to_bits() as i16
}

/// The first step: the positions where a disc stands out most from the ring around it.
fn discs(plane: &Combed, module: f32) -> Vec<Disc> {
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
    let disc: Vec<(isize, isize)> = ring(0.9, 8).chain([(0, 0)]).collect();
    let around: Vec<(isize, isize)> = ring(2.3, 16).collect();
    // Only the best position of each cell is kept, so that one finder pattern does not fill the list.
    let cell = (3.0 * module) as usize;
    let across = plane.width / cell + 1;
    let mut best = vec![[(0.0f32, 0usize, 0usize); 2]; across * (plane.height / cell + 1)];
    let count = (plane.width - 2 * margin).div_ceil(2);
    let sum = |rows: &[&[i16]], from: usize| {
        let mut sums = [0i16; TOGETHER];
        for row in rows {
            for (sum, value) in sums.iter_mut().zip(&row[from..][..TOGETHER]) {
                *sum += value;
            }
        }
        sums
    };
    let padded = count.next_multiple_of(TOGETHER);
    for y in (margin..plane.height - margin).step_by(2) {
        let rows = |offsets: &[(isize, isize)]| -> Vec<&[i16]> {
            let row = |(dx, dy): &(isize, isize)| {
                plane.row(y.wrapping_add_signed(*dy), margin.wrapping_add_signed(*dx), padded)
            };
            offsets.iter().map(row).collect()
        };
        let (disc, around) = (rows(&disc), rows(&around));
        for from in (0..count).step_by(TOGETHER) {
            let (inner, outer) = (sum(&disc, from), sum(&around, from));
            // The contrast of disc and ring in ninths of a unit, up to a rounding.
            let mut contrast = [0i16; TOGETHER];
            for (contrast, (inner, outer)) in contrast.iter_mut().zip(inner.iter().zip(&outer)) {
                *contrast = inner.saturating_sub((outer >> 1) + (outer >> 4));
            }
            const LEAST: i16 = (DISC_MIN * 9.0 * UNIT) as i16;
            if contrast.iter().fold(0, |most: i16, value| most.max(value.saturating_abs())) < LEAST {
                continue;
            }
            for at in from..count.min(from + TOGETHER) {
                let contrast = contrast[at - from];
                let middle = f32::from(inner[at - from]) / (9.0 * UNIT);
                let score = f32::from(contrast) / (9.0 * UNIT);
                if score.abs() < DISC_MIN || middle.abs() < 0.1 || (score > 0.0) != (middle > 0.0) {
                    continue;
                }
                let x = margin + 2 * at;
                let slot = &mut best[y / cell * across + x / cell][usize::from(score < 0.0)];
                if score.abs() > slot.0 {
                    *slot = (score.abs(), x, y);
                }
            }
        }
    }
    let mut found = Vec::new();
    for light in [false, true] {
        let of = best.iter().map(|both| both[usize::from(light)]).filter(|slot| slot.0 > DISC_MIN);
        let mut of: Vec<Disc> =
            of.map(|(score, x, y)| Disc { score, x: x as f32 + 0.5, y: y as f32 + 0.5, light }).collect();
        of.sort_by(|a, b| b.score.total_cmp(&a.score));
        of.truncate(if light { LIGHT_PLACES } else { PLACES });
        found.append(&mut of);
    }
    found
}

/// A pattern of one size and rotation by the nearest pixels.
struct RoughShape {
    /// Columns and rows from the middle, each with its weight, negative for a light module.
    places: Vec<(isize, isize, f32)>,
    reach: usize,
    module: f32,
    angle: f32,
}

/// For each size of [`MODULES`] the shapes over rotations and scales. Computed once, at first use.
static SHAPES: LazyLock<[Vec<RoughShape>; MODULES.len()]> = LazyLock::new(|| MODULES.map(RoughShape::all));

impl RoughShape {
    fn all(module: f32) -> Vec<Self> {
        let sum: f32 = modules().map(|(_, _, weight)| weight.abs()).sum();
        let one = |(turn, scale): (usize, f32)| {
            let (angle, module) = (FRAC_PI_2 * turn as f32 / TURNS as f32, module * scale);
            let (sin, cos) = angle.sin_cos();
            let (sin, cos) = (sin * module, cos * module);
            let place = |(u, v, weight): (f32, f32, f32)| {
                let (x, y) = (u * cos - v * sin, u * sin + v * cos);
                (x.round() as isize, y.round() as isize, weight / sum)
            };
            let reach = (1.5 * REACH as f32 * module).ceil() as usize + 1;
            Self { places: modules().map(place).collect(), reach, module, angle }
        };
        (0..TURNS).flat_map(|turn| SCALES.map(|scale| (turn, scale))).map(one).collect()
    }
}

/// A shape in a plane: what few of the discs pass, for a tenth of the work of a fit.
struct Rough<'s> {
    shape: &'s RoughShape,
    /// Its places as offsets of pixels.
    offsets: Vec<isize>,
}

impl<'s> Rough<'s> {
    fn new(plane: &Plane, shape: &'s RoughShape) -> Self {
        Self { shape, offsets: shape.places.iter().map(|(x, y, _)| y * plane.width as isize + x).collect() }
    }

    /// The similarity at a disc. Outside of the plane are the values of its nearest pixels.
    fn score(&self, plane: &Plane, disc: &Disc) -> f32 {
        let (x, y) = (disc.x as usize, disc.y as usize);
        let RoughShape { places, reach, .. } = self.shape;
        let inside = x.min(y) >= *reach && x + reach < plane.width && y + reach < plane.height;
        let here = y * plane.width + x;
        let sum: f32 = if inside {
            let value = |(offset, (_, _, weight)): (&isize, &(isize, isize, f32))| {
                weight * plane.pixels[here.wrapping_add_signed(*offset)]
            };
            self.offsets.iter().zip(places).map(value).sum()
        } else {
            let near = |at: usize, by: isize, side: usize| at.saturating_add_signed(by).min(side - 1);
            let value = |&(dx, dy, weight): &(isize, isize, f32)| {
                weight * plane.pixels[near(y, dy, plane.height) * plane.width + near(x, dx, plane.width)]
            };
            places.iter().map(value).sum()
        };
        disc.sign() * sum
    }
}
