//! The masked summary: what a label prints of people (GB/T 41833-2022).
//!
//! Imports [`record`](crate::record) (the country), [`error`](crate::error) and [`bytes`](crate::bytes).
//!
//! [`mask`] proposes, [`check`] disposes: they are separate code, and a [`Summary`] is made only of what
//! passed the check, so that a label cannot be drawn from anything else.

mod address;
mod check;
mod fold;
mod list;
mod name;
mod phone;
mod shown;
mod union;

pub use check::{Rule, Violation, check};
pub use shown::{Shown, Told};
pub use union::{Beyond, union};

use crate::bytes::Text;
use crate::error::Field;
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
pub struct Masked {
    /// The name: at least one character hidden.
    pub name: Text<64>,
    /// The phone: at least six digits hidden.
    pub phone: Text<64>,
    /// The address: building, unit, floor and room hidden; it always ends in `***`.
    pub address: Text<512>,
}

/// Masks a person. One person has one mask, however spaces, widths and dashes are typed.
#[must_use]
pub fn mask(person: &Person<'_>) -> Masked {
    Masked {
        name: name::mask(person.name),
        phone: phone::mask(person.phone, person.country),
        address: address::mask(person),
    }
}

/// The summary of a label: proof that what it holds passed the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    recipient: Masked,
    sender: Option<Masked>,
}

impl Summary {
    /// Masks both people and checks the masks. A phone whose mask fails is not printed; an address whose mask fails
    /// is printed up to its first number, else as its division alone, and not at all where a door is told even there.
    ///
    /// # Errors
    /// [`Violation`], if the masker did not hide enough: no label is printed then.
    pub fn new(recipient: &Person<'_>, sender: Option<&Person<'_>>) -> Result<Self, Violation> {
        let careful = |person: &Person<'_>| -> Result<Masked, Violation> {
            let mut masked = mask(person);
            let mut checked = check(person, &masked);
            if checked.is_err_and(|violation| violation.field == Field::Phone) {
                masked.phone = phone::mask_all();
                checked = check(person, &masked);
            }
            for less in [address::mask_briefly, address::mask_coarsely, |_: &Person<'_>| address::mask_all()]
            {
                if !checked.is_err_and(|violation| violation.field == Field::Detail) {
                    break;
                }
                masked.address = less(person);
                checked = check(person, &masked);
            }
            checked.map(|()| masked)
        };
        Ok(Self { recipient: careful(recipient)?, sender: sender.map(careful).transpose()? })
    }

    /// Checks masks that were made elsewhere.
    ///
    /// # Errors
    /// [`Violation`] of the first mask that hides too little.
    pub fn from_masked(
        recipient: (&Person<'_>, Masked),
        sender: Option<(&Person<'_>, Masked)>,
    ) -> Result<Self, Violation> {
        check(recipient.0, &recipient.1)?;
        if let Some((person, masked)) = &sender {
            check(person, masked)?;
        }
        Ok(Self { recipient: recipient.1, sender: sender.map(|(_, masked)| masked) })
    }

    /// The recipient's mask.
    #[must_use]
    pub const fn recipient(&self) -> &Masked {
        &self.recipient
    }

    /// The sender's mask.
    #[must_use]
    pub const fn sender(&self) -> Option<&Masked> {
        self.sender.as_ref()
    }
}
