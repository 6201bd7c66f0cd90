//! Sets or measures a single line.

use super::direction::{is_rtl, is_simple_char};
use super::placed::{Extent, PlacedGlyph};
use super::shape::{TextStyle, pieces};
use crate::label::font::{Fonts, Letter, Look, MISSING, Weight};
use unicode_bidi::{BidiInfo, Level};

/// Sets one line of text at `px` dots per em and appends its glyphs to `out` from left to right. `rtl` is the
/// direction of its paragraph; `None` uses the line's own.
pub fn set(
    fonts: &mut Fonts,
    text: &str,
    px: u16,
    weight: Weight,
    rtl: Option<bool>,
    out: &mut Vec<PlacedGlyph>,
) -> Extent {
    if rtl != Some(true)
        && let Some(extent) = set_simple(fonts, text, px, weight, out)
    {
        return extent;
    }
    let rtl = rtl.unwrap_or_else(|| is_rtl(text));
    let bold = weight == Weight::Bold && fonts.bold_has(text);
    let style = TextStyle { px, look: look(weight, bold) };
    let mut extent = Extent { rtl, ..Extent::default() };
    let base = if rtl { Level::rtl() } else { Level::ltr() };
    let bidi = BidiInfo::new(text, Some(base));
    for paragraph in &bidi.paragraphs {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let backwards = levels[run.start].is_rtl();
            let mut pieces = pieces(fonts, text, run, bold);
            if backwards {
                pieces.reverse();
            }
            for piece in pieces {
                style.piece(fonts, text, &piece, backwards, &mut extent, out);
            }
        }
    }
    extent
}

/// Sets a line of simple characters. Appends nothing if one of them is not simple.
fn set_simple(
    fonts: &mut Fonts,
    text: &str,
    px: u16,
    weight: Weight,
    out: &mut Vec<PlacedGlyph>,
) -> Option<Extent> {
    let first = out.len();
    for look in looks(weight) {
        let mut extent = Extent::default();
        let whole = text.char_indices().all(|(at, character)| {
            let Some(letter) = fonts.letter(character, px, *look, is_simple_char) else { return false };
            let Letter { slot, key, advance } = letter;
            extent.missing += usize::from(key.face == MISSING);
            out.push(PlacedGlyph { key, slot, x: extent.width, y: 0, at: at as u32 });
            extent.width += advance;
            true
        });
        if whole {
            return Some(extent);
        }
        out.truncate(first);
    }
    None
}

/// The width in dots of a line, as [`set`] would give it.
pub fn width(fonts: &mut Fonts, text: &str, px: u16, weight: Weight, rtl: Option<bool>) -> i32 {
    let alone = if rtl == Some(true) { None } else { width_simple(fonts, text, px, weight) };
    alone.unwrap_or_else(|| set(fonts, text, px, weight, rtl, &mut Vec::new()).width)
}

/// The same, if every character is simple.
pub fn width_simple(fonts: &mut Fonts, text: &str, px: u16, weight: Weight) -> Option<i32> {
    let mut across = |look: Look| {
        let mut advances = text.chars().map(|character| fonts.advance(character, px, look, is_simple_char));
        advances.try_fold(0, |sum, advance| Some(sum + advance?))
    };
    looks(weight).iter().find_map(|look| across(*look))
}

/// The possible looks of a text of a weight, in order of preference.
fn looks(weight: Weight) -> &'static [Look] {
    match weight {
        Weight::Regular => &[Look::Plain],
        Weight::Bold => &[Look::Bold, Look::Heavy],
    }
}

/// The look of a text, given whether the bold face has all of it.
fn look(weight: Weight, bold: bool) -> Look {
    match weight {
        Weight::Regular => Look::Plain,
        Weight::Bold if bold => Look::Bold,
        Weight::Bold => Look::Heavy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_without_a_font_are_boxes_and_joiners_are_nothing() {
        let mut fonts = Fonts::new(Vec::new()).unwrap();
        let mut out = Vec::new();
        let extent = set(&mut fonts, "سلام", 24, Weight::Regular, Some(true), &mut out);
        assert_eq!((extent.missing, out.len()), (4, 4));
        assert!(out.iter().all(|glyph| glyph.key.face == MISSING));
        out.clear();
        assert_eq!(set(&mut fonts, "\u{200F}\u{FE0F}", 24, Weight::Regular, Some(false), &mut out).width, 0);
    }
}
