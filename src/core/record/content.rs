//! The two sections of a record.

use super::country::Country;
use super::division_code::DivisionCode;
use core::fmt;

/// What a courier needs: who, where, and a note.
///
/// Exhaustive, so that a new field breaks every place that must handle it.
pub struct Delivery<'a> {
    /// The recipient's name. Never empty.
    pub name: &'a str,
    /// ISO 3166-1 alpha-2. `CN` for records with a GB/T 2260 division.
    pub country: Country,
    /// The postcode, or empty.
    pub postcode: &'a str,
    /// Province, city and district.
    pub division: Division<'a>,
    /// Street, town or township, or empty.
    pub street: &'a str,
    /// Road, building, unit and room, or empty.
    pub detail: &'a str,
    /// The note to the courier, or empty.
    pub note: &'a str,
}

/// What a relay needs: whom to call, and on whose behalf.
///
/// Exhaustive, so that a new field breaks every place that must handle it.
pub struct Contact<'a> {
    /// The recipient's phone. Empty only if there is a sender.
    pub phone: &'a str,
    /// The sender's phone, or empty.
    pub sender_phone: &'a str,
    /// The sender's name, or empty.
    pub sender_name: &'a str,
}

impl Contact<'_> {
    /// Whether there is neither a phone nor a sender.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.phone.is_empty() && self.sender_phone.is_empty() && self.sender_name.is_empty()
    }
}

/// Province, city and district, as a code if the division table has them.
pub enum Division<'a> {
    /// A GB/T 2260 code.
    Code(DivisionCode),
    /// Names without a code; each may be empty.
    Names {
        /// Province, state or prefecture.
        province: &'a str,
        /// City.
        city: &'a str,
        /// District or county.
        district: &'a str,
    },
}

impl fmt::Debug for Delivery<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Delivery { .. }")
    }
}

impl fmt::Debug for Contact<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Contact { .. }")
    }
}

impl fmt::Debug for Division<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Division { .. }")
    }
}
