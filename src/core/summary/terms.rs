//! What a carrier or a parcel asks of the masks.

use super::line::{Line, alphanumeric, lower};
use super::person::Person;
use crate::record::Country;
use core::fmt;

/// Places where parcels wait for anybody, which a carrier names: lockers, shops, station shops.
pub trait PickupPoints {
    /// What is printed of the point that an address begins with: its name and code. The address is in the form of
    /// [`point_key`].
    fn find(&self, country: Country, address: &[char]) -> Option<&str>;
}

/// The form in which names of pick-up points are compared: as typed in any width, case, script, with any blanks.
pub fn point_key(text: &str, mut each: impl FnMut(char)) {
    let line = Line::of_ideographs(&[text], true);
    line.iter().filter(|c| alphanumeric(**c)).for_each(|c| each(lower(*c)));
}

/// What a carrier or a parcel asks of the mask of an address.
#[derive(Clone, Copy, Default)]
#[non_exhaustive]
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
    /// With or without the building.
    #[must_use]
    pub const fn with_building(self, building: bool) -> Self {
        Self { building, ..self }
    }

    /// With nothing but the division, or with more.
    #[must_use]
    pub const fn with_discreet(self, discreet: bool) -> Self {
        Self { discreet, ..self }
    }

    /// With pick-up points that are printed.
    #[must_use]
    pub const fn with_points(self, points: Option<&'a dyn PickupPoints>) -> Self {
        Self { points, ..self }
    }

    /// The pick-up point that an address begins with.
    pub(super) fn point(self, person: &Person<'_>) -> Option<&'a str> {
        let points = self.points.filter(|_| !self.discreet)?;
        [person.street, person.detail].into_iter().filter(|part| !part.is_empty()).find_map(|part| {
            let mut key = Line::new();
            point_key(part, |character| key.push(character));
            points.find(person.country, &key)
        })
    }
}
