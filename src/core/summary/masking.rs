//! The masker and the check, for any terms.

use super::check::Violation;
use super::person::{Masked, Person};
use super::terms::Terms;
use super::usual::Usual;
use super::{address, check as proof, name, phone};
use crate::bytes::Text;
use crate::error::Field;

impl Terms<'_> {
    /// Masks a person. One person has one mask, however blanks, widths, dashes, digits and variants are typed.
    #[must_use]
    pub fn mask(self, person: &Person<'_>) -> Masked {
        self.made(person, &Usual::new(person))
    }

    /// Checks a mask that was made on these terms.
    ///
    /// # Errors
    /// The first [`Violation`] found.
    pub fn check(self, person: &Person<'_>, masked: &Masked) -> Result<(), Violation> {
        proof::check(person, &Usual::new(person), masked, self)
    }

    fn made(self, person: &Person<'_>, usual: &Usual) -> Masked {
        Masked {
            name: name::mask(&usual.name, person.name, usual.writing),
            phone: phone::mask(person.phone, person.country),
            address: address::mask(person, usual, &self),
        }
    }

    /// A mask that passes the check: what fails it is printed less of, an address its division alone.
    pub(super) fn proven(self, person: &Person<'_>) -> Result<Masked, Violation> {
        let usual = Usual::new(person);
        let check = |masked: &Masked| proof::check(person, &usual, masked, self);
        let mut masked = self.made(person, &usual);
        for _ in 0..4 {
            match check(&masked) {
                Ok(()) => return Ok(masked),
                Err(Violation { field: Field::Phone, .. }) => masked.phone = hidden("******"),
                Err(Violation { field: Field::Name, .. }) => masked.name = hidden("*"),
                Err(_) => {
                    let division = address::mask_division(person, &usual);
                    masked.address = if masked.address == division { hidden("***") } else { division };
                }
            }
        }
        check(&masked).map(|()| masked)
    }
}

/// Stars alone.
fn hidden<const N: usize>(stars: &str) -> Text<N> {
    let mut out = Text::new();
    let _fits = out.push_str(stars);
    out
}

/// Masks a person on the default [`Terms`].
#[must_use]
pub fn mask(person: &Person<'_>) -> Masked {
    Terms::default().mask(person)
}

/// Checks a mask that was made on the default [`Terms`].
///
/// # Errors
/// The first [`Violation`] found.
pub fn check(person: &Person<'_>, masked: &Masked) -> Result<(), Violation> {
    Terms::default().check(person, masked)
}
