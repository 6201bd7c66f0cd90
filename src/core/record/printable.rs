//! The characters that a label may carry.

use crate::error::{Field, SealError};

/// Whether every character of `text` is allowed on a label.
#[cfg_attr(not(feature = "fast"), inline(never))]
pub(super) fn printable(text: &str) -> bool {
    // Fast path: nearly every text has no byte that could start a forbidden character.
    #[cfg(feature = "fast")]
    if !text.bytes().fold(false, |suspect, byte| suspect | SUSPECT[usize::from(byte)]) {
        return true;
    }
    !text.chars().any(forbidden)
}

/// The first UTF-8 bytes of all [`forbidden`] characters.
#[cfg(feature = "fast")]
static SUSPECT: [bool; 256] = {
    let mut suspect = [false; 256];
    let mut byte = 0;
    while byte < suspect.len() {
        suspect[byte] = matches!(byte, 0..0x20 | 0x7f | 0xc2 | 0xd8 | 0xe2 | 0xef..);
        byte += 1;
    }
    suspect
};

/// Whether `character` is forbidden: controls (Unicode category Cc), line and paragraph separators, what changes the
/// direction of text (property Bidi_Control), which could show an address in another order, and noncharacters.
/// U+200C and U+200D join letters of Persian and of Indic scripts and are allowed.
fn forbidden(character: char) -> bool {
    let point = character as u32;
    character.is_control()
        || matches!(
            point,
            0x61c | 0x200e | 0x200f | 0x2028..=0x202e | 0x2066..=0x2069 | 0xfdd0..=0xfdef
        )
        || point & 0xfffe == 0xfffe
}

/// Returns `text` if every character is allowed.
pub(super) fn checked(field: Field, text: &str) -> Result<(), SealError> {
    if printable(text) { Ok(()) } else { Err(SealError::Character(field)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fast_path_misses_no_forbidden_character() {
        for character in char::MIN..=char::MAX {
            assert_eq!(printable(character.encode_utf8(&mut [0; 4])), !forbidden(character), "{character:?}");
        }
    }

    #[test]
    fn what_turns_text_around_is_forbidden_and_joiners_are_not() {
        for text in
            ["محمد\u{200f}", "a\u{202e}b", "\u{2066}1\u{2069}", "a\u{2028}b", "\u{61c}", "\u{feff}\u{200e}"]
        {
            assert!(!printable(text), "{text:?}");
        }
        for text in ["می\u{200c}خواهم", "क्\u{200d}ष", "\u{feff}王", "a\u{a0}b\u{3000}"] {
            assert!(printable(text), "{text:?}");
        }
    }
}
