//! Sign-offs and relabellings as devices' logs have them.

use super::relabellings::Relabellings;
use super::verdict::{CodeVerdict, SignOffEntry, judge};
use crate::authority::day_keys::{DayKeys, IssueError};
use crate::device::log::verify::Verified;
use crate::device::log::{EntryDetail, EntryOutcome, LogEntry};
use crate::keys::{Day, DeliveryCode, SealerId};
use crate::payload::{Handle, Header};
use std::collections::BTreeSet;

/// The sign-offs of many logs, and what is needed to judge them.
#[derive(Debug)]
pub struct LoggedDeliveries {
    /// The sign-offs, log by log, oldest first. What was taken back is left out.
    pub sign_offs: Vec<LoggedSignOff>,
    relabellings: Relabellings,
}

/// A sign-off of a log.
#[derive(Clone, Debug)]
pub struct LoggedSignOff {
    /// The device.
    pub device: String,
    /// When, in seconds since 1970-01-01 UTC by the device's clock.
    pub time: u64,
    /// The operator's number, 0 for none.
    pub operator: u32,
    /// The label.
    pub handle: Handle,
    /// The label's header; `None` if the entry has none that is the label's.
    pub header: Option<Header>,
    /// The code; `None` if none was given.
    pub code: Option<DeliveryCode>,
}

impl LoggedDeliveries {
    /// Reads verified logs; `desks` are the sealers that only replace labels.
    #[must_use]
    pub fn of(logs: &[Verified], desks: BTreeSet<SealerId>) -> Self {
        let mut deliveries = Self { sign_offs: Vec::new(), relabellings: Relabellings::new(desks) };
        for log in logs {
            let own = deliveries.sign_offs.len();
            for entry in &log.entries {
                deliveries.read(&log.device, entry, own);
            }
        }
        deliveries
    }

    /// Reads an entry of a log whose sign-offs begin at `own`.
    fn read(&mut self, device: &str, entry: &LogEntry, own: usize) {
        let handle = Handle::from(entry.handle);
        match (entry.mark, &entry.detail) {
            (EntryOutcome::Relabelled | EntryOutcome::Returned, EntryDetail::Replaced { new, old }) => {
                match old.parse().filter(|header| is_of(header, entry)) {
                    Some(header) => self.relabellings.add(handle, header, (*new).into()),
                    None => self.relabellings.add_unreadable((*new).into()),
                }
            }
            (EntryOutcome::TakenBack, _) => {
                if let Some(at) = self.sign_offs[own..].iter().rposition(|other| other.handle == handle) {
                    self.sign_offs.remove(own + at);
                }
            }
            (mark, detail) if mark.signs_off() => {
                let (header, code) = match detail {
                    EntryDetail::SignOff { header, code } => (header.parse(), *code),
                    _ => (None, None),
                };
                self.sign_offs.push(LoggedSignOff {
                    device: device.to_owned(),
                    time: entry.time,
                    operator: entry.operator,
                    handle,
                    header: header.filter(|header| is_of(header, entry)),
                    code,
                });
            }
            _ => {}
        }
    }

    /// Judges the code of a sign-off with the roots that are held; `today` resolves the days of headers.
    ///
    /// # Errors
    /// [`IssueError`] if the keys do not reach the first label's day.
    pub fn judge(
        &self,
        roots: &[impl DayKeys],
        sign_off: &LoggedSignOff,
        today: Day,
    ) -> Result<CodeVerdict, IssueError> {
        if sign_off.code.is_none() {
            return Ok(CodeVerdict::NotGiven);
        }
        let Some(header) = sign_off.header.clone() else { return Ok(CodeVerdict::Unknown) };
        let entry = SignOffEntry { handle: sign_off.handle, header, code: sign_off.code };
        for root in roots {
            // Unknown for every root but that of the first label.
            let verdict = judge(root, &self.relabellings, &entry, today)?;
            if verdict != CodeVerdict::Unknown {
                return Ok(verdict);
            }
        }
        Ok(CodeVerdict::Unknown)
    }
}

/// Whether a header claims the station of its entry.
fn is_of(header: &Header, entry: &LogEntry) -> bool {
    entry.station == Some((header.region, header.site))
}
