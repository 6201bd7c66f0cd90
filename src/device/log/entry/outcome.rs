//! The outcome of an attempt, or of an event of the device.

use crate::error::Refusal;

/// The outcome of an attempt, as the log stores it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryOutcome {
    /// Opened.
    Opened,
    /// Opened again, and charged to the budget.
    Again,
    /// Opened without charge to the budget: the label is charged already since the last signed head, or by the grant's rule for
    /// labels opened or signed off before.
    Uncounted,
    /// The same scan once more, within seconds: a part of the opening before it, and not charged.
    Repeated,
    /// Loaded for the day.
    Loaded,
    /// The parcel was signed off: its recipient has it.
    Delivered,
    /// Signed off: handed over to a pick-up point, or to somebody for the recipient.
    HandedOver,
    /// Signed off: left where the recipient wanted it.
    Left,
    /// Not delivered: nobody was there.
    Nobody,
    /// Not delivered: the recipient did not take it.
    RefusedByRecipient,
    /// Not delivered: the address is wrong.
    WrongAddress,
    /// Not delivered: the parcel is damaged.
    ParcelDamaged,
    /// What was said last of the parcel is taken back.
    TakenBack,
    /// Its key was given to a colleague's device, by a pass.
    Given,
    /// A pass was given, of the labels just before.
    PassGiven,
    /// A new label takes the place of this one.
    Relabelled,
    /// A new label brings the parcel back.
    Returned,
    /// An operator's shift began.
    ShiftBegun,
    /// An operator's shift ended.
    ShiftEnded,
    /// A PIN was refused.
    PinRefused,
    /// The log before this one goes in without an answer to a challenge: its key was lost. The first entry of a log.
    Unanswered,
    /// The site keys were locked away.
    Locked,
    /// The site keys were unlocked at the depot.
    Unlocked,
    /// A torn entry was cut off after a kill or a power loss.
    Recovered,
    /// A grant, revocation list, signed head or pass was taken.
    Taken,
    /// Refused: the budget of the shift is spent.
    OverBudget,
    /// Refused: the grant does not allow the purpose.
    PurposeNotGranted,
    /// Refused: signed off before.
    AfterDelivery,
    /// Refused: opened before.
    OpenedBefore,
    /// Refused: the bar code on the label is another waybill's.
    WrongWaybill,
    /// Refused: the site keys are locked, and the parcel is not loaded.
    NotLoaded,
    /// Refused: the device holds no key, or its clock is before signed time.
    NoKeys,
    /// Refused by the verifier.
    Refused(Refusal),
}

const REFUSED: u8 = 64;

impl EntryOutcome {
    pub(super) const PLAIN: [(Self, u8, &'static str); 32] = [
        (Self::Opened, 1, "opened"),
        (Self::Again, 2, "opened_again"),
        (Self::Loaded, 3, "loaded"),
        (Self::Delivered, 4, "delivered"),
        (Self::Locked, 5, "locked"),
        (Self::Recovered, 6, "recovered"),
        (Self::Taken, 7, "taken"),
        (Self::Unlocked, 8, "unlocked"),
        (Self::Uncounted, 9, "opened_uncounted"),
        (Self::Repeated, 10, "repeated"),
        (Self::HandedOver, 11, "handed_over"),
        (Self::Left, 12, "left"),
        (Self::Nobody, 13, "nobody"),
        (Self::RefusedByRecipient, 14, "refused_by_recipient"),
        (Self::WrongAddress, 15, "wrong_address"),
        (Self::ParcelDamaged, 16, "parcel_damaged"),
        (Self::TakenBack, 17, "taken_back"),
        (Self::Relabelled, 18, "relabelled"),
        (Self::Returned, 19, "returned"),
        (Self::ShiftBegun, 20, "shift_begun"),
        (Self::ShiftEnded, 21, "shift_ended"),
        (Self::PinRefused, 22, "pin_refused"),
        (Self::Given, 23, "given"),
        (Self::PassGiven, 24, "pass_given"),
        (Self::OverBudget, 32, "over_budget"),
        (Self::PurposeNotGranted, 33, "purpose_not_granted"),
        (Self::OpenedBefore, 34, "opened_before"),
        (Self::AfterDelivery, 35, "after_delivery"),
        (Self::WrongWaybill, 36, "wrong_waybill"),
        (Self::NotLoaded, 37, "not_loaded"),
        (Self::NoKeys, 38, "no_keys"),
        (Self::Unanswered, 39, "unanswered"),
    ];

    /// The stable name for machines; a refusal's own name if the verifier refused.
    #[must_use]
    pub fn name(self) -> &'static str {
        if let Self::Refused(refusal) = self {
            return refusal.name();
        }
        Self::PLAIN.iter().find(|(mark, ..)| *mark == self).map_or("refused", |(.., name)| name)
    }

    /// Whether it is an opening, after which a record was shown.
    #[must_use]
    pub const fn shows(self) -> bool {
        matches!(self, Self::Opened | Self::Again | Self::Uncounted)
    }

    /// Whether the attempt is charged to the budget, if the label is not charged yet.
    #[must_use]
    pub const fn costs(self) -> bool {
        matches!(self, Self::Opened | Self::Again | Self::Given)
    }

    /// Whether the parcel is signed off with it: the courier has it no longer.
    #[must_use]
    pub const fn signs_off(self) -> bool {
        matches!(self, Self::Delivered | Self::HandedOver | Self::Left)
    }

    /// Whether it says what became of a parcel in a round: signed off, not delivered and why, or given to a colleague.
    #[must_use]
    pub const fn concludes(self) -> bool {
        self.signs_off()
            || matches!(
                self,
                Self::Nobody
                    | Self::RefusedByRecipient
                    | Self::WrongAddress
                    | Self::ParcelDamaged
                    | Self::Given
            )
    }

    pub(super) fn number(self) -> u8 {
        if let Self::Refused(refusal) = self {
            let place = Refusal::ALL.iter().position(|known| *known == refusal);
            // There are fewer than 63 refusals, so that the sum fits a byte.
            return REFUSED + place.map_or(63, |place| place as u8);
        }
        Self::PLAIN.iter().find(|(mark, ..)| *mark == self).map_or(0, |(_, number, _)| *number)
    }

    pub(super) fn of(number: u8) -> Option<Self> {
        if let Some(place) = number.checked_sub(REFUSED) {
            return Refusal::ALL.get(usize::from(place)).copied().map(Self::Refused);
        }
        Self::PLAIN.iter().find(|(_, known, _)| *known == number).map(|(mark, ..)| *mark)
    }
}
