//! What is on a page as vectors: rules and text, for back-ends that keep them.
//!
//! The pen records each rectangle and each line of text here as it draws them; what all labels of a template share
//! comes first, so that a printer may be given it once.

use super::logo::LogoDots;
use super::text::PlacedGlyph;
use std::ops::Range;

/// A black or white rectangle, in dots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rect {
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Dots across.
    pub width: i32,
    /// Dots down.
    pub height: i32,
    /// Black, or white upon black.
    pub black: bool,
}

/// A line of text, in dots.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GlyphRun {
    /// Left edge.
    pub x: i32,
    /// Baseline, from the top of the page.
    pub baseline: i32,
    /// Dots to the em.
    pub px: u16,
    /// Dots across.
    pub width: i32,
    /// Black, or white upon black.
    pub black: bool,
    glyphs: Range<usize>,
    text: Range<usize>,
}

/// Rectangles, and upon them text.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    rects: Vec<Rect>,
    runs: Vec<GlyphRun>,
    pub(super) glyphs: Vec<PlacedGlyph>,
    text: String,
    picture: Option<(LogoDots, i32, i32)>,
    /// How many of rectangles and lines, the first, are those of every label.
    shared: (usize, usize),
}

/// A part of a drawing.
#[derive(Clone, Copy)]
pub(super) struct Layer<'a> {
    pub(super) drawing: &'a Drawing,
    pub(super) rects: &'a [Rect],
    pub(super) runs: &'a [GlyphRun],
    pub(super) picture: Option<&'a (LogoDots, i32, i32)>,
}

impl<'a> Layer<'a> {
    /// One line of it alone.
    pub(super) fn only(self, run: &'a GlyphRun) -> Self {
        Self { rects: &[], runs: std::slice::from_ref(run), picture: None, ..self }
    }
}

impl Drawing {
    /// The carrier's logo, and its left and upper edges.
    #[must_use]
    pub fn picture(&self) -> Option<&(LogoDots, i32, i32)> {
        self.picture.as_ref()
    }

    /// The rectangles, a later one upon an earlier.
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

    /// The text of a run, as it is read.
    #[must_use]
    pub fn text(&self, run: &GlyphRun) -> &str {
        &self.text[run.text.clone()]
    }

    /// All of it.
    pub(super) fn whole(&self) -> Layer<'_> {
        Layer { drawing: self, rects: &self.rects, runs: &self.runs, picture: self.picture.as_ref() }
    }

    /// What stands on every label, and what on this one alone.
    pub(super) fn layers(&self) -> [Layer<'_>; 2] {
        let (rects, runs) = (self.rects.split_at(self.shared.0), self.runs.split_at(self.shared.1));
        let shared = Layer { rects: rects.0, runs: runs.0, ..self.whole() };
        [shared, Layer { rects: rects.1, runs: runs.1, picture: None, ..self.whole() }]
    }

    /// Becomes empty.
    pub(super) fn clear(&mut self) {
        self.rects.clear();
        self.runs.clear();
        self.glyphs.clear();
        self.text.clear();
        (self.picture, self.shared) = (None, (0, 0));
    }

    /// Becomes a copy of `other`, what is on every label, in the room it has.
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

    /// A run whose glyphs are those from `first` on.
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
