//! The extension of a number, in the spellings of platforms and people.

use super::mainland;

/// Most digits of an extension.
pub(super) const DIGITS_MAX: usize = 8;

/// Most digits of an extension that only a blank or a sign between two numbers parts from its number.
const DIGITS_MAX_LOOSE: usize = 6;

/// Most characters between a number and its extension, words aside.
const GAP_MAX: usize = 4;

/// Words before an extension, in lower case; of two that begin alike the longer comes first.
const WORDS: [&str; 30] = [
    "分机号码",
    "分机号",
    "分机码",
    "分机",
    "分機號",
    "分機",
    "转接",
    "转拨",
    "转按",
    "转",
    "轉",
    "内线",
    "內線",
    "内線",
    "再拨",
    "再按",
    "请拨",
    "请按",
    "拨",
    "按",
    "接",
    "내선",
    "extension",
    "extn",
    "ext",
    "ramal",
    "доб",
    "x",
    "p",
    "w",
];

/// Units and measures: the number before one is no extension.
const UNITS: &str = "号楼栋幢座室层单户门弄组队期排点月日件个箱元年";

/// An extension and how many bytes of the text it takes, with all that leads to it and closes it.
pub(super) struct Extension<'a> {
    pub digits: &'a str,
    pub len: usize,
}

/// The extension that a text begins with, after the whole number before it. Numbers of other countries than mainland
/// China have hyphens and blanks of their own: only words, `#`, `,` and `;` lead to their extensions.
pub(super) fn extension(text: &str, mainland: bool) -> Option<Extension<'_>> {
    let gap = Gap::of(text);
    let rest = &text[gap.len..];
    let len = rest.bytes().take_while(u8::is_ascii_digit).count();
    if len == 0 || gap.len == 0 {
        return None;
    }
    let most = if gap.word || gap.bracket || gap.tight { DIGITS_MAX } else { DIGITS_MAX_LOOSE };
    let (digits, after) = rest.split_at(len);
    let leads = gap.word || mainland || gap.signs > 0 && gap.foreign;
    if !leads || gap.signs > GAP_MAX || len > most {
        return None;
    }
    if !gap.word && (begins_number(rest, mainland) || after.starts_with(|c| UNITS.contains(c))) {
        return None;
    }
    let after = after.strip_prefix('#').unwrap_or(after);
    let closed = after.trim_start().strip_prefix([']', ')']).filter(|_| gap.bracket);
    let after = closed.unwrap_or(after);
    Some(Extension { digits, len: text.len() - after.len() })
}

/// Whether digits begin another number rather than an extension.
fn begins_number(text: &str, mainland: bool) -> bool {
    if mainland {
        return mainland::number(text).is_some_and(|number| number.digits() >= 10);
    }
    text.bytes()
        .take_while(|byte| byte.is_ascii_digit() || b" -.()".contains(byte))
        .filter(u8::is_ascii_digit)
        .count()
        >= 7
}

/// What stands between a number and its extension.
#[derive(Default)]
struct Gap {
    len: usize,
    word: bool,
    bracket: bool,
    /// Signs other than blanks and brackets.
    signs: usize,
    /// Whether there is a sign that stands in no number: `-`, `_`, `,` and `#`, but none that parts two numbers.
    tight: bool,
    /// Whether all signs lead to extensions in other countries, too.
    foreign: bool,
}

impl Gap {
    fn of(text: &str) -> Self {
        let mut gap = Self { foreign: true, ..Self::default() };
        let mut loose = false;
        loop {
            let rest = &text[gap.len..];
            if let Some(word) = WORDS.iter().find(|word| begins(rest, word)) {
                gap.word = true;
                gap.len += word.len();
                continue;
            }
            let Some(sign) = rest.chars().next().filter(|c| !c.is_alphanumeric()) else { break };
            gap.len += sign.len_utf8();
            match sign {
                ' ' => {}
                '[' | '(' if !gap.bracket => gap.bracket = true,
                _ => {
                    gap.signs += 1;
                    gap.tight |= matches!(sign, '-' | '_' | ',' | '#');
                    gap.foreign &= matches!(sign, ',' | '#' | ';' | ':' | '.' | '=');
                    loose |= matches!(sign, '/' | ';' | '|' | '&' | '+');
                }
            }
        }
        gap.tight &= !loose;
        gap
    }
}

/// Whether a text begins with a word that is written in lower case.
fn begins(text: &str, word: &str) -> bool {
    let mut own = text.chars().flat_map(char::to_lowercase);
    word.chars().all(|c| own.next() == Some(c))
}
