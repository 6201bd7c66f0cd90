//! A person's texts in their usual form, made once for the masker and the check.

use super::line::Line;
use super::name::Known;
use super::person::Person;
use super::writing::Writing;

/// Name, columns and address. What is written in words alone has no lines here.
pub(super) struct Usual {
    pub(super) writing: Writing,
    pub(super) name: Known,
    /// The columns and the street, one after the other, and where each ends.
    places: Line,
    ends: [usize; 4],
    pub(super) detail: Line,
}

impl Usual {
    pub(super) fn new(person: &Person<'_>) -> Self {
        let writing = Writing::of(person.country);
        let (mut places, mut detail, mut ends) = (Line::new(), Line::new(), [0; 4]);
        if !matches!(writing, Writing::Words | Writing::Korea) {
            // Characters of Japan are those of its own records.
            let simplify = writing != Writing::Japan;
            for (end, part) in ends.iter_mut().zip(person.division.into_iter().chain([person.street])) {
                places.add(part, simplify, false);
                *end = places.len();
            }
            detail.add(person.detail, simplify, false);
        }
        Self { writing, name: Known::new(person.name), places, ends, detail }
    }

    /// Province, city and district.
    pub(super) fn columns(&self) -> impl Iterator<Item = &[char]> {
        let [first, second, third, _] = self.ends;
        [0..first, first..second, second..third].into_iter().map(|range| &self.places[range])
    }

    pub(super) fn street(&self) -> &[char] {
        &self.places[self.ends[2]..]
    }

    /// Whether a character stands in a column or in the street.
    pub(super) fn is_of_a_place(&self, character: char) -> bool {
        self.places.contains(&character)
    }
}
