//! Sets of characters that are asked for often.

use super::utf8::first;

/// A set of characters; one bit of each tells most others apart.
pub(super) struct Chars<const N: usize> {
    bits: [u64; 16],
    chars: [char; N],
}

impl<const N: usize> Chars<N> {
    /// Those of a text, which has as many.
    pub(super) const fn of(text: &str) -> Self {
        let (mut bits, mut chars) = ([0; 16], ['\0'; N]);
        let (text, mut at, mut count) = (text.as_bytes(), 0, 0);
        while at < text.len() {
            chars[count] = first(text, at);
            let place = chars[count] as usize % 1024;
            bits[place / 64] |= 1 << (place % 64);
            at += chars[count].len_utf8();
            count += 1;
        }
        assert!(count == N, "as many characters as the set says");
        Self { bits, chars }
    }

    #[inline]
    pub(super) fn has(&self, character: char) -> bool {
        let place = character as usize % 1024;
        self.bits[place / 64] >> (place % 64) & 1 == 1 && self.chars.contains(&character)
    }
}
