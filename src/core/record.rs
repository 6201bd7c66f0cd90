//! A parcel's record and its compact binary codec.
//!
//! In: the fields of a record. Out: the plaintext of a section, at most 172 bytes for delivery and 30 for contact;
//! and back. Nothing here encrypts.
//!
//! A record has two sections because two tiers of keys open them: [`Delivery`] is what a courier needs to bring the
//! parcel, [`Contact`] what a relay needs to call. Both borrow their text and show none of it in `Debug`.

mod contact;
mod content;
mod country;
mod decode_error;
mod delivery;
#[cfg(feature = "names")]
pub mod division;
mod division_code;
mod entries;
mod limits;
mod offsets;
mod packed_phone;
mod phone;
mod phone_number;
mod postcode;
mod printable;
mod sink;
mod source;
mod tables;
mod text;

pub use contact::{ReadContact, decode_contact, encode_contact, encode_contact_to, read_contact};
pub use content::{Contact, Delivery, Division};
pub use country::Country;
pub use decode_error::DecodeError;
pub use delivery::{ReadDelivery, decode_delivery, encode_delivery, longest_text, read_delivery};
pub use division_code::DivisionCode;
pub use entries::EntryKinds;
pub use limits::{CONTACT_SIZES, CONTACT_TEXT_MAX, DELIVERY_MAX, TEXT_MAX};
pub use phone_number::{PhoneNumber, TelUri};
