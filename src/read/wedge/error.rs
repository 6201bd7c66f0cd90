//! Why a line is no code of ours.

use super::damage::WedgeDamage;
use super::layout::KeyboardLayout;
use thiserror::Error;

/// Why a line is no code of ours.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WedgeError {
    /// Nothing in it.
    #[error("an empty line")]
    Empty,
    /// Another code's text.
    #[error("not a Wayseal label")]
    NotOurs,
    /// It begins as a payload and is none: cut, or characters lost on the way.
    #[error("{}", damaged(*.0))]
    Damaged(WedgeDamage),
    /// Two layouts each make a payload of it.
    #[error("the host's keyboard is {0} or {1}; set the scanner to the host's keyboard")]
    Ambiguous(KeyboardLayout, KeyboardLayout),
}

fn damaged(damage: WedgeDamage) -> String {
    if damage.is_none() {
        return "the line is not whole; scan again, and set the scanner to send no partial lines".to_owned();
    }
    format!("characters were lost on the way: {damage}; set the scanner to the host's keyboard")
}
