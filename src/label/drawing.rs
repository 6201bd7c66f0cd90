//! The vector form of a page: rectangles and lines of text, for back-ends that keep vectors.
//!
//! The pen records each rectangle and line of text here as it draws. What all labels of a template share comes
//! first, so that a printer needs to receive it only once.

use super::area::Area;
use super::canvas::Canvas;
use super::font::Fonts;
use super::logo::LogoDots;
use super::text::PlacedGlyph;
use std::ops::Range;

/// A black or white rectangle, in dots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rect {
    /// Left edge, in dots.
    pub x: i32,
    /// Top edge, in dots.
    pub y: i32,
    /// Width in dots.
    pub width: i32,
    /// Height in dots.
    pub height: i32,
    /// Black, or white on black.
    pub black: bool,
}

impl Rect {
    pub(super) const fn area(&self) -> Area {
        Area { x: self.x, y: self.y, width: self.width, height: self.height }
    }
}

/// A line of text, in dots.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GlyphRun {
    /// Left edge.
    pub x: i32,
    /// Baseline, in dots from the top of the page.
    pub baseline: i32,
    /// Size in dots per em.
    pub px: u16,
    /// Width in dots.
    pub width: i32,
    /// Black, or white on black.
    pub black: bool,
    glyphs: Range<usize>,
    text: Range<usize>,
    /// Where a line with glyphs of a given font may draw, the codes not considered.
    band: Option<Area>,
    /// Where it may draw, if it would draw anywhere else.
    pub(super) clip: Option<Area>,
}

/// Rectangles, and lines of text on top of them.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    rects: Vec<Rect>,
    runs: Vec<GlyphRun>,
    pub(super) glyphs: Vec<PlacedGlyph>,
    text: String,
    picture: Option<(LogoDots, i32, i32)>,
    /// The number of leading rectangles and lines that every label has.
    shared: (usize, usize),
}

/// A range of a drawing.
#[derive(Clone, Copy)]
pub(super) struct Layer<'a> {
    pub(super) drawing: &'a Drawing,
    pub(super) rects: &'a [Rect],
    pub(super) runs: &'a [GlyphRun],
    pub(super) picture: Option<&'a (LogoDots, i32, i32)>,
}

impl<'a> Layer<'a> {
    /// A single line.
    pub(super) fn only(self, run: &'a GlyphRun) -> Self {
        Self { rects: &[], runs: std::slice::from_ref(run), picture: None, ..self }
    }
}

impl Layer<'_> {
    /// Whether a line has glyphs of a given font.
    pub(super) fn has_given(&self) -> bool {
        self.runs.iter().any(|run| run.band.is_some())
    }
}

impl Drawing {
    /// Keeps lines with glyphs of a given font within their bands and off the codes. The others are those of the embedded fonts,
    /// which stay where the layout puts them.
    pub(super) fn keep_off(&mut self, fonts: &Fonts, codes: [Area; 2]) {
        for at in 0..self.runs.len() {
            let run = &self.runs[at];
            let Some(band) = run.band else { continue };
            let free = codes.iter().fold(band, |free, code| free.beside(code));
            let wild = self.glyphs(run).iter().any(|glyph| fonts.glyph(glyph.slot).dots.wild);
            let stays = !wild && self.ink(fonts, run).is_none_or(|ink| free.holds(&ink));
            self.runs[at].clip = (!stays).then_some(free);
        }
    }

    /// The bounding box of a line's dots, each glyph padded to whole bytes; `None` for a line of spaces.
    pub(super) fn ink(&self, fonts: &Fonts, run: &GlyphRun) -> Option<Area> {
        let boxes = self.glyphs(run).iter().filter_map(|glyph| {
            let dots = &fonts.glyph(glyph.slot).dots;
            let (x, y) = (run.x + glyph.x + dots.left, run.baseline - glyph.y - dots.top);
            (dots.bitmap.stride > 0).then(|| Area::of_dots(&dots.bitmap, x, y))
        });
        boxes.reduce(|all, one| all.and(&one))
    }

    /// Paints a line with its corner at (`left`, `top`) of the page, in black or white, within its clip.
    pub(super) fn paint(
        &self,
        run: &GlyphRun,
        fonts: &Fonts,
        canvas: &mut Canvas,
        (left, top): (i32, i32),
        black: bool,
    ) {
        for glyph in self.glyphs(run) {
            let dots = &fonts.glyph(glyph.slot).dots;
            let (x, y) = (run.x + glyph.x + dots.left - left, run.baseline - glyph.y - dots.top - top);
            match &run.clip {
                None => canvas.blit(&dots.bitmap, x, y, black),
                Some(Area { x: from, y: above, width, height }) => {
                    let clip = [from - left, above - top, *width, *height];
                    canvas.blit_within(&dots.bitmap, (x, y), black, clip);
                }
            }
        }
    }

    /// Paints the lines with glyphs of a given font, which the pen leaves out.
    pub(super) fn paint_given(&self, fonts: &Fonts, canvas: &mut Canvas) {
        for run in self.runs.iter().filter(|run| run.band.is_some()) {
            self.paint(run, fonts, canvas, (0, 0), run.black);
        }
    }

    /// The carrier's logo with its left and top edges.
    #[must_use]
    pub fn picture(&self) -> Option<&(LogoDots, i32, i32)> {
        self.picture.as_ref()
    }

    /// The rectangles in drawing order.
    #[must_use]
    pub fn rects(&self) -> &[Rect] {
        &self.rects
    }

    /// The lines of text.
    #[must_use]
    pub fn runs(&self) -> &[GlyphRun] {
        &self.runs
    }

    /// The glyphs of a run, from left to right.
    #[must_use]
    pub fn glyphs(&self, run: &GlyphRun) -> &[PlacedGlyph] {
        &self.glyphs[run.glyphs.clone()]
    }

    /// The text of a run in logical order.
    #[must_use]
    pub fn text(&self, run: &GlyphRun) -> &str {
        &self.text[run.text.clone()]
    }

    /// The whole drawing.
    pub(super) fn whole(&self) -> Layer<'_> {
        Layer { drawing: self, rects: &self.rects, runs: &self.runs, picture: self.picture.as_ref() }
    }

    /// The part on every label, and the part on this label only.
    pub(super) fn layers(&self) -> [Layer<'_>; 2] {
        let (rects, runs) = (self.rects.split_at(self.shared.0), self.runs.split_at(self.shared.1));
        let shared = Layer { rects: rects.0, runs: runs.0, ..self.whole() };
        [shared, Layer { rects: rects.1, runs: runs.1, picture: None, ..self.whole() }]
    }

    /// Removes everything.
    pub(super) fn clear(&mut self) {
        self.rects.clear();
        self.runs.clear();
        self.glyphs.clear();
        self.text.clear();
        (self.picture, self.shared) = (None, (0, 0));
    }

    /// Copies `other` with its shared part, and reuses the memory.
    pub(super) fn copy_from(&mut self, other: &Self) {
        self.rects.clone_from(&other.rects);
        self.runs.clone_from(&other.runs);
        self.glyphs.clone_from(&other.glyphs);
        self.text.clone_from(&other.text);
        if self.picture.is_none() {
            self.picture.clone_from(&other.picture);
        }
        self.shared = (other.rects.len(), other.runs.len());
    }

    pub(super) fn set_picture(&mut self, dots: LogoDots, x: i32, y: i32) {
        self.picture = Some((dots, x, y));
    }

    pub(super) fn rect(&mut self, rect: Rect) {
        self.rects.push(rect);
    }

    /// Adds a run whose glyphs start at index `first`. With glyphs of a given font it may draw in `band` alone.
    pub(super) fn run(
        &mut self,
        [x, baseline, width]: [i32; 3],
        px: u16,
        black: bool,
        first: usize,
        text: &str,
        band: Option<Area>,
    ) {
        let from = self.text.len();
        self.text.push_str(text);
        let (glyphs, text) = (first..self.glyphs.len(), from..self.text.len());
        self.runs.push(GlyphRun { x, baseline, px, width, black, glyphs, text, band, clip: band });
    }
}
