//! Errors of the core: [`Refusal`] when opening, [`SealError`] when sealing.
//!
//! An error names the field and the rule. It never contains text of a record.

use core::fmt;

/// Why a label was not opened. The checks run in the order of the variants and the first failure is returned,
/// because the courier's next step differs for each.
///
/// A refusal based on the header reports what the label *claims*: the header is not authenticated before the tag is
/// checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refusal {
    /// The text has no Wayseal prefix.
    NotOurs,
    /// A Wayseal payload with invalid framing: cut, altered or misread.
    Damaged,
    /// The keys held are of another generation of the root.
    OtherGeneration,
    /// No keys are held for the destination station.
    OtherStation,
    /// No keys are held for the day of sealing. A common cause is a wrong clock.
    DayNotInHand,
    /// The keys held do not open the requested tier.
    TierNotGranted,
    /// The tag is wrong or the plaintext is malformed: the label is forged, altered or combined from others.
    Tampered,
    /// The tag is right, but the sealer is revoked as of the day of sealing.
    SealerRevoked,
    /// The label is sound, and was sealed by a later version than this reader knows: update the reader.
    Unsupported,
}

impl Refusal {
    /// All refusals, in the order of the checks.
    pub const ALL: [Self; 9] = [
        Self::NotOurs,
        Self::Damaged,
        Self::OtherGeneration,
        Self::OtherStation,
        Self::DayNotInHand,
        Self::TierNotGranted,
        Self::Tampered,
        Self::SealerRevoked,
        Self::Unsupported,
    ];

    /// The stable identifier in logs, JSON and test vectors.
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
            Self::Unsupported => "unsupported",
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
            Self::DayNotInHand => "the label claims a day for which no keys are held",
            Self::TierNotGranted => "the keys held do not open this part of the label",
            Self::Tampered => "the label was tampered with",
            Self::SealerRevoked => "the label's sealer is revoked",
            Self::Unsupported => "the label needs a later reader",
        })
    }
}

impl core::error::Error for Refusal {}

/// A field of a record, as errors report it.
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
    /// The stable identifier, as columns and JSON spell it.
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
    /// A mandatory field is empty.
    Empty(Field),
    /// A field contains a character that must not be on a label, such as a control character.
    Character(Field),
    /// A field is malformed, such as a waybill number with a lower-case letter.
    Form(Field),
    /// The waybill number is a placeholder such as `000000000000`, which does not identify one parcel.
    Dummy,
    /// A section of the record exceeds what a label holds.
    TooLong(Excess),
    /// The keys do not belong to one sealer, day and destination.
    Keys,
}

impl fmt::Display for SealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty(field) => write!(f, "{field} is empty"),
            Self::Character(field) => write!(f, "{field} contains a character that must not be on a label"),
            Self::Form(field) => write!(f, "{field} is malformed"),
            Self::Dummy => f.write_str("waybill is a placeholder number"),
            Self::TooLong(excess) => excess.fmt(f),
            Self::Keys => f.write_str("the keys do not belong to one sealer, day and destination"),
        }
    }
}

impl core::error::Error for SealError {}

/// By how much a record exceeds a label, and what to shorten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Excess {
    /// The section that is too long.
    pub section: RecordSection,
    /// The field that takes the most room in that section.
    pub field: Field,
    /// Bytes of the section beyond what a label holds; a character of the field takes one to four.
    pub bytes: u16,
}

impl Excess {
    pub(crate) fn new(section: RecordSection, field: Field, bytes: usize) -> Self {
        Self { section, field, bytes: bytes.min(u16::MAX.into()) as u16 }
    }
}

impl fmt::Display for Excess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { section, field, bytes } = self;
        write!(f, "the {section} section is {bytes} bytes longer than a label holds, most of it {field}")
    }
}

/// The two sections of a record, which two tiers of keys open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RecordSection {
    /// What a courier needs to bring the parcel.
    Delivery,
    /// What a relay needs to call: the phones and the sender's name.
    Contact,
}

impl RecordSection {
    /// The stable identifier, as in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Delivery => "delivery",
            Self::Contact => "contact",
        }
    }
}

impl fmt::Display for RecordSection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
