//! Rules for labels that were opened or signed off before.

use super::role::{Purpose, Reopen, UnknownNumber};

/// Which labels may be opened again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reopening {
    /// The rule for labels opened before.
    pub again: Reopen,
    /// The rule for labels signed off, for all purposes. `None`: delivery is refused, and for other purposes
    /// [`Self::again`] applies.
    pub delivered: Option<Reopen>,
}

impl Default for Reopening {
    fn default() -> Self {
        Self { again: Reopen::Count, delivered: None }
    }
}

impl Reopening {
    /// The rule for a label that was signed off; `None` if [`Self::again`] applies.
    #[must_use]
    pub fn signed_off(self, purpose: Purpose) -> Option<Reopen> {
        // A delivered parcel needs no further delivery, so the default refuses one.
        self.delivered.or((purpose == Purpose::Deliver).then_some(Reopen::Refuse))
    }

    /// One byte: `again` in the low four bits, `delivered` in the high four, zero for `None`.
    #[must_use]
    pub const fn byte(self) -> u8 {
        let delivered = match self.delivered {
            Some(rule) => rule as u8,
            None => 0,
        };
        self.again as u8 | delivered << 4
    }
}

/// The inverse of [`Reopening::byte`].
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
