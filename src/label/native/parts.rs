//! What a layer of a drawing is made of: rules, which printers draw, and what is left as boxes of dots.

use crate::label::canvas::{Bitmap, Canvas};
use crate::label::drawing::{Layer, Rect, Run};
use crate::label::font::Fonts;
use crate::label::pen::Area;
use crate::label::{Bars, Page};

/// A box with dots in it.
pub(super) struct Group<'a> {
    pub(super) area: Area,
    /// The one line of text in it, if that is all.
    pub(super) alone: Option<&'a Run>,
}

/// The black rectangles that nothing white is upon; those of the bar code, which the printer draws, left out.
pub(super) fn rules(layer: &Layer<'_>, fonts: &Fonts, bars: Option<&Bars>) -> Vec<Rect> {
    let white = layer.rects.iter().filter(|rect| !rect.black).map(Area::of);
    let upon = layer.runs.iter().filter(|run| !run.black).filter_map(|run| ink(layer, fonts, run));
    let covers: Vec<Area> = white.chain(upon).collect();
    let of_bars = bars.map(|bars| Area { x: bars.x, y: bars.y, width: bars.width, height: bars.height });
    let drawn = |rect: &&Rect| of_bars.is_some_and(|bars| bars.holds(&Area::of(rect)));
    let bare = |rect: &&Rect| rect.black && !covers.iter().any(|cover| cover.meets(&Area::of(rect)));
    layer.rects.iter().filter(bare).filter(|rect| !drawn(rect)).copied().collect()
}

/// Everything but `rules`, in boxes that do not meet; one that meets any of `taken` holds more than its line.
pub(super) fn groups<'a>(
    layer: &Layer<'a>,
    fonts: &Fonts,
    rules: &[Rect],
    taken: &[Area],
    page: Page,
) -> Vec<Group<'a>> {
    let logo = layer.picture.map(|(dots, x, y)| Area::of_dots(&dots.bitmap, *x, *y));
    let solid = layer.rects.iter().filter(|rect| rect.black && !rules.contains(rect)).map(Area::of);
    let boxes = solid.chain(logo).map(|area| Group { area, alone: None });
    let lines =
        layer.runs.iter().filter_map(|run| Some(Group { area: ink(layer, fonts, run)?, alone: Some(run) }));
    let mut groups: Vec<Group<'a>> = Vec::with_capacity(layer.runs.len());
    for mut group in boxes.chain(lines) {
        let whole = group.area;
        group.area = whole.clipped(page);
        if whole != group.area || taken.iter().any(|area| area.meets(&group.area)) {
            group.alone = None;
        }
        // One that has grown may meet others.
        while let Some(at) = groups.iter().position(|other| other.area.meets(&group.area)) {
            let other = groups.swap_remove(at);
            group = Group { area: group.area.and(&other.area), alone: None };
        }
        if group.area.width > 0 && group.area.height > 0 {
            groups.push(group);
        }
    }
    groups
}

/// The box of a line's dots, to whole bytes of each glyph; none of a line of spaces.
fn ink(layer: &Layer<'_>, fonts: &Fonts, run: &Run) -> Option<Area> {
    let boxes = layer.drawing.glyphs(run).iter().filter_map(|glyph| {
        let dots = &fonts.glyph(glyph.slot).dots;
        let (x, y) = (run.x + glyph.x + dots.left, run.baseline - glyph.y - dots.top);
        (dots.bitmap.stride > 0).then(|| Area::of_dots(&dots.bitmap, x, y))
    });
    boxes.reduce(|all, one| all.and(&one))
}

/// Draws on `canvas`, and nothing else, what the layers have in a box, a later one upon an earlier.
pub(super) fn draw(area: Area, layers: &[Layer<'_>], fonts: &Fonts, canvas: &mut Canvas) {
    canvas.reset(area.width.max(0) as usize, area.height.max(0) as usize);
    for layer in layers {
        for rect in layer.rects {
            canvas.fill(rect.x - area.x, rect.y - area.y, rect.width, rect.height, rect.black);
        }
        if let Some((dots, x, y)) = layer.picture {
            canvas.blit(&dots.bitmap, x - area.x, y - area.y, true);
        }
        for run in layer.runs {
            for glyph in layer.drawing.glyphs(run) {
                let dots = &fonts.glyph(glyph.slot).dots;
                let (x, y) = (run.x + glyph.x + dots.left, run.baseline - glyph.y - dots.top);
                canvas.blit(&dots.bitmap, x - area.x, y - area.y, run.black);
            }
        }
    }
}

impl Area {
    /// The area of a rectangle.
    pub(super) fn of(rect: &Rect) -> Self {
        Self { x: rect.x, y: rect.y, width: rect.width, height: rect.height }
    }

    /// The box of a picture at a place.
    pub(super) fn of_dots(dots: &Bitmap, x: i32, y: i32) -> Self {
        let rows = dots.bits.len() / dots.stride.max(1);
        Self { x, y, width: dots.stride as i32 * 8, height: rows as i32 }
    }

    /// Whether both have a dot in common, their last bytes counted whole.
    fn meets(&self, other: &Self) -> bool {
        let end = |area: &Self| area.x + (area.width + 7) / 8 * 8;
        self.x < end(other) && other.x < end(self) && self.y < other.bottom() && other.y < self.bottom()
    }

    fn holds(&self, other: &Self) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }

    /// The least that holds both.
    fn and(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let (right, bottom) = (self.right().max(other.right()), self.bottom().max(other.bottom()));
        Self { x, y, width: right - x, height: bottom - y }
    }

    /// What of it is on the page.
    pub(super) fn clipped(&self, page: Page) -> Self {
        let (wide, high) = (page.dots(page.width_mm as f32), page.dots(page.height_mm as f32));
        let (x, y) = (self.x.clamp(0, wide), self.y.clamp(0, high));
        Self { x, y, width: self.right().clamp(x, wide) - x, height: self.bottom().clamp(y, high) - y }
    }
}
