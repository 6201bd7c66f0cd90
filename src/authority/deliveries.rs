//! Deliveries: whether the code at a sign-off was the one that the recipient was sent.
//!
//! In: day keys of the authority, sign-offs and relabellings as devices' logs have them. Out: a [`CodeVerdict`] for each
//! sign-off.
//!
//! A recipient knows the code of the first label. A label that replaces another has a header of its own, so the chain is
//! followed back to the first label. Where a link is missing, the code that was sent cannot be known.

use crate::authority::day_keys::{DayKeys, IssueError, below};
use crate::keys::{AliasKey, Day, DeliveryCode, Generation, KeyPath, Node, SealerId, Tier};
use crate::payload::{HEADER_MAX, Handle, Header};
use crate::secret::scrubbed;
use std::collections::{BTreeMap, BTreeSet};

/// A sign-off: the label, its header, and the code that the courier typed.
#[derive(Clone, Debug)]
pub struct SignOffEntry {
    /// The label's handle.
    pub handle: Handle,
    /// The label's header.
    pub header: Header,
    /// The code; `None` if none was given.
    pub code: Option<DeliveryCode>,
}

/// What is known of a delivery's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodeVerdict {
    /// It is the first label's.
    Right,
    /// It is another.
    Wrong,
    /// None was given.
    NotGiven,
    /// The first label is not known: a relabelling is missing, or two contradict each other.
    Unknown,
}

/// The labels that replaced others.
#[derive(Clone, Debug, Default)]
pub struct Relabellings {
    /// By the new handle the old label; `None` where two entries name different ones.
    old: BTreeMap<Handle, Option<(Handle, Header)>>,
    /// Sealers that only replace labels: a label of theirs is never a parcel's first.
    desks: BTreeSet<SealerId>,
}

impl Relabellings {
    /// No relabelling yet, with the sealers that only replace labels.
    #[must_use]
    pub const fn new(desks: BTreeSet<SealerId>) -> Self {
        Self { old: BTreeMap::new(), desks }
    }

    /// Adds an entry: the old label with its header, and the label that replaced it.
    pub fn add(&mut self, old: Handle, header: Header, new: Handle) {
        let known = self.old.entry(new).or_insert_with(|| Some((old, header)));
        // The same entry may be in two logs.
        if known.as_ref().is_some_and(|(handle, _)| *handle != old) {
            *known = None;
        }
    }

    /// The header of the label that a parcel had first; `None` if entries contradict each other.
    fn first<'a>(&'a self, handle: Handle, header: &'a Header) -> Option<&'a Header> {
        let (mut handle, mut header) = (handle, header);
        // A chain as long as there are entries has come back to itself.
        for _ in 0..=self.old.len() {
            match self.old.get(&handle) {
                None => return Some(header),
                Some(old) => (handle, header) = old.as_ref().map(|(handle, header)| (*handle, header))?,
            }
        }
        None
    }
}

/// Judges the code of a sign-off. `today` resolves the days of headers.
///
/// # Errors
/// [`IssueError`] if the keys do not reach the first label's day.
pub fn judge(
    keys: &impl DayKeys,
    relabellings: &Relabellings,
    entry: &SignOffEntry,
    today: Day,
) -> Result<CodeVerdict, IssueError> {
    let Some(code) = entry.code else { return Ok(CodeVerdict::NotGiven) };
    let Some(first) = relabellings.first(entry.handle, &entry.header) else {
        return Ok(CodeVerdict::Unknown);
    };
    let Some(day) = first.day(today).filter(|_| first.generation == Generation::from(keys.generation()))
    else {
        return Ok(CodeVerdict::Unknown);
    };
    scrubbed(|| {
        let (mut day_key, mut site) = (Node::empty(), Node::empty());
        keys.day_key(Tier::Delivery, day, &mut day_key)?;
        below(&day_key, day_key.path().region(first.region).site(first.site), &mut site)?;
        let Ok(aliases) = AliasKey::try_from(&site) else { return Ok(CodeVerdict::Unknown) };
        let sealer = aliases.sealer(first.alias);
        // The chain ends at a label that replaced another, and the entry that says which is missing.
        if relabellings.desks.contains(&sealer) {
            return Ok(CodeVerdict::Unknown);
        }
        keys.day_key(Tier::Origin, day, &mut day_key)?;
        let mut leaf = Node::empty();
        below(&day_key, KeyPath::origin(first.generation, day, sealer), &mut leaf)?;
        let mut bytes = [0; HEADER_MAX];
        let len = first.write(&mut bytes);
        Ok(match DeliveryCode::derive(&leaf, &bytes[..len]) {
            Ok(right) if right == code => CodeVerdict::Right,
            Ok(_) => CodeVerdict::Wrong,
            Err(_) => CodeVerdict::Unknown,
        })
    })
}
