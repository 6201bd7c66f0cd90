//! Breaks text into lines, without cutting any of it.

use super::direction::{is_ignorable, is_rtl, is_simple};
use super::line;
use crate::label::font::{Fonts, Weight};
use icu_segmenter::LineSegmenter;
use unicode_script::{Script, UnicodeScript};

/// A text to be broken into lines.
pub struct Paragraph<'t> {
    text: &'t str,
    rtl: bool,
    /// The possible line ends, the end of the text included, and whether a unit of an address ends there.
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
        // The stars of a mask stay with the text before them.
        let breaks = segments.filter(|at| *at > 0 && !text[*at..].starts_with('*'));
        Self { text, rtl: is_rtl(text), breaks: breaks.map(|at| (at, ends_unit(&text[..at]))).collect() }
    }

    /// Whether every character is simple.
    #[must_use]
    pub fn is_simple(&self) -> bool {
        is_simple(self.text)
    }

    /// Whether lines are aligned right.
    #[must_use]
    pub const fn is_rtl(&self) -> bool {
        self.rtl
    }

    /// The fewest lines of at most `width` dots that hold the text; `None` if a word is wider. Without adding a
    /// line, breaks after a unit of an address (…省, …街道, a comma) where one ends in the last third of a line.
    pub fn lines(&self, fonts: &mut Fonts, px: u16, weight: Weight, width: i32) -> Option<Vec<&'t str>> {
        let mut start = 0;
        let mut parts = Vec::with_capacity(self.breaks.len());
        for &(end, unit) in &self.breaks {
            let mut measure = |text: &str| line::width(fonts, text, px, weight, Some(false));
            let part = &self.text[start..end];
            let full = measure(part);
            let bare = if part.ends_with(' ') { measure(part.trim_end()) } else { full };
            parts.push(TextRun { end, full, bare, unit });
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

    /// Lines of at most `width` dots that may break within a word, for a word longer than a line.
    pub fn torn(&self, fonts: &mut Fonts, px: u16, weight: Weight, width: i32) -> Option<Vec<&'t str>> {
        let ends = self.text.char_indices().map(|(at, _)| at).skip(1).chain([self.text.len()]);
        let marks = |at: &usize| {
            let next = self.text[*at..].chars().next();
            next.is_none_or(|next| next.script() != Script::Inherited && !is_ignorable(next) && next != '*')
        };
        let breaks = ends.filter(marks).map(|at| (at, ends_unit(&self.text[..at])));
        Self { text: self.text, rtl: self.rtl, breaks: breaks.collect() }.lines(fonts, px, weight, width)
    }
}

/// The text between two possible line ends.
struct TextRun {
    end: usize,
    full: i32,
    /// The width without trailing spaces.
    bare: i32,
    unit: bool,
}

fn ends_unit(part: &str) -> bool {
    let last = part.trim_end().chars().next_back();
    last.is_some_and(|last| UNIT_ENDS.contains(&last))
}

/// Last characters of the names of places, roads and doors, and punctuation.
const UNIT_ENDS: [char; 23] = [
    '省', '市', '区', '县', '州', '盟', '旗', '镇', '乡', '村', '街', '道', '路', '巷', '弄', '号', '，',
    ',', '、', '；', ';', '）', ')',
];

/// Greedy line breaking: the index after which each line ends.
fn greedy(parts: &[TextRun], width: i32) -> Option<Vec<usize>> {
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

/// Moves line ends back to ends of units, if the number of lines stays the same.
fn prefer_units(parts: &[TextRun], width: i32, mut rows: Vec<usize>) -> Vec<usize> {
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
}
