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
    /// Whether an input method made characters full width, or punctuation Chinese.
    pub input_method: bool,
}

impl WedgeDamage {
    /// Whether nothing was changed.
    #[must_use]
    pub fn is_none(self) -> bool {
        self == Self::default()
    }

    /// The text meant, given the text received; `None` if a character cannot come from a payload.
    #[must_use]
    pub fn undo(self, typed: &str) -> Option<String> {
        if self.input_method {
            return self.layout.undo(&narrow(typed), self.caps_lock);
        }
        self.layout.undo(typed, self.caps_lock)
    }
}

impl fmt::Display for WedgeDamage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if self.layout != KeyboardLayout::Us {
            parts.push(format!("the host's keyboard is {}, the scanner's is US", self.layout));
        }
        if self.caps_lock {
            parts.push("caps lock is on".to_owned());
        }
        if self.input_method {
            parts.push("an input method is on".to_owned());
        }
        if parts.is_empty() {
            return f.write_str("nothing was changed");
        }
        f.write_str(&parts.join("; "))
    }
}

/// Every known combination of layout and caps lock, no damage first.
pub(super) fn damages() -> impl Iterator<Item = WedgeDamage> {
    KeyboardLayout::ALL.into_iter().flat_map(|layout| {
        [false, true].map(|caps_lock| WedgeDamage { layout, caps_lock, input_method: false })
    })
}

/// A text with full width characters and Chinese punctuation replaced by the keys that give them.
pub(super) fn narrow(text: &str) -> String {
    let one = |wide: char| match wide {
        '\u{3000}' => ' ',
        '。' => '.',
        '、' => '/',
        '￥' | '¥' => '$',
        '×' => '*',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(wide) - 0xfee0).unwrap_or(wide),
        _ => wide,
    };
    text.chars().map(one).collect()
}
