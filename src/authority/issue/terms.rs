//! Whom a grant is for, and on which terms.

use crate::signed::grant::{Purpose, Reopening};

/// Whom a grant is for, and on which terms.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GrantTerms {
    /// The device or person.
    pub to: String,
    /// The age recipient that the grant is sealed to, or empty.
    pub device: String,
    /// The grant's serial, larger than any before it for this device.
    pub serial: u64,
    /// Now, in seconds since 1970.
    pub issued: u64,
    /// What labels may be opened for.
    pub purposes: Vec<Purpose>,
    /// Labels a shift; `None` for no limit.
    pub budget: Option<u32>,
    /// Which labels may be opened once more.
    pub reopening: Reopening,
    /// The least number of the revocation list to be held.
    pub revocations: u64,
    /// Whether the keys that the device holds already stay.
    pub top_up: bool,
}

impl GrantTerms {
    /// A grant that replaces what was held, without a budget, for deliveries.
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
            top_up: false,
        }
    }

    /// Sealed to the device's age recipient.
    #[must_use]
    pub fn with_device(self, recipient: impl Into<String>) -> Self {
        Self { device: recipient.into(), ..self }
    }

    /// For these purposes alone.
    #[must_use]
    pub fn with_purposes(self, purposes: impl Into<Vec<Purpose>>) -> Self {
        Self { purposes: purposes.into(), ..self }
    }

    /// With so many labels a shift, and no more.
    #[must_use]
    pub fn with_budget(self, budget: u32) -> Self {
        Self { budget: Some(budget), ..self }
    }

    /// With other rules for labels that were opened or signed off before.
    #[must_use]
    pub fn with_reopening(self, reopening: Reopening) -> Self {
        Self { reopening, ..self }
    }

    /// Of use with this revocation list or a later one.
    #[must_use]
    pub fn with_revocations(self, number: u64) -> Self {
        Self { revocations: number, ..self }
    }

    /// Which adds to the keys that the device holds.
    #[must_use]
    pub fn topping_up(self) -> Self {
        Self { top_up: true, ..self }
    }
}
