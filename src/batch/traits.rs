//! What the bytes of a cell say of it, in one pass: most cells need none of the slower readers.

use super::columns::Column;

/// Signs and letters that some reader looks for.
const SPECIAL: u8 = 1;
/// What may hide a character, or begin the UTF-8 of a sign that does.
const MARK: u8 = 2;
/// Blanks, signs and brackets, or what may begin the UTF-8 of one.
const PARTED: u8 = 4;
/// A letter, digit or sign of cipher text.
const KNOWN: u8 = 8;
const DIGIT: u8 = 16;
/// What may begin the UTF-8 of an invisible character, a full-width digit or what is no text.
const SUSPECT: u8 = 32;
/// No letter or digit of ASCII.
const SIGN: u8 = 64;

/// The traits of each byte. Ideographs in daily use begin with 0xe4 to 0xe9; full-width forms with 0xef, punctuation of
/// Chinese with 0xe3, other signs with 0xc2, 0xc3 and 0xe2.
static TRAITS: [u8; 256] = {
    let mut traits = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let own = match byte as u8 {
            b'0'..=b'9' => KNOWN | DIGIT,
            b'x' | b'X' => KNOWN | MARK,
            b'A'..=b'Z' | b'a'..=b'z' => KNOWN,
            b'-' => KNOWN | SIGN,
            b'_' | b'.' => KNOWN | PARTED | SIGN,
            b'%' | b'&' | b'=' | b'#' | b'$' | b'~' | b'+' | b'/' | b':' => KNOWN | SPECIAL | PARTED | SIGN,
            b'{' | b'<' | b'[' | b'\\' | b'?' => SPECIAL | PARTED | SIGN,
            b'*' => MARK | PARTED | SIGN,
            0x00..=0x2f | 0x3a..=0x7f => PARTED | SIGN,
            0xc2 | 0xc3 | 0xe2 | 0xef => MARK | PARTED | SIGN,
            0xe3 => PARTED | SIGN,
            _ => SIGN,
        };
        let suspect = matches!(byte, 0..=0x1f | 0x7f | 0xc2 | 0xd8 | 0xe2 | 0xef);
        traits[byte] = if suspect { own | SUSPECT } else { own };
        byte += 1;
    }
    traits
};

/// Fewest characters of a cipher text.
const CIPHERTEXT_MIN: usize = 16;
/// Fewest digits of an identity number.
pub(super) const IDENTITY_MIN: usize = 11;

/// The traits of a cell.
#[derive(Clone, Copy)]
pub(super) struct Traits {
    any: u8,
    digits: u16,
    /// The longest stretch of characters of cipher text.
    stretch: u16,
}

impl Traits {
    /// Those of an empty cell.
    const EMPTY: Self = Self { any: 0, digits: 0, stretch: 0 };

    pub(super) fn of(cell: &str) -> Self {
        let (mut any, mut digits, mut run, mut stretch) = (0, 0_u16, 0_u16, 0_u16);
        let (bytes, mut at) = (cell.as_bytes(), 0);
        while let Some(&byte) = bytes.get(at) {
            // Ideographs, most of an address in China, say no more: three bytes at a step.
            if matches!(byte, 0xe4..=0xe9) {
                any |= SIGN;
                (at, run) = (at + 3, 0);
                continue;
            }
            let own = TRAITS[usize::from(byte)];
            any |= own;
            // A row is shorter than 64 KiB.
            digits = digits.saturating_add(u16::from(own & DIGIT != 0));
            run = if own & KNOWN != 0 { run.saturating_add(1) } else { 0 };
            stretch = stretch.max(run);
            at += 1;
        }
        Self { any, digits, stretch }
    }

    /// Those of a cell that needs every reader.
    #[cfg(test)]
    pub(super) const fn worst() -> Self {
        Self { any: !0, digits: u16::MAX, stretch: u16::MAX }
    }

    /// Whether it may be cipher text, an encoding or a template.
    pub(super) const fn may_be_encoded(self) -> bool {
        // The words of programs for no value are of letters alone.
        self.any & SPECIAL != 0
            || self.stretch as usize >= CIPHERTEXT_MIN
            || self.any & (MARK | PARTED | KNOWN) == KNOWN && self.digits == 0
    }

    /// Whether characters may be hidden.
    pub(super) const fn may_be_masked(self) -> bool {
        self.any & MARK != 0
    }

    /// Whether it may hold an identity number.
    pub(super) const fn may_identify(self) -> bool {
        self.digits as usize >= IDENTITY_MIN
    }

    /// Whether signs may part it.
    pub(super) const fn may_be_parted(self) -> bool {
        self.any & PARTED != 0
    }

    /// Whether it has the digits of a phone.
    pub(super) const fn may_hold_phone(self) -> bool {
        self.digits >= 7
    }

    /// Whether it may hold a character that is invisible, in full width, or no text.
    pub(super) const fn may_be_dirty(self) -> bool {
        self.any & SUSPECT != 0
    }

    /// Whether it is of letters and digits of ASCII alone, or empty.
    pub(super) const fn is_plain(self) -> bool {
        self.any & SIGN == 0
    }
}

/// The traits of a row's cells, by column.
pub(super) struct CellTraits([Traits; Column::COUNT]);

impl CellTraits {
    /// Those of empty cells.
    pub(super) const fn new() -> Self {
        Self([Traits::EMPTY; Column::COUNT])
    }

    /// Those of a column's cell.
    pub(super) const fn of(&self, column: Column) -> Traits {
        self.0[column as usize]
    }

    pub(super) const fn set(&mut self, column: Column, traits: Traits) {
        self.0[column as usize] = traits;
    }
}

/// Whether a cell is a mobile of mainland China and nothing else.
pub(super) fn is_mobile(cell: &str) -> bool {
    matches!(cell.as_bytes(), [b'1', b'3'..=b'9', rest @ ..] if rest.len() == 9 && rest.iter().all(u8::is_ascii_digit))
}
