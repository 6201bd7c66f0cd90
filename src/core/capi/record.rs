//! A record, as C gets it.

use crate::bytes::decimal;
use crate::record::{Division, TEXT_MAX, division};

/// Capacity in bytes of a record's text buffer, terminating zeros included.
pub const RECORD_TEXT: usize = TEXT_MAX + 256 + 512;

/// An opened label. Each field is the offset in `text` of a null-terminated string; offset 0 is the empty string.
#[repr(C)]
pub struct CRecord {
    /// The day of sealing, in days since 2020-01-01.
    day: u16,
    waybill: u16,
    name: u16,
    country: u16,
    postcode: u16,
    province: u16,
    city: u16,
    district: u16,
    street: u16,
    detail: u16,
    note: u16,
    phone: u16,
    sender_phone: u16,
    sender_name: u16,
    /// The six digits of GB/T 2260, also where this library has no names for them; empty if the label has names.
    division_code: u16,
    /// How many entries of a later version were skipped. Whoever seals the record again would lose them.
    skipped: u16,
    text: [u8; RECORD_TEXT],
}

impl CRecord {
    pub(super) fn clear(&mut self) {
        let numbers = [
            &mut self.day,
            &mut self.waybill,
            &mut self.name,
            &mut self.country,
            &mut self.postcode,
            &mut self.province,
            &mut self.city,
            &mut self.district,
            &mut self.street,
            &mut self.detail,
            &mut self.note,
            &mut self.phone,
            &mut self.sender_phone,
            &mut self.sender_name,
            &mut self.division_code,
            &mut self.skipped,
        ];
        numbers.into_iter().for_each(|number| *number = 0);
        zeroize::Zeroize::zeroize(&mut self.text);
    }

    pub(super) fn fill(&mut self, opened: &crate::verifier::Opened<'_>) {
        self.day = opened.day.number();
        self.skipped = (opened.skipped.delivery.len() + opened.skipped.contact.len()) as u16;
        // Offset 0 holds the empty string.
        let mut end = 1;
        let text = &mut self.text;
        let mut put = |field: &mut u16, content: &str| {
            let Some(place) = text.get_mut(end..end + content.len()) else { return };
            if !content.is_empty() {
                place.copy_from_slice(content.as_bytes());
                // Below 2^16, since `text` is shorter.
                *field = end as u16;
                end += content.len() + 1;
            }
        };
        put(&mut self.waybill, &opened.header.waybill.text());
        if let Some(delivery) = &opened.delivery {
            let mut digits = [0; 6];
            let (code, [province, city, district]) = match delivery.division {
                Division::Code(code) => {
                    // Six digits by construction.
                    let _fits = decimal(code.number().into(), &mut digits);
                    (
                        core::str::from_utf8(&digits).unwrap_or_default(),
                        division::names(code).unwrap_or_default(),
                    )
                }
                Division::Names { province, city, district } => ("", [province, city, district]),
            };
            put(&mut self.division_code, code);
            for (field, content) in [
                (&mut self.name, delivery.name),
                (&mut self.country, delivery.country.as_str()),
                (&mut self.postcode, delivery.postcode),
                (&mut self.province, province),
                (&mut self.city, city),
                (&mut self.district, district),
                (&mut self.street, delivery.street),
                (&mut self.detail, delivery.detail),
                (&mut self.note, delivery.note),
            ] {
                put(field, content);
            }
        }
        if let Some(contact) = &opened.contact {
            put(&mut self.phone, contact.phone);
            put(&mut self.sender_phone, contact.sender_phone);
            put(&mut self.sender_name, contact.sender_name);
        }
    }
}

// The header declares 1536 bytes, which holds the largest record.
const _: () = assert!(RECORD_TEXT == 1536);
