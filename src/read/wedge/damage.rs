//! The changes that keyboard settings make to a scanned text.

use super::layout::KeyboardLayout;
use std::fmt;

/// What keyboard settings changed in a scanned text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WedgeDamage {
    /// The host's keyboard layout; the default is the scanner's, US.
    pub layout: KeyboardLayout,
    /// Whether caps lock turned upper case into lower case.
    pub caps_lock: bool,
}

impl WedgeDamage {
    /// Whether nothing was changed.
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

/// Every known combination, no damage first.
pub(super) fn damages() -> impl Iterator<Item = WedgeDamage> {
    KeyboardLayout::ALL
        .into_iter()
        .flat_map(|layout| [false, true].map(|caps_lock| WedgeDamage { layout, caps_lock }))
}
