//! The terms of a grant, kept while its keys are locked away.

use crate::device::state::HeldSet;
use crate::signed::grant::{Purpose, Reopen, Reopening};

const MAGIC: &[u8; 16] = b"wayseal loaded 2";

/// The terms of a grant, without its keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoadTerms {
    /// The grant's serial.
    pub serial: u64,
    /// The purposes for which labels may be opened.
    pub purposes: Vec<Purpose>,
    /// Labels that may be shown between two hand-ins; `None` for no limit.
    pub budget: Option<u32>,
    /// Which labels may be opened again.
    pub reopening: Reopening,
    /// The newest signed time that the device has seen.
    pub floor: u64,
    /// Whether they are a pass's, which names its labels: without a budget of its own it charges none.
    pub is_pass: bool,
}

impl LoadTerms {
    pub(crate) fn of(set: &HeldSet, floor: u64) -> Self {
        Self {
            serial: set.serial,
            purposes: set.purposes.clone(),
            budget: set.budget,
            reopening: set.reopening,
            floor,
            is_pass: !set.labels.is_empty(),
        }
    }

    /// The terms that both allow: a parcel that is loaded under other terms widens those of no other.
    pub(super) fn narrowed(&self, other: &Self) -> Self {
        let again = self.reopening.again.max(other.reopening.again);
        let (again, delivered) = match (self.reopening.delivered, other.reopening.delivered) {
            (Some(one), Some(other)) => (again, Some(one.max(other))),
            // Without a rule delivery is refused, and other purposes go by `again`.
            (None, rule) | (rule, None) => match rule {
                Some(Reopen::Refuse) => (again, rule),
                rule => (rule.map_or(again, |rule| again.max(rule)), None),
            },
        };
        Self {
            serial: other.serial,
            purposes: self.purposes.iter().copied().filter(|at| other.purposes.contains(at)).collect(),
            budget: [self.budget, other.budget].into_iter().flatten().min(),
            reopening: Reopening { again, delivered },
            floor: self.floor.max(other.floor),
            is_pass: false,
        }
    }

    pub(super) fn write(&self, sector: &mut [u8]) {
        sector[..16].copy_from_slice(MAGIC);
        sector[16..20].copy_from_slice(&self.budget.unwrap_or(0).to_be_bytes());
        sector[20] = self.purposes.iter().fold(0, |bits, purpose| bits | 1 << *purpose as u8);
        sector[21..29].copy_from_slice(&self.serial.to_be_bytes());
        sector[29..37].copy_from_slice(&self.floor.to_be_bytes());
        sector[37] = self.reopening.byte();
    }

    pub(super) fn read(sector: &[u8]) -> Option<Self> {
        let word = |at: usize| sector.get(at..at + 8)?.try_into().ok().map(u64::from_be_bytes);
        let budget = u32::from_be_bytes(sector.get(16..20)?.try_into().ok()?);
        let purposes = Purpose::ALL.iter().copied().filter(|purpose| sector[20] >> *purpose as u8 & 1 == 1);
        (sector[..16] == MAGIC[..]).then_some(Self {
            serial: word(21)?,
            purposes: purposes.collect(),
            budget: Some(budget).filter(|budget| *budget > 0),
            reopening: sector[37].try_into().ok()?,
            floor: word(29)?,
            is_pass: false,
        })
    }
}
