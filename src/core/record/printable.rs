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
        suspect[byte] = matches!(byte, 0..0x20 | 0x7f | 0xc2 | 0xef..);
        byte += 1;
    }
    suspect
};

/// Whether `character` is forbidden: controls (Unicode category Cc) and noncharacters.
fn forbidden(character: char) -> bool {
    let point = character as u32;
    character.is_control() || matches!(point, 0xfdd0..=0xfdef) || point & 0xfffe == 0xfffe
}

/// Returns `text` if every character is allowed.
pub(super) fn checked(field: Field, text: &str) -> Result<(), SealError> {
    if printable(text) { Ok(()) } else { Err(SealError::Character(field)) }
}
