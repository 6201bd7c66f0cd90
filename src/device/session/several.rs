//! Several devices in one hand: a parcel shop serves several carriers, and has a state folder of each.
//!
//! In: the sessions, and a label. Out: the session whose keys are of the label's place. No two of them may hold keys of one place: a
//! label of one carrier would be `tampered` by the other's key.

use super::error::SessionError;
use super::keys::{KeyAccess, has_pass, session};
use super::outcome::Attempt;
use super::work::Session;
use crate::device::state::HeldSet;
use crate::keys::{Day, KeyLevel, KeyPath, Tier};
use crate::payload::Payload;
use crate::signed::moment::Moment;
use std::path::PathBuf;

/// How well a session fits a label.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Nothing,
    /// It holds keys of the label's station, of other days.
    Station,
    /// It has a pass for the label.
    Pass,
    /// It holds the label's keys.
    Keys,
}

impl Session {
    /// Refuses sessions that hold keys of one generation, tier, day and place.
    ///
    /// # Errors
    /// [`SessionError::SamePlace`], which names two of them.
    pub fn check_distinct(sessions: &[Self]) -> Result<(), SessionError> {
        let places: Vec<Vec<KeyPath>> = sessions.iter().map(Self::places).collect();
        for (number, own) in places.iter().enumerate() {
            for (before, other) in places[..number].iter().enumerate() {
                let same = |own: &KeyPath| other.iter().any(|other| own.covers(other) || other.covers(own));
                if let Some(place) = own.iter().find(|own| same(own)) {
                    return Err(sessions[before].and(&sessions[number], place));
                }
            }
        }
        Ok(())
    }

    /// Puts the session that fits a label in front of the others; none of them moves if the text is not a label, or the first fits
    /// as well as any.
    ///
    /// # Errors
    /// [`SessionError::SamePlace`] if two hold the label's keys, as after a grant that came since they were opened.
    pub fn choose(first: &mut Self, others: &mut [Self], attempt: &Attempt<'_>) -> Result<(), SessionError> {
        if others.is_empty() {
            return Ok(());
        }
        let Ok(payload) = Payload::parse(attempt.text.as_bytes()) else { return Ok(()) };
        let mut best = (first.fit(&payload, attempt), None);
        for (at, other) in others.iter().enumerate() {
            let fit = other.fit(&payload, attempt);
            if fit == Fit::Keys && best.0 == Fit::Keys {
                let held = best.1.map_or(&*first, |best: usize| &others[best]);
                let header = payload.header();
                let day = header.day(Moment(attempt.now).day()).unwrap_or(Day::new(0));
                let place = KeyPath::day(header.generation, Tier::Delivery, day);
                return Err(held.and(other, &place.region(header.region).site(header.site)));
            }
            if fit > best.0 {
                best = (fit, Some(at));
            }
        }
        if let Some(at) = best.1 {
            std::mem::swap(first, &mut others[at]);
        }
        Ok(())
    }

    fn and(&self, other: &Self, place: &KeyPath) -> SessionError {
        SessionError::SamePlace {
            one: self.place(),
            other: other.place(),
            region: place.region_of(),
            site: (place.level() >= KeyLevel::Site).then(|| place.site_of()),
            day: place.day_of(),
        }
    }

    fn place(&self) -> PathBuf {
        self.folder.0.place("")
    }

    /// The places of the keys that open labels.
    fn places(&self) -> Vec<KeyPath> {
        match &self.access {
            KeyAccess::Stations(device) => device.places().collect(),
            // Its loaded labels are told by their handles.
            KeyAccess::Locked(_) => Vec::new(),
        }
    }

    fn fit(&self, payload: &Payload, attempt: &Attempt<'_>) -> Fit {
        let header = payload.header();
        match &self.access {
            KeyAccess::Locked(_) if self.loaded.station(&payload.handle()).is_some() => Fit::Keys,
            KeyAccess::Locked(_) if self.passed.has(payload) => Fit::Pass,
            KeyAccess::Locked(_) => Fit::Nothing,
            KeyAccess::Stations(device) => {
                let held = session(device, attempt.now);
                let reaches = |set: &HeldSet, today| set.reaches(payload, attempt.want, today).is_ok();
                if held.is_ok_and(|held| held.sets.iter().any(|set| reaches(set, held.today))) {
                    return Fit::Keys;
                }
                if has_pass(device, payload, attempt.now) {
                    return Fit::Pass;
                }
                let near = device.places().any(|place| {
                    place.region_of() == header.region
                        && (place.level() < KeyLevel::Site || place.site_of() == header.site)
                });
                if near { Fit::Station } else { Fit::Nothing }
            }
        }
    }
}
