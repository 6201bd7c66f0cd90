//! The token search of a device: it hashes each prefix of the remaining text and looks it up. It needs no table in
//! addition to the code's own.

use super::letters::LetterCursor;
use super::slots::{HASH_START, first_slot, step};
use super::table::Table;
use super::tokens::Tokens;

/// A cursor over texts as they are.
pub(super) struct PlainTexts<'t> {
    texts: &'t [&'t str],
    text: usize,
    rest: &'t str,
}

impl<'t> PlainTexts<'t> {
    pub(super) fn new(texts: &'t [&'t str]) -> Self {
        let mut cursor = Self { texts, text: 0, rest: "" };
        cursor.restart();
        cursor
    }

    /// Goes to the next text that is not empty, from `text` on.
    fn open(&mut self, text: usize) {
        self.text = text;
        while let Some(text) = self.texts.get(self.text) {
            self.rest = text;
            if !text.is_empty() {
                return;
            }
            self.text += 1;
        }
    }
}

impl LetterCursor for PlainTexts<'_> {
    fn restart(&mut self) {
        self.open(0);
    }

    fn here(&self) -> Option<Option<u32>> {
        (self.text < self.texts.len()).then(|| self.rest.chars().next().map(|first| first as u32))
    }

    fn is_name(&self) -> bool {
        self.text == 0
    }

    fn tokens(&self, tokens: Tokens, mut each: impl FnMut(u8, u16)) {
        prefixes(tokens.table, self.rest.as_bytes(), |characters, place| {
            each(characters, tokens.table.code(place).1 as u16);
        });
    }

    fn token(&self, tokens: Tokens, characters: u8) -> u16 {
        let end = self.rest.char_indices().nth(characters.into()).map_or(self.rest.len(), |(end, _)| end);
        let token = &self.rest.as_bytes()[..end];
        let hash = token.iter().fold(HASH_START, |hash, byte| step(hash, *byte));
        find(tokens.table, token, hash).unwrap_or(tokens.table.end)
    }

    fn advance(&mut self, characters: usize) {
        for _ in 0..characters {
            let mut rest = self.rest.chars();
            match rest.next() {
                Some(_) => self.rest = rest.as_str(),
                None => self.open(self.text + 1),
            }
        }
    }
}

/// Calls `each` for every token that is a prefix of `text`, shortest first: its length in characters and its index.
#[cfg_attr(not(feature = "fast"), inline(never))]
fn prefixes(table: &Table, text: &[u8], mut each: impl FnMut(u8, u16)) {
    let (mut hash, mut characters) = (HASH_START, 0);
    for (index, &byte) in text.iter().take(table.longest).enumerate() {
        hash = step(hash, byte);
        // Tokens consist of whole characters, so none ends before a UTF-8 continuation byte.
        let whole = text.get(index + 1).is_none_or(|next| next & 0xc0 != 0x80);
        characters += u8::from(whole);
        if whole && let Some(place) = find(table, &text[..=index], hash) {
            each(characters, place);
        }
    }
}

/// The index of the token `text` with hash `hash`.
fn find(table: &Table, text: &[u8], hash: u32) -> Option<u16> {
    let mask = table.slots.len() - 1;
    let mut slot = first_slot(hash, table.slots.len());
    loop {
        // The hash table is never full, so an empty slot ends the probing.
        let place = table.slots[slot].checked_sub(1)?;
        if table.token(place) == text {
            return Some(place);
        }
        slot = (slot + 1) & mask;
    }
}
