//! What was drawn on a page beside its dots: rules and text, for back-ends that keep them.

use super::logo::LogoDots;
use super::text::Placed;
use std::ops::Range;

/// A black or white rectangle, in dots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
pub struct Run {
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
    runs: Vec<Run>,
    pub(super) glyphs: Vec<Placed>,
    text: String,
    picture: Option<(LogoDots, i32, i32)>,
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
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The glyphs of a run, from left to right.
    #[must_use]
    pub fn glyphs(&self, run: &Run) -> &[Placed] {
        &self.glyphs[run.glyphs.clone()]
    }

    /// The text of a run, as it is read.
    #[must_use]
    pub fn text(&self, run: &Run) -> &str {
        &self.text[run.text.clone()]
    }

    /// Becomes a copy of `other`, in the room it has.
    pub(super) fn copy_from(&mut self, other: &Self) {
        self.rects.clone_from(&other.rects);
        self.runs.clone_from(&other.runs);
        self.glyphs.clone_from(&other.glyphs);
        self.text.clone_from(&other.text);
        if self.picture.is_none() {
            self.picture.clone_from(&other.picture);
        }
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
        self.runs.push(Run { x, baseline, px, width, black, glyphs, text });
    }
}
