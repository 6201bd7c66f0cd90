//! The vector form of a page: rectangles and lines of text, for back-ends that keep vectors.
//!
//! The pen records each rectangle and line of text here as it draws. What all labels of a template share comes
//! first, so that a printer needs to receive it only once.

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

impl Drawing {
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

    /// Adds a run whose glyphs start at index `first`.
    pub(super) fn run(
        &mut self,
        [x, baseline, width]: [i32; 3],
        px: u16,
        black: bool,
        first: usize,
        text: &str,
    ) {
        let from = self.text.len();
        self.text.push_str(text);
        let (glyphs, text) = (first..self.glyphs.len(), from..self.text.len());
        self.runs.push(GlyphRun { x, baseline, px, width, black, glyphs, text });
    }
}
