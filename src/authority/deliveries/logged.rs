//! Sign-offs and relabellings as devices' logs have them.

use super::relabellings::Relabellings;
use super::verdict::{CodeVerdict, SignOffEntry, judge};
use crate::authority::day_keys::{DayKeys, IssueError};
use crate::device::log::verify::Verified;
use crate::device::log::{EntryDetail, EntryOutcome, LogEntry, SpokenCode};
use crate::keys::{Day, SealerId};
use crate::payload::{HEADER_MAX, Handle, Header};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The sign-offs of many logs, and what is needed to judge them.
#[derive(Debug)]
pub struct LoggedDeliveries {
    /// The sign-offs, log by log, oldest first. What was taken back is left out.
    pub sign_offs: Vec<LoggedSignOff>,
    relabellings: Relabellings,
    /// Headers under which two labels stand: a header has the label's salt, so at least one of the two is not its label's.
    contested: HashSet<HeaderBytes>,
}

/// A header as a label has it, filled up with zeros.
type HeaderBytes = [u8; HEADER_MAX];

/// A sign-off of a log.
#[derive(Clone, Debug)]
#[non_exhaustive]
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
    pub code: Option<SpokenCode>,
}

impl LoggedDeliveries {
    /// Reads verified logs; `desks` are the sealers that only replace labels.
    #[must_use]
    pub fn of(logs: &[Verified], desks: BTreeSet<SealerId>) -> Self {
        let relabellings = Relabellings::new(desks);
        let mut deliveries = Self { sign_offs: Vec::new(), relabellings, contested: HashSet::new() };
        for log in logs {
            let own = deliveries.sign_offs.len();
            for entry in &log.entries {
                deliveries.read(&log.device, entry, own);
            }
        }
        deliveries.contest();
        deliveries
    }

    /// Finds the headers that two labels claim. An entry's handle is no proof of its header: a device whose program was replaced could
    /// name a header whose code it was told at another door.
    fn contest(&mut self) {
        let mut labels: HashMap<HeaderBytes, Handle> = HashMap::new();
        let signed_off = self.sign_offs.iter().filter_map(|one| Some((one.handle, one.header.as_ref()?)));
        for (handle, header) in signed_off.chain(self.relabellings.replaced()) {
            let header = bytes_of(header);
            if *labels.entry(header).or_insert(handle) != handle {
                self.contested.insert(header);
            }
        }
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
        let first = self.relabellings.first(sign_off.handle, &header);
        if first.is_some_and(|first| self.contested.contains(&bytes_of(first))) {
            return Ok(CodeVerdict::Unknown);
        }
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

fn bytes_of(header: &Header) -> HeaderBytes {
    let mut bytes = [0; HEADER_MAX];
    header.write(&mut bytes);
    bytes
}

/// Whether a header claims the station of its entry.
fn is_of(header: &Header, entry: &LogEntry) -> bool {
    entry.station == Some((header.region, header.site))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::log::{EntryCause, EntryDetail, LabelHeader};
    use crate::keys::{Alias, DeliveryCode, Generation, Node, Region, Site, Tier};
    use crate::payload::{ContactClass, Waybill};
    use crate::signed::grant::Purpose;

    struct NoKeys;

    impl DayKeys for NoKeys {
        fn generation(&self) -> u32 {
            0
        }

        fn day_key(&self, _: Tier, _: Day, _: &mut Node) -> Result<(), IssueError> {
            panic!("a contested header is judged")
        }
    }

    fn signed_off(label: u8, salt: u8) -> LogEntry {
        let (region, site) = (Region::new(755).unwrap(), Site::new(12).unwrap());
        let header = Header {
            generation: Generation::EVEN,
            contact: ContactClass::new(0).unwrap(),
            day_low: 7,
            region,
            site,
            alias: Alias::new(9).unwrap(),
            waybill: Waybill::parse("SF1390004216500").unwrap(),
            salt: [salt; 6],
        };
        let detail = EntryDetail::SignOff {
            header: LabelHeader::from(&header),
            code: DeliveryCode::parse("0794009").map(SpokenCode::from),
        };
        LogEntry {
            cause: EntryCause::Asked(Purpose::Deliver),
            station: Some((region, site)),
            handle: [label; 16],
            detail,
            ..LogEntry::by_device(1, EntryOutcome::Delivered, 1)
        }
    }

    #[test]
    fn a_header_that_two_labels_claim_says_nothing_of_either() {
        let log = |entries: Vec<LogEntry>| Verified {
            device: "pda".to_owned(),
            count: entries.len() as u64,
            entries,
            head: [0; 32],
            damage: Vec::new(),
        };
        let logs =
            [log(vec![signed_off(1, 1), signed_off(2, 2)]), log(vec![signed_off(3, 1), signed_off(1, 1)])];
        let deliveries = LoggedDeliveries::of(&logs, BTreeSet::new());
        assert_eq!(deliveries.contested.len(), 1, "the same label twice contests nothing");
        for sign_off in deliveries.sign_offs.iter().filter(|one| one.handle != Handle::from([2; 16])) {
            assert_eq!(deliveries.judge(&[NoKeys], sign_off, Day::new(7)).unwrap(), CodeVerdict::Unknown);
        }
        let alone = LoggedDeliveries::of(&logs[..1], BTreeSet::new());
        assert!(alone.contested.is_empty());
    }
}
