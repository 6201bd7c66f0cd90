//! What a keyboard's settings do to a scanned text.

use super::layout::KeyboardLayout;
use std::fmt;

/// What the way from the scanner to the line did to a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WedgeDamage {
    /// The host's layout, if it is not the scanner's.
    pub layout: KeyboardLayout,
    /// Upper case became lower case.
    pub caps_lock: bool,
}

impl WedgeDamage {
    /// Whether nothing was undone.
    #[must_use]
    pub fn is_none(self) -> bool {
        self == Self::default()
    }
}

impl fmt::Display for WedgeDamage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.layout, self.caps_lock) {
            (KeyboardLayout::Us, false) => f.write_str("nothing was changed"),
            (KeyboardLayout::Us, true) => f.write_str("caps lock is on"),
            (layout, false) => write!(f, "the host's keyboard is {layout}, the scanner's is US"),
            (layout, true) => {
                write!(f, "the host's keyboard is {layout}, the scanner's is US; caps lock is on")
            }
        }
    }
}

/// Every damage that is known, none first.
pub(super) fn damages() -> impl Iterator<Item = WedgeDamage> {
    KeyboardLayout::ALL
        .into_iter()
        .flat_map(|layout| [false, true].map(|caps_lock| WedgeDamage { layout, caps_lock }))
}
