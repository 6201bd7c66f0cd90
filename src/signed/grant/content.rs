//! The grant, and whether its fields are consistent.

use super::pass_label::{PASS_LABELS, PassLabel};
use super::rules::{Reopening, RoleRules};
use crate::keys::{Day, Generation, Node, Tier};
use crate::signed::certificate::{Certificate, SignsGrants};
use crate::signed::issuer_key::IssuerKey;
use crate::signed::role::{NAME_MAX, Purpose, Role};

/// The longest age recipient, in bytes.
const DEVICE_MAX: usize = 128;

/// A grant: which keys, for whom, for which days, with which limits.
#[derive(Debug)]
#[non_exhaustive]
pub struct Grant {
    /// The holder's role.
    pub role: Role,
    /// The holder's name: a device or a person, 1 to [`NAME_MAX`] bytes.
    pub to: String,
    /// The age recipient that it is sealed to; empty for a grant in no envelope.
    pub device: String,
    /// Larger with each grant of a device by the same signer; the device refuses a lower one than it holds.
    pub serial: u64,
    /// The generation of the root.
    pub generation: u32,
    /// When it was issued, in seconds since 1970-01-01 UTC: signed time, the floor of the device's clock.
    pub issued: u64,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
    /// The tiers, ascending.
    pub tiers: Vec<Tier>,
    /// The purposes for which the holder may open labels, ascending.
    pub purposes: Vec<Purpose>,
    /// Labels that may be opened in a shift; `None` for no limit.
    pub budget: Option<u32>,
    /// Which labels may be opened again.
    pub reopening: Reopening,
    /// The lowest number of a revocation list that the device must hold.
    pub revocations: u64,
    /// Of a sealer: the earliest time of the authority's signature of a file of stations that it may seal by, in seconds since
    /// 1970-01-01 UTC; 0 if none is demanded.
    pub stations: u64,
    /// Whether it adds to the keys of earlier grants; otherwise it replaces them.
    pub top_up: bool,
    /// The keys.
    pub nodes: Vec<Node>,
    /// The keys of single labels, of a pass; empty in other roles.
    pub labels: Vec<PassLabel>,
    /// The signing key of an issuer's or a duty officer's grant; of a scanner's or a desk's the one by which it gives passes, if it
    /// may. `None` in other roles.
    pub issuer_key: Option<IssuerKey>,
    /// Of a verified grant: the certificate that it was signed under; `None` for the authority's own. Signing ignores it.
    pub issued_by: Option<Certificate>,
}

impl Grant {
    /// Whether the grant's fields are valid and consistent.
    pub(super) fn is_valid(&self) -> bool {
        let rules = RoleRules::of(self.role);
        let inside = |node: &Node| {
            let path = node.path();
            rules.levels.contains(&path.level())
                && path.generation_of() == Generation::from(self.generation)
                && (self.from..=self.until).contains(&path.day_of())
                && self.tiers.contains(&path.tier())
        };
        (1..=NAME_MAX).contains(&self.to.len())
            && self.device.len() <= DEVICE_MAX
            && self.from <= self.until
            && self.budget != Some(0)
            && (self.stations == 0 || self.role == Role::Sealer)
            && !self.to.chars().chain(self.device.chars()).any(char::is_control)
            && self.tiers.is_sorted_by(|a, b| a < b)
            && self.purposes.is_sorted_by(|a, b| a < b)
            && self.tiers.iter().all(|tier| rules.tiers.contains(tier))
            && self.purposes.iter().all(|purpose| rules.purposes.contains(purpose))
            && self.holds_its_key(rules)
            && self.labels.is_empty() == (self.role != Role::Pass)
            && self.labels.len() <= PASS_LABELS
            && (self.role != Role::Pass || !self.purposes.is_empty())
            && self.nodes.iter().all(inside)
    }

    /// Whether it has a signing key if its role must have one, and none of another device or role.
    fn holds_its_key(&self, rules: RoleRules) -> bool {
        match self.issuer_key.as_ref().and_then(SignsGrants::certificate).map(Certificate::terms) {
            None => !rules.signs,
            Some(terms) => {
                rules.signs && !terms.gives()
                    || rules.gives && terms.role == self.role && terms.name == self.to
            }
        }
    }
}
