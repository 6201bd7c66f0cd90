//! Splits a layer of a drawing into rules, which printers draw, and boxes of dots.

use crate::label::area::Area;
use crate::label::canvas::Canvas;
use crate::label::codes::Bars;
use crate::label::drawing::{GlyphRun, Layer, Rect};
use crate::label::font::Fonts;
use crate::label::page::Page;

/// The black rectangles without anything white on top. The bars of the bar code are left out: the printer draws
/// them.
pub(super) fn rules(layer: &Layer<'_>, fonts: &Fonts, bars: Option<&Bars>) -> Vec<Rect> {
    let white = layer.rects.iter().filter(|rect| !rect.black).map(Rect::area);
    let white_text = layer.runs.iter().filter(|run| !run.black).filter_map(|run| ink(layer, fonts, run));
    let covers: Vec<Area> = white.chain(white_text).collect();
    let of_bars = bars.map(area_of);
    let drawn = |rect: &&Rect| of_bars.is_some_and(|bars| bars.holds(&rect.area()));
    let bare = |rect: &&Rect| rect.black && !covers.iter().any(|cover| cover.meets(&rect.area()));
    layer.rects.iter().filter(bare).filter(|rect| !drawn(rect)).copied().collect()
}

/// Whether all rectangles of a layer are bars of the bar code, which the printer draws.
pub(super) fn is_bars(layer: &Layer<'_>, bars: &Bars) -> bool {
    let bars = area_of(bars);
    layer.rects.iter().all(|rect| bars.holds(&rect.area()))
}

/// Disjoint bounding boxes of everything except `rules`.
pub(super) fn groups(layer: &Layer<'_>, fonts: &Fonts, rules: &[Rect], page: Page) -> Vec<Area> {
    let logo = layer.picture.map(|(dots, x, y)| Area::of_dots(&dots.bitmap, *x, *y));
    let solid = layer.rects.iter().filter(|rect| rect.black && !rules.contains(rect)).map(Rect::area);
    let lines = layer.runs.iter().filter_map(|run| ink(layer, fonts, run));
    let page = Area::of_page(page);
    let mut groups: Vec<Area> = Vec::with_capacity(layer.runs.len());
    for area in solid.chain(logo).chain(lines) {
        let mut area = area.within(&page);
        // A box that has grown may overlap others.
        while let Some(at) = groups.iter().position(|other| other.meets(&area)) {
            area = area.and(&groups.swap_remove(at));
        }
        if area.width > 0 && area.height > 0 {
            groups.push(area);
        }
    }
    groups
}

/// The bounding box of a line's dots, each glyph padded to whole bytes; `None` for a line of spaces.
pub(super) fn ink(layer: &Layer<'_>, fonts: &Fonts, run: &GlyphRun) -> Option<Area> {
    let ink = layer.drawing.ink(fonts, run)?;
    let seen = run.clip.map_or(ink, |clip| ink.shared(&clip));
    (seen.width > 0 && seen.height > 0).then_some(seen)
}

/// Clears `canvas` and draws the layers' content in a box, later layers on top. `black` says whether a set bit is
/// black.
pub(super) fn draw(area: Area, layers: &[Layer<'_>], fonts: &Fonts, black: bool, canvas: &mut Canvas) {
    canvas.reset(area.width.max(0) as usize, area.height.max(0) as usize, !black);
    for layer in layers {
        for rect in layer.rects {
            canvas.fill(rect.x - area.x, rect.y - area.y, rect.width, rect.height, rect.black == black);
        }
        if let Some((dots, x, y)) = layer.picture {
            canvas.blit(&dots.bitmap, x - area.x, y - area.y, black);
        }
        for run in layer.runs {
            layer.drawing.paint(run, fonts, canvas, (area.x, area.y), run.black == black);
        }
    }
}

/// The bounding box of a bar code.
fn area_of(bars: &Bars) -> Area {
    Area { x: bars.x, y: bars.y, width: bars.width, height: bars.height }
}
