//! Devices compared with one another: the median of each figure, and who is far from it.

use super::budget::{Granted, findings};
use super::codes::CodeCounts;
use super::device::{DeviceReport, device_reports};
use super::doubled::{DoubledOperator, doubled};
use super::figure::{Figure, Figures};
use super::label::{SharedLabel, labels, shared};
use super::shift::Shift;
use crate::device::log::verify::Verified;
use std::collections::HashMap;

/// The distance from the median over which a figure stands out, in scaled median absolute deviations: the usual cut-off
/// for modified z-scores (Iglewicz and Hoaglin, 1993).
const STANDS_OUT: f64 = 3.5;

/// A report over devices: damaged logs first, then by how much their figures stand out.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Report {
    /// The devices.
    pub devices: Vec<DeviceReport>,
    /// The median of each figure over all devices.
    pub middle: Figures,
    /// Labels that more than one device opened, most openings first.
    pub shared: Vec<SharedLabel>,
    /// Numbers of operators that were at work on two devices at once.
    pub doubled: Vec<DoubledOperator>,
    /// The local days of the first and the last entry, counted from 1970-01-01; `None` if all logs are empty.
    pub days: Option<(i64, i64)>,
}

impl Report {
    /// The report of verified logs. Damaged logs are included: the entries that are left count.
    #[must_use]
    pub fn new(logs: &[Verified], shift: Shift) -> Self {
        Self::with_codes(logs, shift, &HashMap::new())
    }

    /// The same with what the authority said of the delivery codes of each device and operator.
    #[must_use]
    pub fn with_codes(logs: &[Verified], shift: Shift, codes: &HashMap<(String, u32), CodeCounts>) -> Self {
        let labels = labels(logs);
        let mut devices: Vec<_> =
            logs.iter().flat_map(|log| device_reports(log, &labels, shift, codes)).collect();
        let mut middle = Figures::default();
        for figure in Figure::ALL {
            let values: Vec<f64> = devices.iter().map(|device| device.figures.of(figure)).collect();
            // 1.4826 scales the median absolute deviation to the standard deviation of a normal distribution.
            let centre = median(values.clone());
            let deviation = median(values.iter().map(|value| (value - centre).abs()).collect()) * 1.4826;
            middle.0[figure as usize] = centre;
            // With one or two devices the median says nothing about which of them is unusual.
            for device in devices.iter_mut().filter(|_| values.len() > 2) {
                let by = (device.figures.of(figure) - centre) / deviation.max(figure.least());
                if by > STANDS_OUT {
                    device.findings.push((figure, by));
                }
            }
        }
        for device in &mut devices {
            device.findings.sort_by(|a, b| b.1.total_cmp(&a.1));
        }
        ordered(&mut devices);
        let days = || logs.iter().flat_map(|log| &log.entries).map(|entry| shift.local(entry.time).1);
        Self {
            devices,
            middle,
            shared: shared(&labels),
            doubled: doubled(logs),
            days: days().min().zip(days().max()),
        }
    }

    /// The same report, in which each interval between two hand-ins with more labels than were granted is named. `logs` are those
    /// that it is of.
    #[must_use]
    pub fn with_budgets(mut self, logs: &[Verified], granted: &Granted) -> Self {
        for log in logs {
            let mut found = findings(log, granted);
            for device in self.devices.iter_mut().filter(|device| device.device == log.device) {
                device.beyond.extend(found.beyond.remove(&device.operator).unwrap_or_default());
                device.foreign_heads = device.foreign_heads.max(found.foreign_heads);
            }
        }
        ordered(&mut self.devices);
        self
    }
}

/// What to look at first: damaged logs and broken budgets, then the sum of all that stands out, then the most openings.
fn ordered(devices: &mut [DeviceReport]) {
    let weight = |device: &DeviceReport| device.findings.iter().map(|(_, by)| by).sum::<f64>();
    devices.sort_by(|a, b| {
        let first = b.is_broken().cmp(&a.is_broken()).then(weight(b).total_cmp(&weight(a)));
        first
            .then(b.openings.cmp(&a.openings))
            .then_with(|| (&a.device, a.operator).cmp(&(&b.device, b.operator)))
    });
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => 0.0,
        len if len % 2 == 1 => values[len / 2],
        len => f64::midpoint(values[len / 2 - 1], values[len / 2]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::log::{EntryCause, EntryOutcome, LogEntry};
    use crate::signed::grant::Purpose;

    #[test]
    fn an_opening_is_far_from_delivery_by_the_nearest_sign_off_of_any_device() {
        let entry = |time: u64, mark: EntryOutcome, label: u8| LogEntry {
            cause: EntryCause::Asked(Purpose::Deliver),
            handle: [label; 16],
            ..LogEntry::by_device(time, mark, 1)
        };
        let log = |device: &str, entries: &[LogEntry]| Verified {
            device: device.to_owned(),
            entries: entries.to_vec(),
            count: entries.len() as u64,
            head: [0; 32],
            damage: Vec::new(),
        };
        let noon = 1_795_478_400;
        let logs = [
            // A day before its sign-off; an hour before; twice of a label that nobody signed off.
            log(
                "lent",
                &[
                    entry(noon - 86_400, EntryOutcome::Opened, 1),
                    entry(noon - 3600, EntryOutcome::Again, 1),
                    entry(noon, EntryOutcome::Opened, 2),
                    entry(noon, EntryOutcome::Uncounted, 2),
                ],
            ),
            log("own", &[entry(noon - 60, EntryOutcome::Opened, 1), entry(noon, EntryOutcome::Delivered, 1)]),
        ];
        let report = Report::new(&logs, Shift::DEFAULT);
        let of = |name: &str| report.devices.iter().find(|device| device.device == name).unwrap();
        assert_eq!((of("lent").far, of("lent").openings), (1, 4));
        assert_eq!(of("lent").figures.of(Figure::Far), 0.25);
        assert_eq!((of("own").far, of("own").openings), (0, 1));
    }

    #[test]
    fn the_median_of_an_even_number_is_the_mean_of_the_middle_two() {
        assert_eq!(median(vec![]), 0.0);
        assert_eq!(median(vec![3.0, 1.0, 100.0]), 3.0);
        assert_eq!(median(vec![3.0, 1.0]), 2.0);
    }
}
