//! Outlines to dots.

use crate::label::canvas::Bitmap;
use skrifa::{
    FontRef, GlyphId, MetadataProvider,
    instance::{LocationRef, Size},
    outline::{DrawSettings, OutlinePen},
};

/// The dots of one glyph.
#[derive(Clone, Debug, Default)]
pub struct Dots {
    /// The dots.
    pub bitmap: Bitmap,
    /// From the pen to the left edge of the dots.
    pub left: i32,
    /// From the baseline up to the top edge of the dots.
    pub top: i32,
}

/// The dots of a glyph at `px` dots to the em, each repeated `smear` dots to the right. An outline that
/// cannot be read leaves a blank, as a space does.
pub(super) fn trace(font: &FontRef<'_>, id: u16, px: u16, smear: usize) -> Dots {
    let size = Size::new(f32::from(px));
    let mut lines = Lines::default();
    if let Some(outline) = font.outline_glyphs().get(GlyphId::from(id)) {
        let _ = outline.draw(DrawSettings::unhinted(size, LocationRef::default()), &mut lines);
    }
    lines.dots(smear)
}

/// A hollow box, a little smaller than an ideograph.
pub(super) fn missing(px: u16) -> Dots {
    let side = usize::from(px) * 4 / 5;
    let ink = (0..side * side).map(|at| {
        let (x, y) = (at % side, at / side);
        x < 2 || y < 2 || x + 2 >= side || y + 2 >= side
    });
    let bitmap = pack(side, &ink.collect::<Vec<_>>());
    Dots { bitmap, left: i32::from(px) / 10, top: side as i32 - i32::from(px) / 10 }
}

fn pack(width: usize, ink: &[bool]) -> Bitmap {
    let stride = width.div_ceil(8);
    let row = |dots: &[bool]| {
        let mut bytes = vec![0; stride];
        dots.iter().enumerate().filter(|(_, dot)| **dot).for_each(|(x, _)| bytes[x / 8] |= 0x80 >> (x % 8));
        bytes
    };
    Bitmap { stride, bits: ink.chunks_exact(width.max(1)).flat_map(row).collect() }
}

/// An outline as straight lines, y upwards.
#[derive(Default)]
struct Lines {
    start: (f32, f32),
    pen: (f32, f32),
    lines: Vec<[(f32, f32); 2]>,
}

impl Lines {
    /// Dots whose area is covered by 45 % or more: a little more than half prints too thin.
    fn dots(&self, smear: usize) -> Dots {
        let points = || self.lines.iter().flatten();
        if self.lines.is_empty() {
            return Dots::default();
        }
        let least = |f: fn(&(f32, f32)) -> f32| points().map(f).fold(f32::MAX, f32::min).floor();
        let most = |f: fn(&(f32, f32)) -> f32| points().map(f).fold(f32::MIN, f32::max).ceil();
        let (left, top) = (least(|p| p.0), most(|p| p.1));
        let width = (most(|p| p.0) - left) as usize + 1 + smear;
        let height = (top - least(|p| p.1)) as usize;
        const FINE: usize = 8;
        let mut ink = vec![false; width * height];
        let mut area = vec![0_f32; width];
        let mut crossings = Vec::new();
        for y in 0..height {
            area.fill(0.0);
            for sub in 0..FINE {
                let at = top - y as f32 - (sub as f32 + 0.5) / FINE as f32;
                crossings.clear();
                for [a, b] in &self.lines {
                    if (a.1 <= at) != (b.1 <= at) {
                        let x = a.0 + (at - a.1) / (b.1 - a.1) * (b.0 - a.0) - left;
                        crossings.push((x, if a.1 < b.1 { 1 } else { -1 }));
                    }
                }
                crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
                let mut winding = 0;
                for pair in crossings.windows(2) {
                    winding += pair[0].1;
                    if winding != 0 {
                        cover(&mut area, pair[0].0, pair[1].0);
                    }
                }
            }
            for x in 0..width {
                let dark = |x: usize| area[x] >= 0.45 * FINE as f32;
                ink[y * width + x] = (x.saturating_sub(smear)..=x).any(dark);
            }
        }
        Dots { bitmap: pack(width, &ink), left: left as i32, top: top as i32 }
    }
}

/// Adds the part of each dot that lies between `from` and `to`.
fn cover(area: &mut [f32], from: f32, to: f32) {
    let last = (to.ceil().max(0.0) as usize).min(area.len());
    for (x, dot) in area.iter_mut().enumerate().take(last).skip(from.max(0.0) as usize) {
        *dot += (to.min(x as f32 + 1.0) - from.max(x as f32)).max(0.0);
    }
}

impl OutlinePen for Lines {
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
