//! The token search of a device: it hashes each prefix of the remaining text and looks it up. It needs no table in
//! addition to the code's own.

use super::point::{Size, block};
use super::table::{CHUNK, Table, TokenPiece};

/// FNV-1a, 32 bits: the offset basis and the prime.
const HASH_START: u32 = 0x811c_9dc5;
const HASH_STEP: u32 = 0x0100_0193;

/// The cheapest split of `text`, at most [`CHUNK`] bytes, piece by piece. `at_hand` is the current block of code
/// points.
pub(super) fn split(table: &Table, text: &str, at_hand: u32, mut each: impl FnMut(TokenPiece)) {
    const ESCAPED: u16 = u16::MAX;
    // The least cost from each byte to the end, and the token that starts there.
    let mut cost = [u16::MAX; CHUNK + 1];
    let mut choice = [ESCAPED; CHUNK];
    cost[text.len()] = 0;
    let window = (table.code(table.window).1 + 7) as u16;
    let escape = table.code(table.escape).1 as u16;
    let mut characters = text.char_indices().rev();
    let mut current = None;
    loop {
        let next = characters.next();
        let Some((at, first)) = core::mem::replace(&mut current, next) else {
            // Before the last character of the text, or after its first.
            if next.is_none() { break } else { continue }
        };
        let before = next.map_or(at_hand, |(_, before)| block(before as u32));
        let known = before == block(first as u32) || block(first as u32) == at_hand;
        let single = if known { window } else { escape + 2 + Size::of(first as u32).bits() as u16 };
        let mut least = cost[at + first.len_utf8()].saturating_add(single);
        prefixes(table, text.as_bytes().get(at..).unwrap_or_default(), |bytes, place, bits| {
            let total = cost[at + bytes].saturating_add(bits);
            if total < least {
                (least, choice[at]) = (total, place);
            }
        });
        cost[at] = least;
    }
    let mut end = 0;
    for (at, first) in text.char_indices() {
        if at < end {
            // Inside the preceding token.
            continue;
        }
        let place = choice[at];
        if place == ESCAPED {
            each(TokenPiece::Character(first as u32));
        } else {
            each(TokenPiece::Token(place));
            end = at + table.token(place).len();
        }
    }
}

/// Calls `each` for every token that is a prefix of `text`, shortest first: its length in bytes, its index, its
/// code length.
fn prefixes(table: &Table, text: &[u8], mut each: impl FnMut(usize, u16, u16)) {
    let mut hash = HASH_START;
    for (index, &byte) in text.iter().take(table.longest).enumerate() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(HASH_STEP);
        // Tokens consist of whole characters, so none ends before a UTF-8 continuation byte.
        let whole = text.get(index + 1).is_none_or(|next| next & 0xc0 != 0x80);
        if whole && let Some(place) = find(table, &text[..=index], hash) {
            each(index + 1, place, table.code(place).1 as u16);
        }
    }
}

/// The index of the token `text` with hash `hash`.
fn find(table: &Table, text: &[u8], hash: u32) -> Option<u16> {
    let mask = table.slots.len() - 1;
    let mut slot = (hash ^ hash >> 15) as usize & mask;
    loop {
        // The hash table is never full, so an empty slot ends the probing.
        let place = table.slots[slot].checked_sub(1)?;
        if table.token(place) == text {
            return Some(place);
        }
        slot = (slot + 1) & mask;
    }
}
