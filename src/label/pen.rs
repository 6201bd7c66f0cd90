//! Draws on the canvas and records the same as vectors in the drawing.
//!
//! In: areas, texts and sizes. Out: dots and vectors, the width of a text, and the number of characters that no
//! font has. A text that does not fit is not drawn: the caller gets `None` and decides.

use super::area::Area;
use super::canvas::Canvas;
use super::drawing::{Drawing, Rect};
use super::font::{Fonts, Weight};
use super::page::Page;
use super::text::{self, Paragraph};

pub(super) struct Pen<'a> {
    /// `None` if only the drawing is wanted.
    pub(super) canvas: Option<&'a mut Canvas>,
    pub(super) drawing: &'a mut Drawing,
    pub(super) fonts: &'a mut Fonts,
    pub(super) page: &'a Page,
    /// Number of characters that no font has.
    pub(super) missing: usize,
}

/// The alignment of lines.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// Left, or right in right-to-left scripts.
    Start,
    Left,
    Middle,
    Right,
}

/// The style of a line.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) px: i32,
    pub(super) weight: Weight,
    pub(super) align: Align,
    pub(super) black: bool,
}

impl Style {
    pub(super) const fn bold(px: i32, align: Align) -> Self {
        Self { px, weight: Weight::Bold, align, black: true }
    }

    pub(super) const fn regular(px: i32, align: Align) -> Self {
        Self { px, weight: Weight::Regular, align, black: true }
    }

    pub(super) const fn white(self) -> Self {
        Self { black: false, ..self }
    }
}

/// Lines of text that fit an area.
pub(super) struct TextBlock<'t> {
    lines: Vec<&'t str>,
    px: i32,
    leading: i32,
    /// Height in dots.
    pub(super) height: i32,
    weight: Weight,
    rtl: bool,
}

impl Pen<'_> {
    /// Converts a length in dots at 203 dpi.
    pub(super) fn px(&self, at_203: i32) -> i32 {
        self.page.dpi.scale(at_203)
    }

    pub(super) fn fill(&mut self, area: Area, black: bool) {
        let Area { x, y, width, height } = area;
        if let Some(canvas) = &mut self.canvas {
            canvas.fill(x, y, width, height, black);
        }
        self.drawing.rect(Rect { x, y, width, height, black });
    }

    pub(super) fn width(&mut self, text: &str, px: i32, weight: Weight) -> i32 {
        text::width(self.fonts, text, px as u16, weight, None)
    }

    /// Draws one line between `x` and `x + room`, vertically centred at `middle`; returns its width.
    pub(super) fn text(&mut self, span: (i32, i32), middle: i32, line: &str, style: Style) -> i32 {
        self.line(span, middle, line, style, None)
    }

    fn line(
        &mut self,
        (x, room): (i32, i32),
        middle: i32,
        line: &str,
        style: Style,
        rtl: Option<bool>,
    ) -> i32 {
        let Style { px, weight, align, black } = style;
        let first = self.drawing.glyphs.len();
        let extent = text::set(self.fonts, line, px as u16, weight, rtl, &mut self.drawing.glyphs);
        self.missing += extent.missing;
        let left = match align {
            Align::Left => x,
            Align::Start if !extent.rtl => x,
            Align::Middle => x + (room - extent.width) / 2,
            Align::Start | Align::Right => x + room - extent.width,
        };
        // The middle of an ideograph is 0.38 em above the baseline.
        let baseline = middle + px * 38 / 100;
        // A given font may draw anything anywhere: what its glyphs may reach is known once the codes have their places.
        let given = self.drawing.glyphs[first..].iter().any(|glyph| glyph.key.is_given());
        let band = given.then(|| Area { x: x - px / 2, y: middle - px, width: room + px, height: 2 * px });
        if let Some(canvas) = &mut self.canvas
            && !given
        {
            for placed in &self.drawing.glyphs[first..] {
                let dots = &self.fonts.glyph(placed.slot).dots;
                let (gx, gy) = (left + placed.x + dots.left, baseline - placed.y - dots.top);
                canvas.blit(&dots.bitmap, gx, gy, black);
            }
        }
        self.drawing.run([left, baseline, extent.width], px as u16, black, first, line, band);
        extent.width
    }

    /// The largest of `sizes` (at 203 dpi) at which `text` fits `width` in one line.
    pub(super) fn one_line(&mut self, text: &str, width: i32, sizes: &[i32], weight: Weight) -> Option<i32> {
        sizes.iter().find_map(|size| {
            let px = self.px(*size);
            (self.width(text, px, weight) <= width).then_some(px)
        })
    }

    /// Breaks `text` into lines that fit an area, at the largest possible of `sizes`; `None` if none fits.
    pub(super) fn fit<'t>(
        &mut self,
        text: &'t str,
        area: Area,
        sizes: &[i32],
        weight: Weight,
    ) -> Option<TextBlock<'t>> {
        if let Some(block) = self.fit_in_one(text, area, *sizes.first()?, weight) {
            return Some(block);
        }
        let paragraph = Paragraph::new(text);
        for (step, size) in sizes.iter().enumerate() {
            let last = step + 1 == sizes.len();
            let px = self.px(*size);
            let Some(block) = self.fit_at(&paragraph, area, px, weight, last) else { continue };
            // Avoid one or two lone words on the last line if a slightly smaller size can.
            let end = block.lines.last().map_or(0, |line| self.width(line, px, weight));
            if block.lines.len() > 1 && end * 5 < area.width && !last && step < 3 {
                continue;
            }
            return Some(block);
        }
        None
    }

    /// One line of simple characters, if it fits an area. Needs no search for line breaks.
    fn fit_in_one<'t>(
        &mut self,
        text: &'t str,
        area: Area,
        size: i32,
        weight: Weight,
    ) -> Option<TextBlock<'t>> {
        let (text, px) = (text.trim(), self.px(size));
        let fits = !text.is_empty()
            && px <= area.height
            && text::width_simple(self.fonts, text, px as u16, weight)
                .is_some_and(|width| width <= area.width);
        let leading = px * 5 / 4;
        fits.then(|| TextBlock { lines: vec![text], px, leading, height: leading, weight, rtl: false })
    }

    /// Breaks a paragraph into lines that fit an area at `px`. With `tear`, a word longer than a line is broken.
    pub(super) fn fit_at<'t>(
        &mut self,
        paragraph: &Paragraph<'t>,
        area: Area,
        px: i32,
        weight: Weight,
        tear: bool,
    ) -> Option<TextBlock<'t>> {
        // Scripts with marks above and below the line need more leading.
        let simple = paragraph.is_simple();
        let leading = if simple { px * 5 / 4 } else { px * 3 / 2 };
        // The leading below the last line may extend into the border.
        let spare = if simple { leading - px } else { 0 };
        let mut lines = paragraph.lines(self.fonts, px as u16, weight, area.width);
        if tear && lines.is_none() {
            lines = paragraph.torn(self.fonts, px as u16, weight, area.width);
        }
        let lines = lines?;
        let height = lines.len() as i32 * leading;
        (height <= area.height + spare).then(|| TextBlock {
            lines,
            px,
            leading,
            height,
            weight,
            rtl: paragraph.is_rtl(),
        })
    }

    /// Draws a block at the top of an area.
    pub(super) fn set(&mut self, block: &TextBlock<'_>, area: Area) {
        let TextBlock { px, leading, weight, rtl, .. } = *block;
        for (line, row) in block.lines.iter().zip(0..) {
            let middle = area.y + leading / 2 + row * leading;
            let style = Style { px, weight, align: Align::Start, black: true };
            self.line((area.x, area.width), middle, line, style, Some(rtl));
        }
    }
}
