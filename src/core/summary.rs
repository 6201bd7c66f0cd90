//! The masked summary: what a label prints of people (GB/T 41833-2022). docs/masks.md states the rules.
//!
//! What is printed of an address is what a small positive grammar over one vocabulary knows to be public; all else is
//! `***`. [`mask`] proposes, [`check`] disposes: it proves each printed piece anew, and a [`Summary`] is made only of
//! what it proved, so that a label cannot be drawn from anything else.

mod address;
mod check;
mod line;
mod name;
mod phone;
mod pinyin;
mod shown;
mod union;
mod variants;
mod words;

pub use check::{Rule, Violation};
pub use shown::{Shown, Told, holds_phone};
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
pub struct Masked {
    /// The name: at least one character hidden.
    pub name: Text<64>,
    /// The phone: at least six digits hidden.
    pub phone: Text<64>,
    /// The address: building, unit, floor and room hidden; it always ends in `***`.
    pub address: Text<512>,
}

/// Places where parcels wait for anybody, which a carrier names: lockers, shops, station shops.
pub trait PickupPoints {
    /// What is printed of the point that an address begins with: its name and code. The address is in the form of
    /// [`point_key`].
    fn find(&self, country: Country, address: &[char]) -> Option<&str>;
}

/// The form in which names of pick-up points are compared: as typed in any width, case, script, with any blanks.
pub fn point_key(text: &str, mut each: impl FnMut(char)) {
    let line = line::Line::of_ideographs(&[text], true);
    line.iter().filter(|c| c.is_alphanumeric()).for_each(|c| each(line::lower(*c)));
}

/// What a carrier or a parcel asks of the mask of an address.
#[derive(Clone, Copy, Default)]
pub struct Terms<'a> {
    /// The building may be printed: the standard hides unit and room. By default it is hidden as well.
    pub building: bool,
    /// Nothing but the division is printed.
    pub discreet: bool,
    /// The pick-up points that are printed.
    pub points: Option<&'a dyn PickupPoints>,
}

impl fmt::Debug for Terms<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Terms")
            .field("building", &self.building)
            .field("discreet", &self.discreet)
            .finish_non_exhaustive()
    }
}

impl<'a> Terms<'a> {
    /// The pick-up point that an address begins with.
    fn point(self, person: &Person<'_>) -> Option<&'a str> {
        let points = self.points.filter(|_| !self.discreet)?;
        [person.street, person.detail].into_iter().filter(|part| !part.is_empty()).find_map(|part| {
            let mut key = line::Line::new();
            point_key(part, |character| key.extend(&[character]));
            points.find(person.country, &key)
        })
    }


    /// Masks a person. One person has one mask, however blanks, widths, dashes, digits and variants are typed.
    #[must_use]
    pub fn mask(self, person: &Person<'_>) -> Masked {
        Masked {
            name: name::mask(person.name, address::Writing::of(person.country)),
            phone: phone::mask(person.phone, person.country),
            address: address::mask(person, &self),
        }
    }

    /// Checks a mask that was made on these terms.
    ///
    /// # Errors
    /// The first [`Violation`] found.
    pub fn check(self, person: &Person<'_>, masked: &Masked) -> Result<(), Violation> {
        check::check(person, masked, self)
    }

    /// A mask that passes the check: what fails it is printed less of, an address its division alone.
    fn proven(self, person: &Person<'_>) -> Result<Masked, Violation> {
        let mut masked = self.mask(person);
        for _ in 0..4 {
            match self.check(person, &masked) {
                Ok(()) => return Ok(masked),
                Err(Violation { field: Field::Phone, .. }) => masked.phone = phone::mask_all(),
                Err(Violation { field: Field::Name, .. }) => masked.name = name::mask_all(),
                Err(_) => {
                    let division = address::mask_division(person);
                    masked.address = if masked.address == division { address::mask_all() } else { division };
                }
            }
        }
        self.check(person, &masked).map(|()| masked)
    }
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

/// The summary of a label: proof that what it holds passed the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    recipient: Masked,
    sender: Option<Masked>,
}

impl Summary {
    /// Masks both people and checks the masks. Of what fails the check less is printed: of an address its division
    /// alone, and nothing of a phone.
    ///
    /// # Errors
    /// [`Violation`], if a mask fails the check even so: no label is printed then.
    pub fn new(recipient: &Person<'_>, sender: Option<&Person<'_>>) -> Result<Self, Violation> {
        Self::on(Terms::default(), recipient, sender)
    }

    /// The same on a carrier's terms; `discreet` is the recipient's alone.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn on(terms: Terms<'_>, recipient: &Person<'_>, sender: Option<&Person<'_>>) -> Result<Self, Violation> {
        let own = Terms { discreet: false, ..terms };
        let sender = sender.map(|sender| own.proven(sender)).transpose()?;
        Ok(Self { recipient: terms.proven(recipient)?, sender })
    }

    /// Checks masks that were made elsewhere, on the default terms.
    ///
    /// # Errors
    /// [`Violation`] of the first mask that shows what is not proven.
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
