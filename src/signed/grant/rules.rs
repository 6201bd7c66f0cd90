//! Which labels may be opened once more.

use super::role::{Purpose, Reopen, UnknownNumber};

/// Which labels may be opened once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reopening {
    /// Those opened before.
    pub again: Reopen,
    /// Those signed off, for whatever purpose; if `None`, for delivery no more, and otherwise like any other.
    pub delivered: Option<Reopen>,
}

impl Default for Reopening {
    fn default() -> Self {
        Self { again: Reopen::Count, delivered: None }
    }
}

impl Reopening {
    /// What holds for a label that was signed off; `None` if nothing else than for any other.
    #[must_use]
    pub fn signed_off(self, purpose: Purpose) -> Option<Reopen> {
        self.delivered.or((purpose == Purpose::Deliver).then_some(Reopen::Refuse))
    }

    /// One byte: the first rule, then the other or zero, four bits each.
    #[must_use]
    pub const fn byte(self) -> u8 {
        let delivered = match self.delivered {
            Some(rule) => rule as u8,
            None => 0,
        };
        self.again as u8 | delivered << 4
    }
}

/// The rules of [`Reopening::byte`].
impl TryFrom<u8> for Reopening {
    type Error = UnknownNumber;

    fn try_from(byte: u8) -> Result<Self, UnknownNumber> {
        let delivered = match byte >> 4 {
            0 => None,
            number => Some(Reopen::try_from(number)?),
        };
        Ok(Self { again: Reopen::try_from(byte & 15)?, delivered })
    }
}
