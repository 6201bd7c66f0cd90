//! What stands in brackets: an extension, a request, or a part of the name.

use super::parts::{BracketedDigits, Parts};
use super::range::trimmed;
use super::words::{BRACKETS, EMPTY, is_remark};
use crate::batch::recipient::fold::folded;
use zeroize::Zeroizing;

/// Takes a bracket off the beginning, if a request stands in it.
pub(super) fn take_leading_bracket(cell: &str, parts: &mut Parts) {
    let own = &cell[parts.own.clone()];
    let Some(first) = own.chars().next() else { return };
    let Some((_, close)) = BRACKETS.iter().find(|(open, _)| *open == first) else { return };
    let Some(end) = own.find(*close) else { return };
    let inner = parts.own.start + first.len_utf8()..parts.own.start + end;
    let after = trimmed(cell, parts.own.start + end + close.len_utf8()..parts.own.end);
    if !after.is_empty() && is_remark(&cell[inner.clone()]) {
        parts.remarks.push(trimmed(cell, inner));
        parts.own = after;
    }
}

/// Takes a bracket off the end: digits may be an extension, a request is a remark, all else stays.
pub(super) fn take_trailing_bracket(cell: &str, parts: &mut Parts) {
    let own = &cell[parts.own.clone()];
    let Some(last) = own.chars().next_back() else { return };
    let Some((open, _)) = BRACKETS.iter().find(|(_, close)| *close == last) else { return };
    let Some(begin) = own.rfind(*open).filter(|begin| *begin > 0) else { return };
    let inner = trimmed(cell, parts.own.start + begin + open.len_utf8()..parts.own.end - last.len_utf8());
    let before = trimmed(cell, parts.own.start..parts.own.start + begin);
    let text = &cell[inner.clone()];
    let digits = text.trim_start_matches(|c: char| !c.is_numeric());
    let word = text[..text.len() - digits.len()].trim_end_matches([' ', ':', '：', '.', '#']).to_lowercase();
    let named = matches!(word.as_str(), "转" | "分机" | "分机号" | "虚拟号" | "转分机" | "ext" | "extension");
    let are_digits = (1..=8).contains(&digits.chars().count()) && digits.chars().all(char::is_numeric);
    if before.is_empty() {
        return;
    }
    if are_digits && (word.is_empty() || named) {
        if parts.extension.is_none() {
            // It stays until it is known whose extension it is; what stands before it is read on.
            let bracket = Zeroizing::new(own[begin..].to_owned());
            parts.extension = Some(BracketedDigits { digits: folded(digits), bracket, named });
            parts.own = before;
        }
    } else if is_remark(text) {
        parts.remarks.push(inner);
        parts.own = before;
    } else if EMPTY.contains(&text) {
        parts.labelled = true;
        parts.own = before;
    }
}
