//! Numbers of operators that were at work on two devices at once: lent, or known to somebody else.

use crate::device::log::EntryOutcome;
use crate::device::log::verify::Verified;
use std::collections::BTreeMap;

/// A number that was at work on two devices at once.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DoubledOperator {
    /// The operator's number.
    pub operator: u32,
    /// The two devices.
    pub devices: [String; 2],
    /// How many shifts of the one fell into shifts of the other.
    pub times: u32,
    /// When that was first, in seconds since 1970-01-01 UTC.
    pub first: u64,
}

/// A shift as its entries show it: it lasts to the last of them, whether or not it was ended.
struct WorkedShift<'l> {
    device: &'l str,
    from: u64,
    until: u64,
}

/// The numbers that were at work on two devices at once, ascending.
pub(super) fn doubled(logs: &[Verified]) -> Vec<DoubledOperator> {
    let mut shifts: BTreeMap<u32, Vec<WorkedShift<'_>>> = BTreeMap::new();
    for log in logs {
        for entry in log.entries.iter().filter(|entry| entry.operator > 0) {
            let own = shifts.entry(entry.operator).or_default();
            match own.last_mut() {
                // A PIN that was refused is of nobody's shift.
                _ if entry.mark == EntryOutcome::PinRefused => {}
                Some(last) if last.device == log.device && entry.mark != EntryOutcome::ShiftBegun => {
                    last.until = last.until.max(entry.time);
                }
                _ => own.push(WorkedShift { device: &log.device, from: entry.time, until: entry.time }),
            }
        }
    }
    let mut found: BTreeMap<(u32, &str, &str), (u32, u64)> = BTreeMap::new();
    for (operator, shifts) in &mut shifts {
        shifts.sort_by_key(|shift| shift.from);
        for (at, shift) in shifts.iter().enumerate() {
            // A shift is over within a day: those that begin after its end are not looked at.
            for other in shifts[at + 1..].iter().take_while(|other| other.from < shift.until) {
                if other.device != shift.device {
                    let (one, two) = (shift.device.min(other.device), shift.device.max(other.device));
                    let (times, _) = found.entry((*operator, one, two)).or_insert((0, other.from));
                    *times += 1;
                }
            }
        }
    }
    found
        .into_iter()
        .map(|((operator, one, two), (times, first))| DoubledOperator {
            operator,
            devices: [one.to_owned(), two.to_owned()],
            times,
            first,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::log::LogEntry;

    fn log(device: &str, entries: &[(u32, u64, EntryOutcome)]) -> Verified {
        let entry = |(operator, time, mark): &(u32, u64, EntryOutcome)| LogEntry {
            operator: *operator,
            ..LogEntry::by_device(*time, *mark, 1)
        };
        Verified {
            device: device.into(),
            entries: entries.iter().map(entry).collect(),
            count: entries.len() as u64,
            head: [0; 32],
            damage: Vec::new(),
        }
    }

    #[test]
    fn a_number_on_two_devices_at_once_is_named_and_one_that_changes_devices_is_not() {
        use EntryOutcome::{Opened, PinRefused, ShiftBegun, ShiftEnded};
        let one = || {
            log("pda-1", &[(7, 100, ShiftBegun), (7, 200, Opened), (8, 300, ShiftBegun), (8, 400, Opened)])
        };
        // The first comes back in the evening with another device, and somebody tries his PIN at noon.
        let two = log("pda-2", &[(7, 150, PinRefused), (7, 210, ShiftBegun), (7, 280, ShiftEnded)]);
        assert_eq!(doubled(&[one(), two]), []);
        let three =
            log("pda-3", &[(8, 350, ShiftBegun), (8, 500, Opened), (7, 190, ShiftBegun), (7, 195, Opened)]);
        let found = doubled(&[one(), three]);
        let named = |operator, first| DoubledOperator {
            operator,
            devices: ["pda-1".into(), "pda-3".into()],
            times: 1,
            first,
        };
        assert_eq!(found, [named(7, 190), named(8, 350)]);
    }
}
