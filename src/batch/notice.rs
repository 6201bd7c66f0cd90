//! What was done to an order, or is missing on its label, that people should know although there is a label.
//!
//! A [`Reject`](super::reject::Reject) stands in place of a label; a [`Notice`] comes with one. Each label carries a set of
//! them, and the manifest counts the labels of each kind, so that a resumed batch says what its first run did.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A kind of notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[repr(u8)]
pub enum Notice {
    /// A text is printed as `***`, since it might reveal what the masks hide.
    WithheldText,
    /// Characters have no glyph in any font, and are printed as boxes.
    MissingGlyphs,
    /// The sender's name is not sealed: the contact section has no room for it, or there is no contact section.
    SenderNameLeftOut,
    /// The sender's phone is not sealed, for the same reasons.
    SenderPhoneLeftOut,
    /// The order has a phone or an address of the sender and no name: the label shows no sender.
    SenderUnnamed,
    /// The phone is sealed in another spelling: one hyphen before the extension, digits of mainland China without `+86`.
    PhoneRespelled,
    /// The phone's extension came from a column of its own, or from brackets after name and address.
    ExtensionJoined,
    /// Two places name different extensions, or one that cannot be read: name and address are sealed as they stand.
    ExtensionsDisagree,
    /// The virtual number is sealed in place of a phone that is masked or cannot be dialled.
    VirtualPhone,
    /// A virtual number beside a phone that can be dialled is not sealed.
    VirtualPhoneUnused,
    /// The virtual number ends before the parcel is likely to be delivered.
    PhoneExpires,
    /// The validity of the virtual number cannot be read.
    ValidityUnread,
    /// The phone cannot be dialled, and the order is sealed without one, as the shop allows.
    PhoneDropped,
    /// A second number or words of the phone's cell went into the note.
    PhoneRest,
    /// Remarks in name or address went into the note.
    RemarkMoved,
    /// Labels, and what repeats other columns, are taken off name or address.
    RepeatRemoved,
    /// The address repeats the columns of province, city and district, and is sealed without them.
    DivisionRepeated,
    /// The platform has masked the name, and it is sealed so.
    MaskedName,
    /// An identity number is sealed in the note, as the shop allows for customs.
    IdentitySealed,
    /// Words, a second number or what cannot be dialled is left out of the sender's cells.
    SenderReduced,
    /// The order names a station, and the file of stations says that another one serves its address.
    StationElsewhere,
    /// The station that the order names is over, and the label is for the one that follows it, with its routing.
    StationSucceeded,
    /// A second column of phones holds another number than the one that is sealed.
    OtherPhone,
    /// The order has no address for delivery, and goes to the billing address, as its shop sends it.
    OtherAddress,
    /// A column that is not used holds what looks like an address or a phone.
    UnusedPersonal,
}

impl Notice {
    /// Every kind, in the order of the enum.
    pub const ALL: [Self; 25] = [
        Self::WithheldText,
        Self::MissingGlyphs,
        Self::SenderNameLeftOut,
        Self::SenderPhoneLeftOut,
        Self::SenderUnnamed,
        Self::PhoneRespelled,
        Self::ExtensionJoined,
        Self::ExtensionsDisagree,
        Self::VirtualPhone,
        Self::VirtualPhoneUnused,
        Self::PhoneExpires,
        Self::ValidityUnread,
        Self::PhoneDropped,
        Self::PhoneRest,
        Self::RemarkMoved,
        Self::RepeatRemoved,
        Self::DivisionRepeated,
        Self::MaskedName,
        Self::IdentitySealed,
        Self::SenderReduced,
        Self::StationElsewhere,
        Self::StationSucceeded,
        Self::OtherPhone,
        Self::OtherAddress,
        Self::UnusedPersonal,
    ];

    /// Its name in events and in the manifest.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::WithheldText => "withheld_text",
            Self::MissingGlyphs => "missing_glyphs",
            Self::SenderNameLeftOut => "sender_name_left_out",
            Self::SenderPhoneLeftOut => "sender_phone_left_out",
            Self::SenderUnnamed => "sender_unnamed",
            Self::PhoneRespelled => "phone_respelled",
            Self::ExtensionJoined => "extension_joined",
            Self::ExtensionsDisagree => "extensions_disagree",
            Self::VirtualPhone => "virtual_phone",
            Self::VirtualPhoneUnused => "virtual_phone_unused",
            Self::PhoneExpires => "phone_expires",
            Self::ValidityUnread => "validity_unread",
            Self::PhoneDropped => "phone_dropped",
            Self::PhoneRest => "phone_rest",
            Self::RemarkMoved => "remark_moved",
            Self::RepeatRemoved => "repeat_removed",
            Self::DivisionRepeated => "division_repeated",
            Self::MaskedName => "masked_name",
            Self::IdentitySealed => "identity_sealed",
            Self::SenderReduced => "sender_reduced",
            Self::StationElsewhere => "station_elsewhere",
            Self::StationSucceeded => "station_succeeded",
            Self::OtherPhone => "other_phone",
            Self::OtherAddress => "other_address",
            Self::UnusedPersonal => "unused_personal",
        }
    }
}

/// The notices of one label.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Notices(u64);

impl Notices {
    /// Adds a notice.
    pub const fn add(&mut self, notice: Notice) {
        self.0 |= 1 << notice as u8;
    }

    /// Adds a notice if `holds`.
    #[must_use]
    pub const fn with(mut self, notice: Notice, holds: bool) -> Self {
        if holds {
            self.add(notice);
        }
        self
    }

    /// These and others.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the notice is among them.
    #[must_use]
    pub const fn holds(self, notice: Notice) -> bool {
        self.0 & (1 << notice as u8) != 0
    }

    /// The notices, in the order of the enum.
    pub fn iter(self) -> impl Iterator<Item = Notice> {
        Notice::ALL.into_iter().filter(move |notice| self.holds(*notice))
    }
}

/// The number of labels with each notice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NoticeCounts(BTreeMap<Notice, u64>);

impl NoticeCounts {
    /// Counts the notices of one label.
    pub fn count(&mut self, notices: Notices) {
        for notice in notices.iter() {
            *self.0.entry(notice).or_default() += 1;
        }
    }

    /// Whether no label had a notice.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The notices that labels had, each with their number.
    pub fn iter(&self) -> impl Iterator<Item = (Notice, u64)> {
        self.0.iter().map(|(notice, labels)| (*notice, *labels))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_listed_once_in_order_and_named_as_it_is_serialised() {
        for (at, notice) in Notice::ALL.into_iter().enumerate() {
            assert_eq!(notice as usize, at);
            assert_eq!(serde_json::to_string(&notice).unwrap(), format!("\"{}\"", notice.name()));
        }
    }

    #[test]
    fn labels_are_counted_once_for_each_of_their_notices() {
        let both = Notices::default().with(Notice::MissingGlyphs, true).with(Notice::WithheldText, true);
        let one = Notices::default().with(Notice::MissingGlyphs, true).with(Notice::WithheldText, false);
        let mut counts = NoticeCounts::default();
        for notices in [both, one, Notices::default()] {
            counts.count(notices);
        }
        let counted: Vec<_> = counts.iter().collect();
        assert_eq!(counted, [(Notice::WithheldText, 1), (Notice::MissingGlyphs, 2)]);
    }
}
