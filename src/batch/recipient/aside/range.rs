//! Ranges of a cell without the blanks and brackets around them.

use super::words::BRACKETS;
use std::ops::Range;

/// A range without a bracket around it, of which the other may be missing.
pub(super) fn without_brackets(cell: &str, range: Range<usize>) -> Range<usize> {
    let range = trimmed(cell, range);
    let text = &cell[range.clone()];
    let opened = BRACKETS
        .iter()
        .find(|(open, close)| text.ends_with(*open) || text.ends_with(*close) && !text.contains(*open));
    let end = opened.and(text.chars().next_back()).map_or(0, char::len_utf8);
    trimmed(cell, range.start..range.end - end)
}

pub(super) fn trimmed(cell: &str, range: Range<usize>) -> Range<usize> {
    let text = &cell[range.clone()];
    let start = range.start + text.len() - text.trim_start().len();
    start..start + text.trim().len()
}
