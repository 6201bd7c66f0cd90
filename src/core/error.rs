//! What can go wrong in the core: refusals of a reader, errors of a sealer.
//!
//! No error carries content of a record: they name the field and the rule.

use core::fmt;

/// Why a label was not opened. Checks run in this order and the first that fails wins, because the
/// courier's next step differs for each.
///
/// Refusals that come from the header repeat what the label *claims*: nothing of it is authenticated
/// before the tag is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refusal {
    /// The text is no Wayseal payload.
    NotOurs,
    /// A Wayseal payload whose framing does not hold: cut, altered or misread.
    Damaged,
    /// Sealed under another generation of the root than the keys held.
    OtherGeneration,
    /// Bound for a station whose keys are not held.
    OtherStation,
    /// Sealed on a day whose keys are not held; often a wrong clock.
    DayNotInHand,
    /// The keys held do not reach the tier asked for.
    TierNotGranted,
    /// The tag or the content under it does not hold: forged, altered or mixed up.
    Tampered,
    /// The tag holds, but the sealer was revoked from that day or an earlier one on.
    SealerRevoked,
}

impl Refusal {
    /// Every refusal, in the order of the checks.
    pub const ALL: [Self; 8] = [
        Self::NotOurs,
        Self::Damaged,
        Self::OtherGeneration,
        Self::OtherStation,
        Self::DayNotInHand,
        Self::TierNotGranted,
        Self::Tampered,
        Self::SealerRevoked,
    ];

    /// The stable name for machines: logs, JSON, test vectors.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotOurs => "not_ours",
            Self::Damaged => "damaged",
            Self::OtherGeneration => "other_generation",
            Self::OtherStation => "other_station",
            Self::DayNotInHand => "day_not_in_hand",
            Self::TierNotGranted => "tier_not_granted",
            Self::Tampered => "tampered",
            Self::SealerRevoked => "sealer_revoked",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotOurs => "not a Wayseal label",
            Self::Damaged => "the label's code is damaged",
            Self::OtherGeneration => "the label claims another generation of keys",
            Self::OtherStation => "the label claims another station",
            Self::DayNotInHand => "the label claims a day whose keys are not in hand",
            Self::TierNotGranted => "the keys in hand do not open this part of the label",
            Self::Tampered => "the label was tampered with",
            Self::SealerRevoked => "the label's sealer is revoked",
        })
    }
}

impl core::error::Error for Refusal {}

/// A field of a record, as errors name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Field {
    /// The recipient's name.
    Name,
    /// The recipient's phone.
    Phone,
    /// The country, ISO 3166-1 alpha-2.
    Country,
    /// The postcode.
    Postcode,
    /// Province, city and district, or their GB/T 2260 code.
    Division,
    /// The street or town.
    Street,
    /// Building, unit and room.
    Detail,
    /// The note to the courier.
    Note,
    /// The sender's name.
    SenderName,
    /// The sender's phone.
    SenderPhone,
    /// The waybill number.
    Waybill,
}

impl Field {
    /// The stable name for machines, as columns and JSON spell it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Phone => "phone",
            Self::Country => "country",
            Self::Postcode => "postcode",
            Self::Division => "division",
            Self::Street => "street",
            Self::Detail => "detail",
            Self::Note => "note",
            Self::SenderName => "sender_name",
            Self::SenderPhone => "sender_phone",
            Self::Waybill => "waybill",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why a record was not sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SealError {
    /// A field that must hold something is empty.
    Empty(Field),
    /// A field holds a character that no label may carry, such as a control character.
    Character(Field),
    /// A field is not of its form, such as a waybill number with a lower-case letter.
    Form(Field),
    /// The waybill number is a dummy, such as `000000000000`: labels under one number could not be
    /// told apart.
    Dummy,
    /// The record is longer than the largest label holds; by how many bytes.
    TooLong(u16),
    /// The keys given are not those of one sealer, day and destination.
    Keys,
}

impl fmt::Display for SealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty(field) => write!(f, "{field} is empty"),
            Self::Character(field) => write!(f, "{field} holds a character that cannot be printed"),
            Self::Form(field) => write!(f, "{field} is not of its form"),
            Self::Dummy => f.write_str("waybill is a dummy number"),
            Self::TooLong(over) => {
                write!(f, "the record is {over} bytes longer than a label holds")
            }
            Self::Keys => f.write_str("the keys are not those of one sealer, day and destination"),
        }
    }
}

impl core::error::Error for SealError {}
