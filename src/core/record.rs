//! A parcel's record: its fields, and the codec that makes it small.
//!
//! Imports [`error`](crate::error), [`bytes`](crate::bytes) and [`secret`](crate::secret) only.
//!
//! A record has two parts because two tiers of keys open them: [`Delivery`] is what a courier needs to
//! bring the parcel, [`Contact`] what a relay needs to ring. Both borrow their text and show none of it in
//! `Debug`.

mod contact;
mod delivery;
#[cfg(feature = "names")]
pub mod division;
mod phone;
mod sink;
mod source;
mod tables;
mod text;

pub use contact::{ReadContact, decode_contact, encode_contact, read_contact};
pub use delivery::{ReadDelivery, decode_delivery, encode_delivery, read_delivery};

use core::fmt;

/// A plaintext that no encoder writes: bad framing, an unknown codec or token, a fill that is not zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

/// Bytes of text, all fields together, that a decoded part of a record may have.
pub const TEXT_MAX: usize = 768;

/// Bytes of plaintext the largest delivery section holds.
pub const DELIVERY_MAX: usize = 172;

/// Bytes of contact plaintext, smallest class first.
pub const CONTACT_SIZES: [usize; 3] = [6, 14, 30];

/// What a courier needs: who, where, and a note.
pub struct Delivery<'a> {
    /// The recipient's name; never empty.
    pub name: &'a str,
    /// ISO 3166-1 alpha-2, `CN` for the records that carry a division.
    pub country: Country,
    /// The postcode, or empty.
    pub postcode: &'a str,
    /// Province, city and district.
    pub division: Division<'a>,
    /// Street, town or township; or empty.
    pub street: &'a str,
    /// Road, building, unit, room; or empty.
    pub detail: &'a str,
    /// The note to the courier, or empty.
    pub note: &'a str,
}

/// What a relay needs: whom to ring, and on whose behalf.
pub struct Contact<'a> {
    /// The recipient's phone; never empty.
    pub phone: &'a str,
    /// The sender's phone, or empty.
    pub sender_phone: &'a str,
    /// The sender's name, or empty.
    pub sender_name: &'a str,
}

/// Province, city and district, by number where the table knows them.
pub enum Division<'a> {
    /// A GB/T 2260 code.
    Code(DivisionCode),
    /// Names that match no code; each may be empty.
    Names {
        /// Province, state or prefecture.
        province: &'a str,
        /// City.
        city: &'a str,
        /// District or county.
        district: &'a str,
    },
}

/// A GB/T 2260 code: six digits, 20 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DivisionCode(u32);

impl DivisionCode {
    /// `code` if it has at most six digits.
    #[must_use]
    pub const fn new(code: u32) -> Option<Self> {
        if code <= 999_999 { Some(Self(code)) } else { None }
    }

    /// The code as a number.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }
}

/// A country, ISO 3166-1 alpha-2, upper case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// China, which needs no byte of its own in a record.
    pub const CN: Self = Self(*b"CN");

    /// Two upper-case ASCII letters.
    #[must_use]
    pub const fn new(code: [u8; 2]) -> Option<Self> {
        if code[0].is_ascii_uppercase() && code[1].is_ascii_uppercase() { Some(Self(code)) } else { None }
    }

    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Two ASCII letters, by construction.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
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
