//! An opened label, as an app shows it.

use crate::bytes::{Text, decimal};
use crate::payload::Handle;
use crate::record::{Division, PhoneNumber, division};
use crate::verifier::Opened;
use std::fmt;

/// The longest waybill number, in bytes.
const WAYBILL: usize = 34;

/// A field of an opened label. The numbers stay what they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
#[non_exhaustive]
pub enum RecordField {
    /// The waybill number.
    Waybill = 0,
    /// The recipient's name.
    Name = 1,
    /// The country, ISO 3166-1 alpha-2.
    Country = 2,
    /// The postcode.
    Postcode = 3,
    /// The province, by name.
    Province = 4,
    /// The city, by name.
    City = 5,
    /// The district, by name.
    District = 6,
    /// The six digits of the division's code, also where the names are not known here; empty if the label has names.
    DivisionCode = 7,
    /// The street or township.
    Street = 8,
    /// The address within it.
    Detail = 9,
    /// The note for the courier.
    Note = 10,
    /// The recipient's number, without extension.
    Phone = 11,
    /// The digits that are dialled once it answers, or empty.
    Extension = 12,
    /// The sender's number, without extension.
    SenderPhone = 13,
    /// The extension of the sender's number.
    SenderExtension = 14,
    /// The sender's name.
    SenderName = 15,
}

impl RecordField {
    /// Every field, by its number.
    pub const ALL: [Self; 16] = [
        Self::Waybill,
        Self::Name,
        Self::Country,
        Self::Postcode,
        Self::Province,
        Self::City,
        Self::District,
        Self::DivisionCode,
        Self::Street,
        Self::Detail,
        Self::Note,
        Self::Phone,
        Self::Extension,
        Self::SenderPhone,
        Self::SenderExtension,
        Self::SenderName,
    ];

    /// The stable name for machines.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waybill => "waybill",
            Self::Name => "name",
            Self::Country => "country",
            Self::Postcode => "postcode",
            Self::Province => "province",
            Self::City => "city",
            Self::District => "district",
            Self::DivisionCode => "division_code",
            Self::Street => "street",
            Self::Detail => "detail",
            Self::Note => "note",
            Self::Phone => "phone",
            Self::Extension => "extension",
            Self::SenderPhone => "sender_phone",
            Self::SenderExtension => "sender_extension",
            Self::SenderName => "sender_name",
        }
    }
}

/// An opened label. Its texts lie in the device's buffer, which the next call, [`conceal`](super::Device::conceal) and dropping the
/// device wipe; copy none of them into what does not wipe itself.
pub struct OpenedLabel<'d> {
    record: Box<Opened<'d>>,
    waybill: Text<WAYBILL>,
    code: Text<6>,
    /// The label, for sign-off and list.
    pub handle: Handle,
    /// The number of this opening of the label, 1 for the first.
    pub times: u32,
    /// Whether the scan was sent twice: a part of the opening before it, and charged once.
    pub repeated: bool,
    /// Labels left in the budget until the next hand-in; `None` without a budget.
    pub left: Option<u32>,
}

impl<'d> OpenedLabel<'d> {
    pub(super) fn new(
        record: Box<Opened<'d>>,
        handle: Handle,
        (times, repeated): (u32, bool),
        left: Option<u32>,
    ) -> Self {
        let waybill = record.header.waybill.text();
        let mut code = Text::new();
        if let Some(Division::Code(of)) = record.delivery.as_ref().map(|delivery| &delivery.division) {
            let mut digits = [0; 6];
            // Six digits by construction.
            let _fits = decimal(of.number().into(), &mut digits);
            let _fits = code.push_str(std::str::from_utf8(&digits).unwrap_or_default());
        }
        Self { record, waybill, code, handle, times, repeated, left }
    }

    /// The text of a field, empty if the label or the opened sections have none.
    #[must_use]
    pub fn field(&self, field: RecordField) -> &str {
        let (delivery, contact) = (self.record.delivery.as_ref(), self.record.contact.as_ref());
        let names = || match delivery.map(|delivery| &delivery.division) {
            Some(&Division::Code(code)) => division::names(code).unwrap_or_default(),
            Some(&Division::Names { province, city, district }) => [province, city, district],
            None => [""; 3],
        };
        let phone = contact.map_or("", |contact| contact.phone);
        let sender = contact.map_or("", |contact| contact.sender_phone);
        match field {
            RecordField::Waybill => &self.waybill,
            RecordField::Name => delivery.map_or("", |delivery| delivery.name),
            RecordField::Country => delivery.map_or("", |delivery| delivery.country.as_str()),
            RecordField::Postcode => delivery.map_or("", |delivery| delivery.postcode),
            RecordField::Province => names()[0],
            RecordField::City => names()[1],
            RecordField::District => names()[2],
            RecordField::DivisionCode => &self.code,
            RecordField::Street => delivery.map_or("", |delivery| delivery.street),
            RecordField::Detail => delivery.map_or("", |delivery| delivery.detail),
            RecordField::Note => delivery.map_or("", |delivery| delivery.note),
            RecordField::Phone => PhoneNumber::of(phone).main,
            RecordField::Extension => PhoneNumber::of(phone).extension.unwrap_or_default(),
            RecordField::SenderPhone => PhoneNumber::of(sender).main,
            RecordField::SenderExtension => PhoneNumber::of(sender).extension.unwrap_or_default(),
            RecordField::SenderName => contact.map_or("", |contact| contact.sender_name),
        }
    }

    /// The day of sealing, in days since 2020-01-01.
    #[must_use]
    pub fn day(&self) -> u16 {
        self.record.day.number()
    }

    /// Entries of a later version that were skipped.
    #[must_use]
    pub fn skipped(&self) -> usize {
        self.record.skipped.delivery.len() + self.record.skipped.contact.len()
    }
}

impl fmt::Debug for OpenedLabel<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenedLabel")
            .field("times", &self.times)
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}
