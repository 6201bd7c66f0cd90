//! Names in a text.

use super::gist::Gist;
use crate::summary::check::visible;
use crate::summary::fold::is_wide;

/// Whether a part of a name stands in the text that the mask hides, as 小芳 of 王小芳 and Smith of John Smith.
pub(super) fn has_part_of_name(text: &str, gist: &Gist, name: &str, masked: &str) -> bool {
    let first = name.trim_start().char_indices().nth(visible(masked.trim_end_matches('*')).count());
    let hidden = first.map_or("", |(at, _)| &name.trim_start()[at..]);
    // What is shown of a name written in ideographs is no part that could be told; of a word it is its first letter.
    let parts = if hidden.starts_with(is_syllabic) { hidden } else { name };
    parts
        .split(|c: char| !c.is_alphanumeric())
        .any(|part| !TITLES.contains(&part) && gist.may_have(part) && has_name(text, part))
}

/// Forms of address, which tell nobody.
const TITLES: [&str; 13] =
    ["先生", "女士", "小姐", "老师", "老師", "师傅", "師傅", "阿姨", "经理", "老板", "老闆", "同学", "医生"];

/// Whether the whole name stands in the text, case and spaces aside. Where words have spaces between them,
/// a longer word is another: Anna is not in Annapolis.
pub(super) fn has_name(text: &str, name: &str) -> bool {
    let wide = name.chars().any(is_syllabic);
    if name.chars().filter(|c| c.is_alphabetic()).count() < if wide { 2 } else { 4 } {
        return false;
    }
    let lower = |text| visible(text).flat_map(char::to_lowercase);
    let mut before = None;
    for (at, character) in text.char_indices() {
        let rest = &text[at..];
        let mut letters = lower(rest);
        if lower(name).all(|known| letters.next() == Some(known)) {
            let words = begins_inside(before, rest) || ends_inside(rest, visible(name).count());
            if !words {
                return true;
            }
        }
        before = Some(character);
    }
    false
}

/// A character of a script of which two are a name: ideographs, kana, Hangul.
fn is_syllabic(character: char) -> bool {
    is_wide(character) || matches!(character, '\u{ac00}'..='\u{d7a3}')
}

fn is_cased(character: char) -> bool {
    character.is_lowercase() || character.is_uppercase()
}

fn begins_inside(before: Option<char>, rest: &str) -> bool {
    before.is_some_and(is_cased) && rest.starts_with(is_cased)
}

/// Whether the word goes on behind so many characters that are not spaces.
fn ends_inside(rest: &str, count: usize) -> bool {
    let mut left = rest.chars().skip_while(|c| c.is_whitespace());
    let (mut seen, mut last) = (0, None);
    while seen < count {
        last = left.next();
        seen += usize::from(last.is_some_and(|c| !c.is_whitespace()));
        if last.is_none() {
            return false;
        }
    }
    last.is_some_and(is_cased) && left.next().is_some_and(is_cased)
}
