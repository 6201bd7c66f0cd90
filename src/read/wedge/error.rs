//! Errors of parsing a scanner's line.

use super::damage::WedgeDamage;
use super::layout::KeyboardLayout;
use thiserror::Error;

/// Why a line is not a Wayseal code.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WedgeError {
    /// The line is empty.
    #[error("an empty line")]
    Empty,
    /// The text of another code.
    #[error("not a Wayseal label")]
    NotOurs,
    /// It begins like a payload but is not valid: truncated, or characters were lost.
    #[error("{}", damaged(*.0))]
    Damaged(WedgeDamage),
    /// Two layouts give two different payloads.
    #[error("the host's keyboard is {0} or {1}; set the scanner to the host's keyboard")]
    Ambiguous(KeyboardLayout, KeyboardLayout),
    /// The shift key was not pressed, so that `*` and `8` are the same.
    #[error(
        "the shift key was lost, so that * and 8 look alike; slow the scanner down, or let it send text instead of keys"
    )]
    ShiftLost,
    /// The spaces are not there.
    #[error("the spaces were removed; switch off the rule that removes spaces, then scan again")]
    SpacesLost,
    /// As long as a label's text, in letters of one case, and not as any known keyboard gives it.
    #[error(
        "not a Wayseal label, or typed through a keyboard that is not known; set the scanner to the host's keyboard"
    )]
    UnknownLayout,
    /// An input method took the letters for its own.
    #[error("an input method changed the letters; switch to English input, then scan again")]
    InputMethod,
    /// One burst has the codes of several labels.
    #[error("codes of several labels came at once; scan one label alone")]
    Several,
}

fn damaged(damage: WedgeDamage) -> String {
    if damage.is_none() {
        return "the line is incomplete; scan again, and set the scanner to send whole lines".to_owned();
    }
    format!(
        "characters were lost on the way: {damage}; scan again, and set the scanner to the host's keyboard"
    )
}
