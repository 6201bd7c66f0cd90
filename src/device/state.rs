//! What a device keeps of its grants, and which it takes.
//!
//! A grant is taken if the pinned authority signed it, for this device, under a serial larger than the one
//! held, for days that are not over. Per role one grant is held: the next one replaces it, or adds to its
//! keys if it is a top-up.
//!
//! # Clocks
//!
//! The floor is the newest signed time seen. A device's clock is believed from the floor on; one that is
//! behind it locks the device. Keys are erased only when the floor is past their window, so a clock that is
//! off locks, and never erases nor widens anything.
//!
//! # Windows
//!
//! A key opens labels sealed on its day. A scanner holds it from then on for as many days as its role may
//! hold ([`SCANNER_DAYS`], [`REGION_DAYS`]), or as its grant spans if that is more; a sealer on that day
//! alone.

mod file;
mod refused;

pub use file::StateError;
pub use refused::{Refused, Window};

use crate::keys::{Day, Node, Path};
use crate::signed::grant::{Grant, Purpose, Reopening, Role};
use crate::signed::grant::{REGION_DAYS, SCANNER_DAYS};
use crate::signed::moment::Moment;
use crate::signed::revocation::Revocations;
use crate::verifier::Revoked;
use ed25519_dalek::VerifyingKey;
use sha2::{Digest as _, Sha256};
use std::collections::{HashMap, HashSet};
use std::fmt;

/// Seconds by which a device's clock may be behind signed time: two clocks are never quite the same.
pub const CLOCK_SLACK: u64 = 300;

/// A device's state.
pub struct Device {
    pinned: VerifyingKey,
    name: String,
    recipient: String,
    floor: Moment,
    generation: u32,
    holdings: Vec<Holding>,
    list: Option<List>,
}

/// The revocation list held, and the exact bytes that the authority signed.
struct List {
    content: Revocations,
    signed: Vec<u8>,
}

/// What is held of one role: the terms of the newest grant, and the keys of all that were added up.
struct Holding {
    role: Role,
    serial: u64,
    digest: [u8; 32],
    purposes: Vec<Purpose>,
    budget: Option<u32>,
    reopening: Reopening,
    revocations: u64,
    keys: Vec<Held>,
}

/// A key, and the last day on which it is of use.
struct Held {
    node: Node,
    generation: u32,
    last: Day,
}

/// What came of a grant that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Its role.
    pub role: Role,
    /// Its serial.
    pub serial: u64,
    /// Keys that were not held before.
    pub added: usize,
    /// Keys that were held before and are erased now: replaced, or over by signed time.
    pub erased: usize,
}

/// The keys that a device may use now, and on which terms.
#[derive(Debug)]
pub struct Session {
    /// The role.
    pub role: Role,
    /// The serial of the grant whose terms these are.
    pub serial: u64,
    /// Today, as far as the device's clock is believed.
    pub today: Day,
    /// The keys within their windows.
    pub nodes: Vec<Node>,
    /// What labels may be opened for.
    pub purposes: Vec<Purpose>,
    /// Labels that may be opened in a shift; `None` for no limit.
    pub budget: Option<u32>,
    /// Which labels may be opened once more.
    pub reopening: Reopening,
    /// The least number of the revocation list that must be held.
    pub revocations: u64,
}

impl Device {
    /// A device that holds nothing yet: the authority's key that it pins, its name in grants (`to`), and its
    /// age recipient, or `""` if it wraps its grants itself.
    #[must_use]
    pub fn new(pinned: VerifyingKey, name: impl Into<String>, recipient: impl Into<String>) -> Self {
        Self {
            pinned,
            name: name.into(),
            recipient: recipient.into(),
            floor: Moment(0),
            generation: 0,
            holdings: Vec::new(),
            list: None,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its age recipient, or `""`.
    #[must_use]
    pub fn recipient(&self) -> &str {
        &self.recipient
    }

    /// The authority's key that it pins.
    #[must_use]
    pub const fn pinned(&self) -> &VerifyingKey {
        &self.pinned
    }

    /// The newest signed time seen.
    #[must_use]
    pub const fn floor(&self) -> Moment {
        self.floor
    }

    /// Takes a grant's signed bytes, out of any envelope; `now` is the device's clock, in seconds since 1970.
    /// The same bytes again change nothing.
    ///
    /// # Errors
    /// [`Refused`]; the state is as before.
    pub fn accept(&mut self, bytes: &[u8], now: u64) -> Result<Accepted, Refused> {
        let grant = Grant::verify(bytes, &self.pinned)?;
        if !self.is_own(&grant) {
            let to = if grant.device.is_empty() { grant.to } else { grant.device };
            return Err(Refused::OtherDevice { to, own: self.name.clone() });
        }
        if grant.role == Role::DayIssuer {
            return Err(Refused::Role(grant.role));
        }
        self.unless_revoked()?;
        let digest = Sha256::digest(bytes).into();
        let held = self.holdings.iter().position(|holding| holding.role == grant.role);
        if let Some(holding) = held.map(|at| &self.holdings[at]) {
            if grant.serial < holding.serial {
                return Err(Refused::Older { serial: grant.serial, held: holding.serial });
            }
            if grant.serial == holding.serial {
                if digest != holding.digest {
                    return Err(Refused::Replay { serial: grant.serial });
                }
                let (role, serial) = (grant.role, grant.serial);
                return Ok(Accepted { role, serial, added: 0, erased: 0 });
            }
        }
        // At a change-over both roots are in use.
        if grant.generation.saturating_add(1) < self.generation {
            let (generation, newest) = (grant.generation, self.generation);
            return Err(Refused::OlderGeneration { generation, newest });
        }
        let floor = self.floor.max(Moment(grant.issued));
        let span = span(grant.role, grant.from, grant.until);
        let window = Window { from: grant.from, until: later(grant.until, span) };
        let today = believed(Moment(now), floor, window)?.day();
        if window.until < today {
            return Err(Refused::Over { now: Moment(now), window });
        }

        let old = held.map_or_else(Vec::new, |at| self.holdings.swap_remove(at).keys);
        let before = old.len();
        let (keys, added) = join(&old, &grant, span);
        let kept = keys.len() - added;
        self.holdings.push(Holding {
            role: grant.role,
            serial: grant.serial,
            digest,
            purposes: grant.purposes,
            budget: grant.budget,
            reopening: grant.reopening,
            revocations: grant.revocations,
            keys,
        });
        self.floor = floor;
        self.generation = self.generation.max(grant.generation);
        let erased = before - kept + self.erase();
        Ok(Accepted { role: grant.role, serial: grant.serial, added, erased })
    }

    /// Takes a signed revocation list; the same list again changes nothing.
    ///
    /// # Errors
    /// [`Refused`]: not the authority's, older than the one held, or over; the state is as before.
    pub fn accept_list(&mut self, bytes: &[u8], now: u64) -> Result<u64, Refused> {
        let content = Revocations::verify(bytes, &self.pinned)?;
        if let Some(held) = &self.list {
            if content.number < held.content.number {
                return Err(Refused::Older { serial: content.number, held: held.content.number });
            }
            if content.number == held.content.number {
                let same = bytes == held.signed;
                return same.then_some(content.number).ok_or(Refused::Replay { serial: content.number });
            }
        }
        let floor = self.floor.max(content.issued);
        let window = Window { from: content.issued.day(), until: content.until };
        if believed(Moment(now), floor, window)?.day() > content.until {
            return Err(Refused::ListOver { now: Moment(now), until: content.until });
        }
        let number = content.number;
        self.list = Some(List { content, signed: bytes.to_vec() });
        self.raise_floor(floor.0);
        Ok(number)
    }

    /// The revoked sealers of the list held.
    #[must_use]
    pub fn revoked(&self) -> &[Revoked] {
        self.list.as_ref().map_or(&[], |list| list.content.sealers())
    }

    /// The number of the revocation list held, or 0.
    #[must_use]
    pub fn list_number(&self) -> u64 {
        self.list.as_ref().map_or(0, |list| list.content.number)
    }

    /// Takes note of a signed time, whose signature the caller has checked, and erases what is over by it;
    /// returns how many keys that were.
    pub fn raise_floor(&mut self, signed: u64) -> usize {
        self.floor = self.floor.max(Moment(signed));
        self.erase()
    }

    /// The keys of a role that are in their window now; `now` is the device's clock, in seconds since 1970.
    ///
    /// # Errors
    /// [`Refused`]: no grant of that role, a clock that is behind signed time, or no key in its window.
    pub fn session(&self, role: Role, now: u64) -> Result<Session, Refused> {
        let holding = self.holdings.iter().find(|holding| holding.role == role).ok_or(Refused::None(role))?;
        let days = |of: fn(&Held) -> Day| holding.keys.iter().map(of);
        let first = days(|held| held.node.path().day_of()).min().ok_or(Refused::None(role))?;
        let until = days(|held| held.last).max().ok_or(Refused::None(role))?;
        let window = Window { from: first, until };
        let today = believed(Moment(now), self.floor, window)?.day();
        self.unless_revoked()?;
        if self.list_number() < holding.revocations {
            return Err(Refused::ListBehind { held: self.list_number(), wanted: holding.revocations });
        }
        if let Some(list) = self.list.as_ref().filter(|list| list.content.until < today) {
            return Err(Refused::ListOver { now: Moment(now), until: list.content.until });
        }
        let usable = || {
            holding.keys.iter().filter(|held| {
                // A sealer seals on the day itself; a scanner may meet a label of tomorrow, by its clock.
                held.last >= today && (role != Role::Sealer || held.node.path().day_of() <= today)
            })
        };
        // Room for all, so that growing leaves no copy of a key behind.
        let mut nodes = Vec::with_capacity(usable().count());
        usable().for_each(|held| copy(&held.node, &mut nodes));
        if nodes.is_empty() {
            return Err(Refused::Over { now: Moment(now), window });
        }
        Ok(Session {
            role,
            serial: holding.serial,
            today,
            nodes,
            purposes: holding.purposes.clone(),
            budget: holding.budget,
            reopening: holding.reopening,
            revocations: holding.revocations,
        })
    }

    /// The roles of which a grant is held.
    pub fn roles(&self) -> impl Iterator<Item = Role> {
        self.holdings.iter().map(|holding| holding.role)
    }

    fn unless_revoked(&self) -> Result<(), Refused> {
        let Some(list) = &self.list else { return Ok(()) };
        let names = [&self.name, &self.recipient];
        let from = names.into_iter().filter_map(|name| list.content.holder(name)).min();
        from.map_or(Ok(()), |from| Err(Refused::Revoked { from }))
    }

    fn is_own(&self, grant: &Grant) -> bool {
        if grant.device.is_empty() { grant.to == self.name } else { grant.device == self.recipient }
    }

    /// Erases keys whose window is over by signed time, and those of roots before the last: a label carries
    /// one bit of its root's number.
    fn erase(&mut self) -> usize {
        let (today, newest) = (self.floor.day(), self.generation);
        let stays = |held: &Held| held.last >= today && held.generation.saturating_add(1) >= newest;
        let mut erased = 0;
        for holding in &mut self.holdings {
            let staying = holding.keys.iter().filter(|held| stays(held)).count();
            if staying < holding.keys.len() {
                erased += holding.keys.len() - staying;
                let mut keys = Vec::with_capacity(staying);
                holding.keys.iter().filter(|held| stays(held)).for_each(|held| held.copy_to(&mut keys));
                // The old ones are wiped as they are dropped; to move them would leave copies.
                holding.keys = keys;
            }
        }
        erased
    }
}

impl fmt::Debug for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Device").field("name", &self.name).field("floor", &self.floor).finish_non_exhaustive()
    }
}

impl Held {
    const fn place(&self) -> (u32, Path) {
        (self.generation, self.node.path())
    }

    fn copy_to(&self, keys: &mut Vec<Self>) {
        push(keys, &self.node, self.generation, self.last);
    }
}

fn push(keys: &mut Vec<Held>, node: &Node, generation: u32, last: Day) {
    keys.push(Held { node: Node::empty(), generation, last });
    if let Some(held) = keys.last_mut() {
        held.node.set(node.path(), node.key().expose());
    }
}

fn copy(node: &Node, nodes: &mut Vec<Node>) {
    nodes.push(Node::empty());
    if let Some(last) = nodes.last_mut() {
        last.set(node.path(), node.key().expose());
    }
}

/// The keys held after a grant, its own first, and how many of these are new.
fn join(old: &[Held], grant: &Grant, span: u16) -> (Vec<Held>, usize) {
    let before: HashMap<_, _> = old.iter().map(|held| (held.place(), held.last)).collect();
    let mut keys = Vec::with_capacity(old.len() + grant.nodes.len());
    let mut added = 0;
    for node in &grant.nodes {
        let own = later(node.path().day_of(), span);
        let held = before.get(&(grant.generation, node.path()));
        added += usize::from(held.is_none());
        // A top-up adds, and takes no day from a key that is held.
        let last = held.filter(|_| grant.top_up).map_or(own, |held| own.max(*held));
        push(&mut keys, node, grant.generation, last);
    }
    if grant.top_up {
        let own: HashSet<_> = keys.iter().map(Held::place).collect();
        old.iter().filter(|held| !own.contains(&held.place())).for_each(|held| held.copy_to(&mut keys));
    }
    (keys, added)
}

/// For how many days a key is held, its own day included.
fn span(role: Role, from: Day, until: Day) -> u16 {
    let most = match role {
        Role::Sealer | Role::DayIssuer => return 1,
        Role::Scanner | Role::Relay => SCANNER_DAYS,
        Role::Region => REGION_DAYS,
    };
    most.max(until.number().saturating_sub(from.number()).saturating_add(1))
}

/// The last day on which any key of a grant of these days is of use.
#[must_use]
pub fn last_use(role: Role, from: Day, until: Day) -> Day {
    later(until, span(role, from, until))
}

fn later(day: Day, span: u16) -> Day {
    Day::new(day.number().saturating_add(span - 1))
}

/// The time that a device goes by: its clock's, but never before signed time.
fn believed(now: Moment, floor: Moment, window: Window) -> Result<Moment, Refused> {
    if now.0.saturating_add(CLOCK_SLACK) < floor.0 {
        return Err(Refused::ClockBehind { now, floor, window });
    }
    Ok(now.max(floor))
}

#[cfg(all(test, feature = "authority"))]
mod tests;
