//! The openings and sign-offs of each label, over all devices.

use crate::device::log::EntryOutcome;
use crate::device::log::verify::Verified;
use std::collections::{BTreeMap, HashMap};

/// A label that more than one device opened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SharedLabel {
    /// The label's handle.
    pub handle: [u8; 16],
    /// The devices, with the number of times that each opened it.
    pub devices: Vec<(String, u32)>,
}

/// The openings and sign-offs of a label.
#[derive(Default)]
pub(super) struct ReportedLabel<'l> {
    /// How often each device opened it.
    pub(super) opened: BTreeMap<&'l str, u32>,
    /// The devices and operators that signed it off, with the times in seconds since 1970-01-01 UTC.
    pub(super) signed_off: HashMap<(&'l str, u32), u64>,
}

pub(super) fn labels(logs: &[Verified]) -> HashMap<[u8; 16], ReportedLabel<'_>> {
    let mut labels: HashMap<_, ReportedLabel<'_>> = HashMap::new();
    for log in logs {
        for entry in &log.entries {
            // Handles identify a label over all devices, since they are a hash of its payload.
            if entry.mark.shows() {
                *labels.entry(entry.handle).or_default().opened.entry(&log.device).or_default() += 1;
            } else if entry.mark.signs_off() {
                let by = (log.device.as_str(), entry.operator);
                labels.entry(entry.handle).or_default().signed_off.insert(by, entry.time);
            } else if entry.mark == EntryOutcome::TakenBack {
                let by = (log.device.as_str(), entry.operator);
                labels.entry(entry.handle).or_default().signed_off.remove(&by);
            }
        }
    }
    labels
}

/// The labels that more than one device opened, most openings first.
pub(super) fn shared(labels: &HashMap<[u8; 16], ReportedLabel<'_>>) -> Vec<SharedLabel> {
    let mut shared: Vec<_> = labels
        .iter()
        .filter(|(_, label)| label.opened.len() > 1)
        .map(|(handle, label)| SharedLabel {
            handle: *handle,
            devices: label.opened.iter().map(|(device, times)| ((*device).to_owned(), *times)).collect(),
        })
        .collect();
    let times = |shared: &SharedLabel| shared.devices.iter().map(|(_, times)| times).sum::<u32>();
    shared.sort_by(|a, b| times(b).cmp(&times(a)).then(a.handle.cmp(&b.handle)));
    shared
}
