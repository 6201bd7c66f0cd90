//! A person, and what is printed of them.

use crate::bytes::Text;
use crate::record::Country;
use core::fmt;

/// A person as an order names them.
pub struct Person<'a> {
    /// The name.
    pub name: &'a str,
    /// The phone.
    pub phone: &'a str,
    /// The country.
    pub country: Country,
    /// The postcode, or empty.
    pub postcode: &'a str,
    /// Province, city and district; each may be empty.
    pub division: [&'a str; 3],
    /// Street or town, or empty.
    pub street: &'a str,
    /// Road, building, unit, room; or empty.
    pub detail: &'a str,
}

impl fmt::Debug for Person<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Person { .. }")
    }
}

/// What would be printed of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Masked {
    /// The name: at least one character hidden.
    pub name: Text<64>,
    /// The phone: at least six digits hidden.
    pub phone: Text<64>,
    /// The address: building, unit, floor and room hidden; it always ends in `***`.
    pub address: Text<512>,
}
