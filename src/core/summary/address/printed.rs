//! What is printed of an address, piece by piece.

use crate::bytes::Text;
use crate::summary::line::{decimal, leading_number};
use crate::summary::variants::traditional;
use crate::summary::writing::Writing;

/// What stands for all that is hidden.
pub(super) const STARS: &str = "***";

/// Appends a piece; ideographs in the form of the country.
pub(super) fn push(piece: &[char], writing: Writing, out: &mut Text<512>) {
    for &character in piece {
        let printed = if writing == Writing::Traditional { traditional(character) } else { character };
        if out.len() + printed.len_utf8() + STARS.len() <= 512 {
            let _fits = out.push(printed);
        }
    }
}

/// Appends the number of a road in digits, however it is written.
pub(super) fn push_number(piece: &[char], writing: Writing, out: &mut Text<512>) {
    let Some((number, len)) = leading_number(piece) else { return };
    if out.len() + 24 > 512 {
        return;
    }
    decimal(number, |digit| {
        let _fits = out.push(digit);
    });
    push(&piece[len..], writing, out);
}

pub(super) fn close(out: &mut Text<512>) {
    let _fits = out.push_str(STARS);
}
/// Appends the name of a pick-up point.
pub(super) fn push_point(point: &str, out: &mut Text<512>) {
    let ascii = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    if ascii(out.last()) && ascii(point.chars().next()) {
        let _fits = out.push(' ');
    }
    if out.len() + point.len() + STARS.len() <= 512 {
        let _fits = out.push_str(point);
    }
}
