//! The terms of a grant: its holder, purposes, budget and rules.

use crate::authority::day_keys::Days;
use crate::keys::{Node, Tier};
use crate::signed::grant::{Grant, PassLabel, Purpose, Reopening, Role};

/// What a grant has beside its terms: its role, and its keys with their tiers and days.
pub(super) struct GrantKeys {
    pub role: Role,
    pub generation: u32,
    pub tiers: Vec<Tier>,
    pub days: Days,
    pub nodes: Vec<Node>,
    pub labels: Vec<PassLabel>,
}

/// The terms of a grant: its holder, purposes, budget and rules.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GrantTerms {
    /// The holder's name: a device or a person.
    pub to: String,
    /// The age recipient that the grant is sealed to; empty for no envelope.
    pub device: String,
    /// The grant's serial, larger than any before it for this device.
    pub serial: u64,
    /// The time of issue, in seconds since 1970-01-01 UTC.
    pub issued: u64,
    /// The purposes for which labels may be opened.
    pub purposes: Vec<Purpose>,
    /// Labels that may be opened in a shift; `None` for no limit.
    pub budget: Option<u32>,
    /// Which labels may be opened again.
    pub reopening: Reopening,
    /// The lowest number of a revocation list that the holder must have.
    pub revocations: u64,
    /// Of a sealer: the earliest signature of a file of stations that it may seal by, in seconds since 1970-01-01 UTC; 0 if
    /// none is demanded.
    pub stations: u64,
    /// Whether the grant adds to the keys that the device holds; otherwise it replaces them.
    pub top_up: bool,
}

impl GrantTerms {
    /// Terms of a grant for deliveries, without a budget, that replaces the keys held.
    #[must_use]
    pub fn new(to: impl Into<String>, serial: u64, issued: u64) -> Self {
        Self {
            to: to.into(),
            device: String::new(),
            serial,
            issued,
            purposes: vec![Purpose::Deliver],
            budget: None,
            reopening: Reopening::default(),
            revocations: 0,
            stations: 0,
            top_up: false,
        }
    }

    /// Seals the grant to the device's age recipient.
    #[must_use]
    pub fn with_device(self, recipient: impl Into<String>) -> Self {
        Self { device: recipient.into(), ..self }
    }

    /// Sets the purposes.
    #[must_use]
    pub fn with_purposes(self, purposes: impl Into<Vec<Purpose>>) -> Self {
        Self { purposes: purposes.into(), ..self }
    }

    /// Sets the budget, in labels a shift.
    #[must_use]
    pub fn with_budget(self, budget: u32) -> Self {
        Self { budget: Some(budget), ..self }
    }

    /// Sets the rules for labels that were opened or signed off before.
    #[must_use]
    pub fn with_reopening(self, reopening: Reopening) -> Self {
        Self { reopening, ..self }
    }

    /// Requires a revocation list of this number or a higher one.
    #[must_use]
    pub fn with_revocations(self, number: u64) -> Self {
        Self { revocations: number, ..self }
    }

    /// Demands that a sealer's file of stations is signed, at this time or later, in seconds since 1970-01-01 UTC.
    #[must_use]
    pub fn with_stations(self, issued: u64) -> Self {
        Self { stations: issued, ..self }
    }

    /// Makes the grant a top-up.
    #[must_use]
    pub fn topping_up(self) -> Self {
        Self { top_up: true, ..self }
    }

    /// The grant of these terms and keys; the caller signs it.
    pub(super) fn grant(self, keys: GrantKeys) -> Grant {
        let Self {
            to,
            device,
            serial,
            issued,
            mut purposes,
            budget,
            reopening,
            revocations,
            stations,
            top_up,
        } = self;
        let GrantKeys { role, generation, tiers, days, nodes, labels } = keys;
        // The file format wants ascending purposes without duplicates.
        purposes.sort_unstable();
        purposes.dedup();
        Grant {
            role,
            to,
            device,
            serial,
            generation,
            issued,
            from: days.from,
            until: days.until,
            tiers,
            purposes,
            budget,
            reopening,
            revocations,
            stations,
            top_up,
            nodes,
            labels,
            issuer_key: None,
            issued_by: None,
        }
    }
}
