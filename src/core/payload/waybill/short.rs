//! Shapes 4 and 8: numbers of JD with the pieces of a consignment, and 6 to 14 digits.

use super::limits::{LEN_MAX, LEN_MIN};
use super::template;
use crate::bytes::decimal;

/// The digits of shape 4. Two numbers of [`PIECE_BITS`] bits follow them.
const PIECES_TEMPLATE: &[u8] = b"JD#############";
const PIECE_BITS: u32 = 10;

/// The packed number of a text of shape 4: `JD`, 13 digits, `-i-n-` with 1 ≤ i ≤ n ≤ 9.
pub(super) fn read_pieces(text: &[u8]) -> Option<u64> {
    let (front, tail) = text.split_at_checked(PIECES_TEMPLATE.len())?;
    let &[b'-', index @ b'1'..=b'9', b'-', count @ b'1'..=b'9', b'-'] = tail else { return None };
    let digits = template::read(PIECES_TEMPLATE, front)?;
    let pieces = u64::from(index - b'0') << PIECE_BITS | u64::from(count - b'0');
    (index <= count).then_some(digits << (2 * PIECE_BITS) | pieces)
}

/// Writes the text of shape 4 and returns its length; `None` if the number is outside the shape's range.
pub(super) fn write_pieces(number: u64, out: &mut [u8; LEN_MAX]) -> Option<usize> {
    let front = template::write(PIECES_TEMPLATE, number >> (2 * PIECE_BITS), out)?;
    let [index, count] = [number >> PIECE_BITS, number].map(|piece| piece as u32 & ((1 << PIECE_BITS) - 1));
    // Larger pieces than nine are not of this form, which packing the text again finds.
    let digit = |piece: u32| b'0' + piece.min(10) as u8;
    out[front..front + 5].copy_from_slice(&[b'-', digit(index), b'-', digit(count), b'-']);
    Some(front + 5)
}

/// Most digits of shape 8.
const DIGITS_MAX: usize = 14;

/// The offset of each length in shape 8: how many shorter numbers exist, from [`LEN_MIN`] digits up.
const FIRST: [u64; DIGITS_MAX - LEN_MIN + 1] = {
    let mut first = [0; DIGITS_MAX - LEN_MIN + 1];
    let (mut longer, mut many) = (1, 10u64.pow(LEN_MIN as u32));
    while longer < first.len() {
        first[longer] = first[longer - 1] + many;
        (longer, many) = (longer + 1, many * 10);
    }
    first
};

/// The packed number of a text of shape 8: 6 to 14 digits.
pub(super) fn read_digits(text: &[u8]) -> Option<u64> {
    let value = template::read(b"##############".get(..text.len())?, text)?;
    Some(FIRST.get(text.len() - LEN_MIN)? + value)
}

/// Writes the text of shape 8 and returns its length; `None` if the number is outside the shape's range.
pub(super) fn write_digits(number: u64, out: &mut [u8; LEN_MAX]) -> Option<usize> {
    let longer = FIRST.iter().rposition(|&first| first <= number)?;
    let len = LEN_MIN + longer;
    decimal(number - FIRST[longer], &mut out[..len]).then_some(len)
}
