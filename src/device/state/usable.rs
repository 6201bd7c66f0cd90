//! The keys of a device that are of use at a time.

use super::clock::checked_time;
use super::device::DeviceState;
use super::key_set::{Held, KeySet, copy};
use super::refused::Refused;
use super::session::{HeldKeys, HeldNode, HeldSet};
use super::window::Window;
use crate::keys::{Day, KeyLevel, KeyPath, Tier};
use crate::payload::Payload;
use crate::signed::grant::{PassLabel, Role};
use crate::signed::moment::Moment;

impl DeviceState {
    /// The keys of a role that are in their window now; `now` is the device's clock, in seconds since 1970-01-01 UTC.
    ///
    /// # Errors
    /// [`Refused`]: no grant of that role, a clock before signed time, or no key in its window; a revocation list that
    /// names this device, has expired, or is older than the grant requires.
    pub fn session(&self, role: Role, now: u64) -> Result<HeldKeys, Refused> {
        self.held(role, now, |_| true)
    }

    /// As [`session`](Self::session) of passes, with the keys of this label alone: a pass may hold those of many.
    ///
    /// # Errors
    /// As [`session`](Self::session); [`Refused::Over`] also if no pass names the label.
    pub(crate) fn pass(&self, payload: &Payload, now: u64) -> Result<HeldKeys, Refused> {
        self.held(Role::Pass, now, |label| label.is_of(payload))
    }

    fn held(&self, role: Role, now: u64, named: impl Fn(&PassLabel) -> bool) -> Result<HeldKeys, Refused> {
        let holding = self.holdings.iter().find(|holding| holding.role == role).ok_or(Refused::None(role))?;
        // From the day of each key to the last on which it is of use; a pass has its last day alone.
        let spans = |set: &KeySet| -> Vec<(Day, Day)> {
            let pass = (!set.labels.is_empty()).then_some((set.until, set.until));
            set.keys.iter().map(|held| (held.node.path().day_of(), held.last)).chain(pass).collect()
        };
        let first = holding.sets.iter().flat_map(spans).map(|(first, _)| first).min();
        let until = holding.sets.iter().flat_map(spans).map(|(_, until)| until).max();
        let (first, until) = first.zip(until).ok_or(Refused::None(role))?;
        let window = Window { from: first, until };
        let today = checked_time(Moment(now), self.floor, window)?.day();
        self.in_force.check_device(&self.name, &self.recipient)?;
        let number = self.list_number();
        let wanted = holding.sets.iter().map(|set| set.revocations).min().unwrap_or(0);
        if number < wanted {
            return Err(Refused::ListBehind { held: number, wanted });
        }
        self.in_force.check_not_over(now, today)?;
        let usable = |held: &&Held| {
            // A sealer seals on the day itself; a scanner with a slow clock may meet a label of tomorrow.
            held.last >= today && (role != Role::Sealer || held.node.path().day_of() <= today)
        };
        let mut sets = Vec::with_capacity(holding.sets.len());
        for set in holding.sets.iter().filter(|set| set.revocations <= number) {
            // Allocated once: a vector that grows leaves an unwiped copy of the keys.
            let here = |held: &&Held| usable(held) && !held.is_out;
            let mut nodes = Vec::with_capacity(set.keys.iter().filter(here).count());
            set.keys.iter().filter(here).for_each(|held| copy(&held.node, &mut nodes));
            let last = set.keys.iter().filter(here).map(|held| held.last).collect();
            let out = set.keys.iter().filter(|held| usable(held) && held.is_out);
            let held: Vec<HeldNode> = out
                .map(|held| HeldNode {
                    path: held.node.path(),
                    name: held.name(set.signer()),
                    last: held.last,
                })
                .collect();
            let taken = |label: &&PassLabel| set.until >= today && named(label);
            let mut labels = Vec::with_capacity(set.labels.iter().filter(taken).count());
            set.labels.iter().filter(taken).for_each(|label| label.copy_to(&mut labels));
            if !nodes.is_empty() || !held.is_empty() || !labels.is_empty() {
                sets.push(HeldSet {
                    issuer: set.issuer.clone().map(Box::new),
                    serial: set.serial,
                    nodes,
                    last,
                    held,
                    labels,
                    until: set.until,
                    purposes: set.purposes.clone(),
                    budget: set.budget,
                    reopening: set.reopening,
                    revocations: set.revocations,
                    stations: set.stations,
                });
            }
        }
        if sets.is_empty() {
            return Err(Refused::Over { now: Moment(now), window });
        }
        Ok(HeldKeys { role, today, sets })
    }

    /// Today by the device's clock or by signed time, whichever is later, unless no label may be opened whatever keys there
    /// are; `now` is the device's clock.
    ///
    /// # Errors
    /// [`Refused`]: a clock before signed time; a revocation list that names this device, or has expired.
    pub fn today(&self, now: u64) -> Result<Day, Refused> {
        let window = Window { from: self.floor.day(), until: self.floor.day() };
        let today = checked_time(Moment(now), self.floor, window)?.day();
        self.in_force.check_device(&self.name, &self.recipient)?;
        self.in_force.check_not_over(now, today)?;
        Ok(today)
    }

    /// The places of the keys that open labels: generation, tier, day, region and site of each.
    pub fn places(&self) -> impl Iterator<Item = KeyPath> {
        let keys = self.holdings.iter().flat_map(|holding| &holding.sets).flat_map(|set| &set.keys);
        keys.map(|held| held.node.path())
            .filter(|path| path.tier() != Tier::Origin && path.level() != KeyLevel::Sealer)
    }

    /// The labels of passes that are of use now, with their terms.
    ///
    /// # Errors
    /// As [`session`](Self::session).
    pub(crate) fn passes(&self, now: u64) -> Result<Vec<HeldSet>, Refused> {
        self.held(Role::Pass, now, |_| true).map(|held| held.sets)
    }
}
