//! Text to glyphs in their places: shaping (HarfBuzz's rules, by `harfrust`), bidirectional order (UAX #9, by
//! `unicode-bidi`) and line breaks (UAX #14, by `icu_segmenter`, which knows the words of Thai and its kin).
//!
//! Characters that stand alone (ideographs, kana, Latin, Cyrillic …), nearly all that is printed, are looked
//! up one by one without a shaper.

use super::font::{Fonts, Key, Letter, Look, MISSING, Slot, Weight};
use harfrust::{Buffer, Direction, Script, ShapeOptions, ShaperFont, Tag};
use icu_segmenter::LineSegmenter;
use std::ops::Range;
use unicode_bidi::{BidiInfo, Level};
use unicode_script::{Script as Unicode, UnicodeScript};

/// A glyph of a run.
#[derive(Clone, Copy, Debug)]
pub struct Placed {
    /// Which glyph.
    pub key: Key,
    /// The same among those that its fonts made.
    pub slot: Slot,
    /// From the run's left end, in dots.
    pub x: i32,
    /// Above the baseline, in dots.
    pub y: i32,
    /// Where its characters begin in the run's text.
    pub at: u32,
}

/// How a text came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Dots across.
    pub width: i32,
    /// Characters that no font has, each a box.
    pub missing: usize,
    /// Whether it begins, or mostly runs, from right to left.
    pub rtl: bool,
}

/// Whether a text begins, or mostly runs, from right to left.
#[must_use]
pub fn is_rtl(text: &str) -> bool {
    !is_simple(text) && unicode_bidi::get_base_direction(text) == unicode_bidi::Direction::Rtl
}

/// Whether every character stands alone, from left to right.
#[must_use]
pub fn is_simple(text: &str) -> bool {
    text.chars().all(stands_alone)
}

/// Not so: combining marks, Hebrew, Arabic, Indic scripts, Thai to Myanmar, Hangul by letters, Khmer,
/// Mongolian, controls of direction, variation selectors, presentation forms, and the historic and minor
/// scripts of plane 1 that join or run from right to left.
fn stands_alone(character: char) -> bool {
    // What is printed most comes first.
    matches!(character, '\0'..='\u{2FF}' | '\u{2E80}'..='\u{A4CF}')
        || !matches!(character,
        '\u{300}'..='\u{36F}' | '\u{590}'..='\u{109F}' | '\u{1100}'..='\u{11FF}' | '\u{1780}'..='\u{18AF}'
        | '\u{1900}'..='\u{1CFF}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{A800}'..='\u{ABFF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}'
        | '\u{FE70}'..='\u{FEFF}' | '\u{10800}'..='\u{11FFF}' | '\u{1E800}'..='\u{1EFFF}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Takes no room and needs no glyph: joiners, marks of direction, variation selectors.
fn is_ignorable(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}')
}

/// Sets one line of text at `px` dots to the em, its glyphs appended to `out` from left to right. `rtl` is
/// the direction of the paragraph it belongs to; its own if there is none.
pub fn set(
    fonts: &mut Fonts,
    text: &str,
    px: u16,
    weight: Weight,
    rtl: Option<bool>,
    out: &mut Vec<Placed>,
) -> Extent {
    if rtl != Some(true)
        && let Some(extent) = set_alone(fonts, text, px, weight, out)
    {
        return extent;
    }
    let rtl = rtl.unwrap_or_else(|| is_rtl(text));
    let bold = weight == Weight::Bold && fonts.bold_has(text);
    let style = Style { px, look: look(weight, bold) };
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

/// Sets a line each of whose characters stands alone; none is appended if one does not.
fn set_alone(
    fonts: &mut Fonts,
    text: &str,
    px: u16,
    weight: Weight,
    out: &mut Vec<Placed>,
) -> Option<Extent> {
    let first = out.len();
    for look in looks(weight) {
        let mut extent = Extent::default();
        let whole = text.char_indices().all(|(at, character)| {
            let Some(letter) = fonts.letter(character, px, *look, stands_alone) else { return false };
            let Letter { slot, key, advance } = letter;
            extent.missing += usize::from(key.face == MISSING);
            out.push(Placed { key, slot, x: extent.width, y: 0, at: at as u32 });
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

/// The dots across that [`set`] would take.
pub fn width(fonts: &mut Fonts, text: &str, px: u16, weight: Weight, rtl: Option<bool>) -> i32 {
    let alone = if rtl == Some(true) { None } else { width_alone(fonts, text, px, weight) };
    alone.unwrap_or_else(|| set(fonts, text, px, weight, rtl, &mut Vec::new()).width)
}

/// The same, if every character stands alone.
pub fn width_alone(fonts: &mut Fonts, text: &str, px: u16, weight: Weight) -> Option<i32> {
    let mut across = |look: Look| {
        let mut advances = text.chars().map(|character| fonts.advance(character, px, look, stands_alone));
        advances.try_fold(0, |sum, advance| Some(sum + advance?))
    };
    looks(weight).iter().find_map(|look| across(*look))
}

/// How a text of a weight may look, in the order of preference.
fn looks(weight: Weight) -> &'static [Look] {
    match weight {
        Weight::Regular => &[Look::Plain],
        Weight::Bold => &[Look::Bold, Look::Heavy],
    }
}

/// How it does look, whether or not the bold face has the whole of it.
fn look(weight: Weight, bold: bool) -> Look {
    match weight {
        Weight::Regular => Look::Plain,
        Weight::Bold if bold => Look::Bold,
        Weight::Bold => Look::Heavy,
    }
}

/// A stretch of one face and one script.
struct Piece {
    range: Range<usize>,
    face: Option<u8>,
    script: Unicode,
}

fn pieces(fonts: &mut Fonts, text: &str, run: Range<usize>, bold: bool) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (offset, character) in text[run.clone()].char_indices() {
        let at = run.start + offset;
        let end = at + character.len_utf8();
        let script = character.script();
        let shared = matches!(script, Unicode::Common | Unicode::Inherited);
        if let Some(last) = pieces.last_mut() {
            // Marks and joiners stay with what they belong to; digits and spaces where the face has them.
            let stays = script == Unicode::Inherited
                || is_ignorable(character)
                || shared && last.face.is_some_and(|face| fonts.has(face, character));
            let face = if stays { last.face } else { fonts.find(character, bold).map(|found| found.face) };
            let same = shared || script == last.script || last.script == Unicode::Common;
            if stays || face == last.face && same {
                last.range.end = end;
                if !shared {
                    last.script = script;
                }
                continue;
            }
        }
        let face = fonts.find(character, bold).map(|found| found.face);
        pieces.push(Piece { range: at..end, face, script: if shared { Unicode::Common } else { script } });
    }
    pieces
}

/// How a text that has to be shaped is to look.
#[derive(Clone, Copy)]
struct Style {
    px: u16,
    look: Look,
}

impl Style {
    fn piece(
        self,
        fonts: &mut Fonts,
        text: &str,
        piece: &Piece,
        backwards: bool,
        extent: &mut Extent,
        out: &mut Vec<Placed>,
    ) {
        let part = &text[piece.range.clone()];
        let Some(face) = piece.face else {
            let shown = part.char_indices().filter(|(_, character)| !is_ignorable(*character));
            let shown: Vec<_> = shown.map(|(offset, _)| piece.range.start + offset).collect();
            for at in if backwards { shown.into_iter().rev().collect() } else { shown } {
                let key = self.look.key(MISSING, self.px, 0);
                let slot = fonts.slot(key);
                out.push(Placed { key, slot, x: extent.width, y: 0, at: at as u32 });
                extent.width += fonts.glyph(slot).advance;
                extent.missing += 1;
            }
            return;
        };
        let mut buffer = Buffer::new();
        buffer.push_str(part);
        buffer.set_direction(if backwards { Direction::RightToLeft } else { Direction::LeftToRight });
        buffer.set_script(script_tag(piece.script));
        let font = fonts.shaped(face);
        let scale = f32::from(self.px) / f32::from(font.units_per_em().max(1));
        // A buffer fails to shape only where a direction is missing or a plan does not match.
        if harfrust::shape(&ShaperFont::new(font), &mut buffer, ShapeOptions::new()).is_err() {
            return;
        }
        let from = extent.width as f32;
        let mut pen = 0.0;
        for (info, position) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
            let dots = |units: i32| units as f32 * scale;
            let id = u16::try_from(info.glyph_id).unwrap_or(0);
            extent.missing += usize::from(id == 0);
            let face = if id == 0 { MISSING } else { face };
            let key = self.look.key(face, self.px, id);
            out.push(Placed {
                key,
                slot: fonts.slot(key),
                x: (from + pen + dots(position.x_offset)).round() as i32,
                y: dots(position.y_offset).round() as i32,
                at: piece.range.start as u32 + info.cluster,
            });
            pen += dots(position.x_advance);
        }
        extent.width = (from + pen).round() as i32;
    }
}

fn script_tag(script: Unicode) -> Option<Script> {
    let tag: [u8; 4] = script.short_name().as_bytes().try_into().ok()?;
    Script::from_iso15924_tag(Tag::new(&tag))
}

/// A text to be set in lines.
pub struct Paragraph<'t> {
    text: &'t str,
    rtl: bool,
    /// Where a line may end, the end of the text included, and whether a unit of an address ends there.
    breaks: Vec<(usize, bool)>,
}

impl<'t> Paragraph<'t> {
    /// The paragraph of a text.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let text = text.trim();
        let segmenter = if is_simple(text) {
            LineSegmenter::new_for_non_complex_scripts(Default::default())
        } else {
            LineSegmenter::new_lstm(Default::default())
        };
        let segments = segmenter.segment_str(text);
        // A mask's stars stay with what they follow.
        let breaks = segments.filter(|at| *at > 0 && !text[*at..].starts_with('*'));
        Self { text, rtl: is_rtl(text), breaks: breaks.map(|at| (at, ends_unit(&text[..at]))).collect() }
    }

    /// Whether each of its characters stands alone.
    #[must_use]
    pub fn is_simple(&self) -> bool {
        is_simple(self.text)
    }

    /// Whether its lines begin on the right.
    #[must_use]
    pub const fn is_rtl(&self) -> bool {
        self.rtl
    }

    /// The fewest lines that hold the text, each at most `width` dots; `None` if a single word is wider.
    /// Without making them more, a line ends after a unit of an address (…省, …街道, a comma), if one is
    /// in its last third.
    pub fn lines(&self, fonts: &mut Fonts, px: u16, weight: Weight, width: i32) -> Option<Vec<&'t str>> {
        let mut start = 0;
        let mut parts = Vec::with_capacity(self.breaks.len());
        for &(end, unit) in &self.breaks {
            let mut measure = |text: &str| self::width(fonts, text, px, weight, Some(false));
            let part = &self.text[start..end];
            let full = measure(part);
            let bare = if part.ends_with(' ') { measure(part.trim_end()) } else { full };
            parts.push(Part { end, full, bare, unit });
            start = end;
        }
        let rows = greedy(&parts, width)?;
        let rows = prefer_units(&parts, width, rows);
        let mut from = 0;
        let line = |end: usize| {
            let line = self.text[from..end].trim();
            from = end;
            line
        };
        Some(rows.into_iter().map(|row| parts[row - 1].end).map(line).collect())
    }

    /// Lines of at most `width` dots that may end inside a word: for a word longer than a line.
    pub fn torn(&self, fonts: &mut Fonts, px: u16, weight: Weight, width: i32) -> Option<Vec<&'t str>> {
        let ends = self.text.char_indices().map(|(at, _)| at).skip(1).chain([self.text.len()]);
        let marks = |at: &usize| {
            let next = self.text[*at..].chars().next();
            next.is_none_or(|next| next.script() != Unicode::Inherited && !is_ignorable(next) && next != '*')
        };
        let breaks = ends.filter(marks).map(|at| (at, ends_unit(&self.text[..at])));
        Self { text: self.text, rtl: self.rtl, breaks: breaks.collect() }.lines(fonts, px, weight, width)
    }
}

/// What stands between two places to break.
struct Part {
    end: usize,
    full: i32,
    /// Its width without the space at its end.
    bare: i32,
    unit: bool,
}

fn ends_unit(part: &str) -> bool {
    let last = part.trim_end().chars().next_back();
    last.is_some_and(|last| UNIT_ENDS.contains(&last))
}

/// What ends the name of a place, a road or a door, and marks behind a part.
const UNIT_ENDS: [char; 23] = [
    '省', '市', '区', '县', '州', '盟', '旗', '镇', '乡', '村', '街', '道', '路', '巷', '弄', '号', '，',
    ',', '、', '；', ';', '）', ')',
];

/// After which part each line ends, as many on each as fit.
fn greedy(parts: &[Part], width: i32) -> Option<Vec<usize>> {
    let mut rows = Vec::new();
    let mut long = 0;
    for (at, part) in parts.iter().enumerate() {
        if part.bare > width {
            return None;
        }
        if long + part.bare > width {
            rows.push(at);
            long = 0;
        }
        long += part.full;
    }
    if !parts.is_empty() {
        rows.push(parts.len());
    }
    Some(rows)
}

/// The same number of lines, ended after a unit where that costs none.
fn prefer_units(parts: &[Part], width: i32, mut rows: Vec<usize>) -> Vec<usize> {
    let mut start = 0;
    for line in 0..rows.len().saturating_sub(1) {
        let end = rows[line];
        let long = |to: usize| parts[start..to].iter().map(|part| part.full).sum::<i32>();
        let better = (start + 1..end).rev().take_while(|to| long(*to) * 3 >= width * 2);
        let better =
            if parts[end - 1].unit { None } else { better.into_iter().find(|to| parts[to - 1].unit) };
        if let Some(to) = better {
            let rest = greedy(&parts[to..], width).unwrap_or_default();
            if line + 1 + rest.len() == rows.len() {
                rows.truncate(line);
                rows.push(to);
                rows.extend(rest.into_iter().map(|row| row + to));
            }
        }
        start = rows[line];
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: i32) -> Option<Vec<String>> {
        let mut fonts = Fonts::new(Vec::new()).unwrap();
        let lines = Paragraph::new(text).lines(&mut fonts, 20, Weight::Regular, width)?;
        Some(lines.into_iter().map(str::to_owned).collect())
    }

    #[test]
    fn lines_end_at_units_and_words_and_never_before_stars() {
        let address = "浙江省绍兴市新昌县羽林街道天峰东湾***";
        assert_eq!(lines(address, 300).unwrap(), ["浙江省绍兴市新昌县羽林街道", "天峰东湾***"]);
        assert_eq!(lines("Flat A, Nathan Road", 120).unwrap(), ["Flat A,", "Nathan Road"]);
        assert_eq!(lines("湾***", 45), None);
    }

    #[test]
    fn nothing_is_lost_at_any_width() {
        let address = "贵州省黔西南布依族苗族自治州兴义市桔山街道瑞金大道与桔园路交叉口东南侧峰林国际商贸***";
        for width in (80..900).step_by(7) {
            assert_eq!(lines(address, width).unwrap().concat(), address, "{width}");
        }
    }

    #[test]
    fn a_word_longer_than_a_line_is_torn_and_kept_whole() {
        let mut fonts = Fonts::new(Vec::new()).unwrap();
        let word = "Donaudampfschifffahrtsgesellschaftskapitän***";
        let paragraph = Paragraph::new(word);
        assert!(paragraph.lines(&mut fonts, 20, Weight::Regular, 200).is_none());
        let torn = paragraph.torn(&mut fonts, 20, Weight::Regular, 200).unwrap();
        assert!(torn.len() > 1 && torn.concat() == word && torn.last().unwrap().len() > 3, "{torn:?}");
    }

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

    #[test]
    fn right_to_left_is_found() {
        assert!(is_rtl("الرياض، شارع***") && !is_rtl("Riyadh الرياض") && !is_rtl("王**"));
    }
}
