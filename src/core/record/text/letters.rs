//! The characters of a section's texts one after another, with the tokens that begin at each.

use super::tokens::Tokens;

/// A cursor over the texts of a section that are not empty.
pub(super) trait LetterCursor {
    /// Goes back to the first character.
    fn restart(&mut self);

    /// The code point at the cursor; `Some(None)` at the end of a text, `None` after the last end.
    fn here(&self) -> Option<Option<u32>>;

    /// Whether the cursor is in the first text, which is a name.
    fn is_name(&self) -> bool;

    /// Calls `each` for every token that begins at the cursor, shortest first: its characters and the bits of its code.
    fn tokens(&self, tokens: Tokens, each: impl FnMut(u8, u16));

    /// The index of the token of so many characters that begins at the cursor.
    fn token(&self, tokens: Tokens, characters: u8) -> u16;

    /// Goes on by as many characters; an end counts as one.
    fn advance(&mut self, characters: usize);
}
