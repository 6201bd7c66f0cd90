//! Which characters a label may carry.

use crate::error::{Field, SealError};

/// Whether each character of `text` may be on a label.
#[cfg_attr(not(feature = "fast"), inline(never))]
pub(super) fn printable(text: &str) -> bool {
    // Nearly every text has no byte that a forbidden character could begin with.
    #[cfg(feature = "fast")]
    if !text.bytes().fold(false, |suspect, byte| suspect | SUSPECT[usize::from(byte)]) {
        return true;
    }
    !text.chars().any(forbidden)
}

/// The bytes that a character which is [`forbidden`] begins with.
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

/// Whether no label may carry `character`: controls (category Cc) and Unicode's noncharacters.
fn forbidden(character: char) -> bool {
    let point = character as u32;
    character.is_control() || matches!(point, 0xfdd0..=0xfdef) || point & 0xfffe == 0xfffe
}

/// `text` if each of its characters may be on a label.
pub(super) fn checked(field: Field, text: &str) -> Result<(), SealError> {
    if printable(text) { Ok(()) } else { Err(SealError::Character(field)) }
}
