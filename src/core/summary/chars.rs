//! Sets of characters that are asked for often.

/// A set of characters; one bit of each tells most others apart.
pub(super) struct Chars<const N: usize> {
    bits: [u64; 16],
    chars: [char; N],
}

impl<const N: usize> Chars<N> {
    pub(super) const fn of(chars: [char; N]) -> Self {
        let mut bits = [0; 16];
        let mut at = 0;
        while at < N {
            let place = chars[at] as usize % 1024;
            bits[place / 64] |= 1 << (place % 64);
            at += 1;
        }
        Self { bits, chars }
    }

    #[inline]
    pub(super) fn has(&self, character: char) -> bool {
        let place = character as usize % 1024;
        self.bits[place / 64] >> (place % 64) & 1 == 1 && self.chars.contains(&character)
    }
}
