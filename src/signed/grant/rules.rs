//! What the grants of a role hold, and rules for labels that were opened or signed off before.

use crate::keys::{KeyLevel, Tier};
use crate::signed::role::{Purpose, Reopen, Role, UnknownNumber};

/// What the grants of a role hold: checked when one is signed, and when one is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RoleRules {
    /// The levels of its nodes; empty for a role without nodes.
    pub levels: &'static [KeyLevel],
    /// The tiers of its nodes.
    pub tiers: &'static [Tier],
    /// The purposes that it may name.
    pub purposes: &'static [Purpose],
    /// Whether its grants hold a signing key.
    pub signs: bool,
    /// Whether they may hold one, by which the device gives passes of labels that it opens itself.
    pub gives: bool,
}

impl RoleRules {
    /// The rules of a role.
    #[must_use]
    pub const fn of(role: Role) -> Self {
        const ALL: &[Tier] = &[Tier::Origin, Tier::Delivery, Tier::Contact];
        const OPENING: &[Tier] = &[Tier::Delivery, Tier::Contact];
        let (levels, tiers): (&[KeyLevel], _) = match role {
            Role::Sealer => (&[KeyLevel::Sealer], ALL),
            Role::Scanner | Role::Relay => (&[KeyLevel::Site], OPENING),
            Role::Region | Role::RegionIssuer => (&[KeyLevel::Region], OPENING),
            // Region keys for a hub's desk alone, with the limits lifted.
            Role::Desk => (&[KeyLevel::Site, KeyLevel::Region], OPENING),
            Role::DayIssuer => (&[KeyLevel::Day], ALL),
            Role::Pass => (&[], OPENING),
            Role::Stop => (&[], &[]),
        };
        let purposes: &[Purpose] = match role {
            // No delivery, no call and no enquiry: a desk sees no record.
            Role::Desk => &[Purpose::Return, Purpose::Relabel],
            Role::Stop => &[],
            _ => Purpose::ALL,
        };
        let signs = matches!(role, Role::DayIssuer | Role::RegionIssuer | Role::Stop);
        let gives = matches!(role, Role::Scanner | Role::Desk);
        Self { levels, tiers, purposes, signs, gives }
    }
}

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
