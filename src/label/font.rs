//! Fonts: characters to glyphs, outlines to dots.
//!
//! The embedded faces are subsets of Noto Sans CJK SC (SIL OFL 1.1, see `font/OFL.txt`), made by
//! `font/build.sh`.

use crate::label::canvas::Bitmap;
use skrifa::{
    FontRef, GlyphId, MetadataProvider,
    instance::{LocationRef, Size},
    outline::{DrawSettings, OutlinePen},
};
use std::collections::HashMap;

const REGULAR: &[u8] = include_bytes!("font/regular.otf");
const BOLD: &[u8] = include_bytes!("font/bold.otf");

/// Which of the two weights a text is set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    /// Running text.
    Regular,
    /// Routing codes and fixed words.
    Bold,
    /// The regular face made heavier, for words that the small bold face does not have whole.
    Heavy,
}

/// A font file that cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub struct BadFont;

/// One character at one size.
#[derive(Clone, Debug)]
pub struct Glyph {
    /// The dots.
    pub bitmap: Bitmap,
    /// From the pen to the left edge of the dots.
    pub left: i32,
    /// From the baseline up to the top edge of the dots.
    pub top: i32,
    /// How far the pen moves, in dots.
    pub advance: i32,
    /// No font has the character; the dots are a box.
    pub missing: bool,
}

/// The fonts of a label and the dots made of them so far.
pub struct Fonts {
    extra: Vec<Vec<u8>>,
    cache: HashMap<(char, u16, Weight), Glyph>,
    /// Whether the bold face lacks a character.
    bold: HashMap<char, bool>,
}

impl Fonts {
    /// The embedded faces, then `extra` (TrueType or OpenType) for what they lack.
    ///
    /// # Errors
    /// [`BadFont`] if one of `extra` is not a font.
    pub fn new(extra: Vec<Vec<u8>>) -> Result<Self, BadFont> {
        if extra.iter().any(|file| FontRef::from_index(file, 0).is_err()) {
            return Err(BadFont);
        }
        Ok(Self { extra, cache: HashMap::new(), bold: HashMap::new() })
    }

    /// The dots of `character` at `px` dots to the em.
    pub fn glyph(&mut self, character: char, px: u16, weight: Weight) -> &Glyph {
        let extra = &self.extra;
        self.cache.entry((character, px, weight)).or_insert_with(|| make(extra, character, px, weight))
    }

    /// [`Weight::Bold`] if that face has all of `text`, else [`Weight::Heavy`]: one word, one face.
    pub fn bold_for(&mut self, text: &str) -> Weight {
        let mut lacks = |c: &char| *self.bold.entry(*c).or_insert_with(|| !has(BOLD, *c));
        if text.chars().any(|c| lacks(&c)) { Weight::Heavy } else { Weight::Bold }
    }

    /// Width of `text` in dots.
    pub fn width(&mut self, text: &str, px: u16, weight: Weight) -> i32 {
        text.chars().map(|character| self.glyph(character, px, weight).advance).sum()
    }
}

fn has(file: &[u8], character: char) -> bool {
    FontRef::from_index(file, 0).is_ok_and(|font| font.charmap().map(character).is_some())
}

fn make(extra: &[Vec<u8>], character: char, px: u16, weight: Weight) -> Glyph {
    let bold = (weight == Weight::Bold).then_some(BOLD);
    let files = bold.into_iter().chain([REGULAR]).chain(extra.iter().map(Vec::as_slice));
    for file in files {
        let Ok(font) = FontRef::from_index(file, 0) else { continue };
        // Unshaped, or in the wrong order, such text would read as something else: a box is honest.
        if needs_shaping(character) {
            break;
        }
        if let Some(id) = font.charmap().map(character) {
            let smear = if weight == Weight::Heavy { usize::from(px / 20).max(1) } else { 0 };
            return trace(&font, id, px, smear);
        }
    }
    missing(px)
}

/// Hebrew, Arabic, Indic and their kin, Thai to Myanmar, Khmer and Mongolian, Arabic presentation forms: scripts whose letters
/// join, stack or run from right to left.
fn needs_shaping(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{109F}' | '\u{1780}'..='\u{18AF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// A hollow box, as wide as an ideograph is high.
fn missing(px: u16) -> Glyph {
    let side = usize::from(px) * 4 / 5;
    let ink = (0..side * side).map(|at| {
        let (x, y) = (at % side, at / side);
        x < 2 || y < 2 || x + 2 >= side || y + 2 >= side
    });
    let bitmap = pack(side, &ink.collect::<Vec<_>>());
    Glyph {
        bitmap,
        left: i32::from(px) / 10,
        top: side as i32 - i32::from(px) / 10,
        advance: i32::from(px),
        missing: true,
    }
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

fn trace(font: &FontRef<'_>, id: GlyphId, px: u16, smear: usize) -> Glyph {
    let size = Size::new(f32::from(px));
    let advance = font.glyph_metrics(size, LocationRef::default()).advance_width(id).unwrap_or(f32::from(px));
    let mut lines = Lines::default();
    if let Some(outline) = font.outline_glyphs().get(id) {
        // An outline that cannot be read leaves a blank, as a space does.
        let _ = outline.draw(DrawSettings::unhinted(size, LocationRef::default()), &mut lines);
    }
    let (bitmap, left, top) = lines.dots(smear);
    Glyph { bitmap, left, top, advance: advance.round() as i32, missing: false }
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
    fn dots(&self, smear: usize) -> (Bitmap, i32, i32) {
        let points = || self.lines.iter().flatten();
        if self.lines.is_empty() {
            return (Bitmap::default(), 0, 0);
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
        (pack(width, &ink), left as i32, top as i32)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_names_are_there_and_unknown_scripts_are_boxes() {
        let mut fonts = Fonts::new(Vec::new()).unwrap();
        for character in "㛃䶮𬎆中ЖΩé￥".chars() {
            assert!(!fonts.glyph(character, 24, Weight::Regular).missing, "{character}");
        }
        let box_ = fonts.glyph('ก', 24, Weight::Regular);
        assert!(box_.missing && box_.bitmap.bits.iter().any(|byte| *byte != 0));
        assert_eq!(Fonts::new(vec![vec![1, 2, 3]]).err(), Some(BadFont));
    }
}
