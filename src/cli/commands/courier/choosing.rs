//! The day's parcels on the courier's screen: the list, and how one of it is chosen.

use super::app::{App, View};
use super::day_list::DayParcel;
use crate::cli::language::courier as text;

impl App {
    /// Today's parcels, or back from them.
    pub fn list(&mut self) {
        self.session.conceal();
        self.view = if let View::List(..) = self.view { View::Ready } else { View::List(None, 0) };
    }

    /// Chooses a parcel by its number in the list.
    pub fn choose_from_list(&mut self, number: &str) {
        let at = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        self.choose(at);
    }

    /// Chooses the parcel whose phone ends with these digits, or lists those that do.
    pub fn find_by_phone(&mut self, digits: &str) {
        let ends = |parcel: &DayParcel| !parcel.phone.is_empty() && parcel.phone.ends_with(digits);
        let mut found =
            self.parcels().iter().enumerate().filter(|(_, parcel)| ends(parcel)).map(|(at, _)| at);
        match (found.next(), found.next()) {
            (one, None) => self.choose(one),
            _ => {
                self.session.conceal();
                self.view = View::List(Some(digits.to_owned()), 0);
            }
        }
    }

    /// Turns to a parcel of the list.
    fn choose(&mut self, at: Option<usize>) {
        self.session.conceal();
        match at.and_then(|at| self.parcels().get(at)) {
            Some(parcel) => {
                let title = parcel.waybill.clone();
                let place = if parcel.place.is_empty() { &parcel.address } else { &parcel.place };
                let masked = format!("{}  {place}", parcel.name);
                let (handle, waybill) = (parcel.handle, parcel.waybill.clone());
                self.view = View::Parcel { title, handle, waybill, masked };
            }
            None => {
                self.show(true, self.language.of(text::NO_SUCH_PARCEL), self.language.of(text::CHOOSE_FIRST))
            }
        }
    }

    /// The day's parcels, those of before a restart included.
    pub fn parcels(&self) -> &[DayParcel] {
        self.day.parcels()
    }

    /// The parcels that the list has, with their numbers, as they are sorted.
    pub fn listed(&self) -> Vec<(usize, &DayParcel)> {
        let digits = match &self.view {
            View::List(digits, _) => digits.as_deref().unwrap_or_default(),
            _ => "",
        };
        let mut listed = self.day.by_place();
        listed.retain(|(_, parcel)| parcel.phone.ends_with(digits));
        listed
    }

    /// The first parcel of the list that is shown.
    pub const fn first_listed(&self) -> usize {
        match self.view {
            View::List(_, first) => first,
            _ => 0,
        }
    }

    /// What stands before a parcel in the list: signed off, given to a colleague, said why not, or open.
    pub fn mark(parcel: &DayParcel) -> &'static str {
        match (parcel.delivered, &*parcel.outcome) {
            (true, _) => "✓",
            (false, "") => "·",
            (false, "given") => "→",
            (false, _) => "✗",
        }
    }

    /// A parcel's line of the list.
    pub fn row(&self, number: usize, parcel: &DayParcel) -> String {
        let mark = Self::mark(parcel);
        let said = text::said_of(&parcel.outcome, self.language);
        // The place and the building alone, where they are known: sorting needs no person.
        let place = match &*parcel.place {
            "" => format!("{}  {}", parcel.name, parcel.address),
            place => place.to_owned(),
        };
        format!("{mark} {number}  {}  {place}  {said}", parcel.waybill).trim_end().to_owned()
    }
}
