//! Rasterises glyph outlines.

use crate::label::canvas::Bitmap;
use skrifa::{
    FontRef, GlyphId, MetadataProvider,
    instance::{LocationRef, Size},
    outline::{DrawSettings, OutlinePen},
};

/// The bitmap of a glyph.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Dots {
    /// The dots.
    pub bitmap: Bitmap,
    /// Offset of the left edge from the pen, in dots.
    pub left: i32,
    /// Offset of the top edge above the baseline, in dots.
    pub top: i32,
    /// Whether the outline is too large or too heavy to be a character: a box stands for it.
    pub wild: bool,
}

/// The largest width and height of a glyph, in ems.
const EMS_MAX: f32 = 4.0;
/// The most crossings of a glyph's outline with scan lines.
const CROSSINGS_MAX: usize = 1 << 20;

/// Rasterises a glyph at `px` dots per em, widened by `smear` dots to the right. An unreadable outline gives a
/// blank, like a space.
pub(super) fn trace(font: &FontRef<'_>, id: u16, px: u16, smear: usize) -> Dots {
    let size = Size::new(f32::from(px));
    let mut lines = OutlineLines::default();
    if let Some(outline) = font.outline_glyphs().get(GlyphId::from(id)) {
        let _ = outline.draw(DrawSettings::unhinted(size, LocationRef::default()), &mut lines);
    }
    lines.dots(smear, px).unwrap_or_else(|| Dots { wild: true, ..missing(px) })
}

/// A hollow box, slightly smaller than an ideograph.
pub(super) fn missing(px: u16) -> Dots {
    let side = usize::from(px) * 4 / 5;
    let ink = (0..side * side).map(|at| {
        let (x, y) = (at % side, at / side);
        x < 2 || y < 2 || x + 2 >= side || y + 2 >= side
    });
    let bitmap = pack(side, &ink.collect::<Vec<_>>());
    Dots { bitmap, left: i32::from(px) / 10, top: side as i32 - i32::from(px) / 10, wild: false }
}

fn pack(width: usize, ink: &[bool]) -> Bitmap {
    let byte =
        |dots: &[bool]| (0..).zip(dots).map(|(at, dot)| if *dot { 0x80_u8 >> at } else { 0 }).sum::<u8>();
    let rows = ink.chunks_exact(width.max(1));
    Bitmap { stride: width.div_ceil(8), bits: rows.flat_map(|row| row.chunks(8).map(byte)).collect() }
}

/// An outline as line segments, y upwards.
#[derive(Default)]
struct OutlineLines {
    start: (f32, f32),
    pen: (f32, f32),
    lines: Vec<[(f32, f32); 2]>,
}

impl OutlineLines {
    /// A dot is black at 45 % coverage: a threshold just above one half prints too thin. `None` for an outline that no character
    /// has.
    fn dots(&self, smear: usize, px: u16) -> Option<Dots> {
        let points = || self.lines.iter().flatten();
        if self.lines.is_empty() {
            return Some(Dots::default());
        }
        let most_dots = EMS_MAX * f32::from(px);
        if !points().all(|(x, y)| x.abs() <= most_dots && y.abs() <= most_dots) {
            return None;
        }
        let least = |f: fn(&(f32, f32)) -> f32| points().map(f).fold(f32::MAX, f32::min).floor();
        let most = |f: fn(&(f32, f32)) -> f32| points().map(f).fold(f32::MIN, f32::max).ceil();
        let (left, top) = (least(|p| p.0), most(|p| p.1));
        let width = (most(|p| p.0) - left) as usize + 1 + smear;
        let height = (top - least(|p| p.1)) as usize;
        let mut ink = vec![false; width * height];
        let mut area = vec![0_f32; width];
        let mut crossings = self.crossings(left, top, height * FINE)?;
        for y in 0..height {
            area.fill(0.0);
            for scan in y * FINE..(y + 1) * FINE {
                let mut winding = 0;
                for pair in crossings.of(scan).windows(2) {
                    winding += if pair[0].up { 1 } else { -1 };
                    if winding != 0 {
                        cover(&mut area, pair[0].x, pair[1].x);
                    }
                }
            }
            for x in 0..width {
                let dark = |x: usize| area[x] >= 0.45 * FINE as f32;
                ink[y * width + x] = (x.saturating_sub(smear)..=x).any(dark);
            }
        }
        Some(Dots { bitmap: pack(width, &ink), left: left as i32, top: top as i32, wild: false })
    }

    /// The crossings of the outline with each of the scan lines below `top`. Each segment is tested only against
    /// the few scan lines that it can cross.
    /// `None` if they are too many.
    fn crossings(&self, left: f32, top: f32, scans: usize) -> Option<Crossings> {
        let tall = |[a, b]: &[(f32, f32); 2]| 1 + ((a.1 - b.1).abs() * FINE as f32) as usize;
        if self.lines.iter().map(tall).sum::<usize>() > CROSSINGS_MAX {
            return None;
        }
        let mut found = Vec::with_capacity(self.lines.len() * 4);
        // The end index of each scan line's crossings, after summing up the counts.
        let mut ends = vec![0; scans];
        for [a, b] in &self.lines {
            let (low, high) = (a.1.min(b.1), a.1.max(b.1));
            let number = |y: f32| ((top - y) * FINE as f32 - 0.5).max(0.0) as usize;
            // One more scan line on either side, so that the exact comparison below decides.
            let (first, last) = (number(high).saturating_sub(1), number(low) + 2);
            for (scan, count) in ends.iter_mut().enumerate().take(last).skip(first) {
                let at = top - (scan as f32 + 0.5) / FINE as f32;
                if (a.1 <= at) != (b.1 <= at) {
                    let x = a.0 + (at - a.1) / (b.1 - a.1) * (b.0 - a.0) - left;
                    found.push((scan, Crossing { x, up: a.1 < b.1 }));
                    *count += 1;
                }
            }
        }
        let mut end = 0;
        for count in &mut ends {
            // The start index while the crossings are filled in.
            (*count, end) = (end, end + *count);
        }
        let mut sorted = vec![Crossing::default(); found.len()];
        for (scan, crossing) in found {
            sorted[ends[scan]] = crossing;
            ends[scan] += 1;
        }
        Some(Crossings { sorted, ends })
    }
}

/// A crossing of the outline with a scan line.
#[derive(Clone, Copy, Default)]
struct Crossing {
    x: f32,
    up: bool,
}

/// All crossings, grouped by scan line.
struct Crossings {
    sorted: Vec<Crossing>,
    ends: Vec<usize>,
}

impl Crossings {
    /// The crossings of a scan line, from left to right.
    fn of(&mut self, scan: usize) -> &[Crossing] {
        let start = scan.checked_sub(1).map_or(0, |before| self.ends[before]);
        let crossings = &mut self.sorted[start..self.ends[scan]];
        crossings.sort_by(|a, b| a.x.total_cmp(&b.x));
        crossings
    }
}

/// Scan lines per dot.
const FINE: usize = 8;

/// Adds the covered part of each dot between `from` and `to`.
fn cover(area: &mut [f32], from: f32, to: f32) {
    let last = (to.ceil().max(0.0) as usize).min(area.len());
    for (x, dot) in area.iter_mut().enumerate().take(last).skip(from.max(0.0) as usize) {
        *dot += (to.min(x as f32 + 1.0) - from.max(x as f32)).max(0.0);
    }
}

impl OutlinePen for OutlineLines {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = (x, y);
        self.pen = (x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.lines.push([self.pen, (x, y)]);
        self.pen = (x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (px, py) = self.pen;
        let third = |a: f32, b: f32| a + (b - a) * 2.0 / 3.0;
        self.curve_to(third(px, cx), third(py, cy), third(x, cx), third(y, cy), x, y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let (px, py) = self.pen;
        for step in 1..=8 {
            let t = step as f32 / 8.0;
            let u = 1.0 - t;
            let at = |p: f32, a: f32, b: f32, q: f32| {
                u * u * u * p + 3.0 * u * u * t * a + 3.0 * u * t * t * b + t * t * t * q
            };
            self.line_to(at(px, ax, bx, x), at(py, ay, by, y));
        }
    }

    fn close(&mut self) {
        let (x, y) = self.start;
        self.line_to(x, y);
    }
}
