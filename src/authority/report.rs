//! What many devices' logs say together: who opened how much, when, and what became of it.
//!
//! An honest day has a shape: a device opens about as many labels as the others, in its shift, and signs off
//! nearly all of them. A lent account has another: labels that somebody else delivers, or nobody; long before they
//! are delivered, or after; at night; for enquiries. So each device is compared with the middle of all, by the median and the median deviation, which a
//! few bad devices cannot shift.

use crate::device::log::verify::{LogDamage, Verified};
use crate::device::log::{EntryCause, EntryOutcome, LogEntry};
use crate::signed::grant::Purpose;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Median deviations over which a figure stands out, as is usual (Iglewicz and Hoaglin, 1993).
const STANDS_OUT: f64 = 3.5;

/// Seconds from an opening to the sign-off over which it is far from delivery: more than any day's round.
const FAR: u64 = 12 * 3600;

/// The hours of work, and the clock that they are told by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Minutes after midnight at which it begins.
    pub from: u32,
    /// Minutes after midnight at which it ends.
    pub until: u32,
    /// Minutes by which local time is ahead of UTC.
    pub ahead: i32,
}

impl Shift {
    /// Six to twenty-two o'clock, China Standard Time.
    pub const DEFAULT: Self = Self { from: 6 * 60, until: 22 * 60, ahead: 8 * 60 };

    /// Minutes after local midnight, and the number of the local day.
    const fn local(self, time: u64) -> (u32, i64) {
        // No time of a log is near the ends of the range.
        let minutes = (time / 60).cast_signed() + self.ahead as i64;
        (minutes.rem_euclid(1440) as u32, minutes.div_euclid(1440))
    }

    const fn holds(self, minute: u32) -> bool {
        if self.from <= self.until {
            self.from <= minute && minute < self.until
        } else {
            // Over midnight.
            self.from <= minute || minute < self.until
        }
    }
}

/// A report over devices, those that stand out most first.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The devices.
    pub devices: Vec<DeviceReport>,
    /// The middle of all devices.
    pub middle: Figures,
    /// Labels that more than one device opened, most openings first.
    pub shared: Vec<SharedLabel>,
    /// The local days of the first and of the last entry, counted from 1970-01-01; none of empty logs.
    pub days: Option<(i64, i64)>,
}

/// One device.
#[derive(Clone, Debug, PartialEq)]
pub struct DeviceReport {
    /// Its name.
    pub device: String,
    /// Openings of each hour of the local day.
    pub hours: [u32; 24],
    /// Labels shown, each opening counted.
    pub openings: u32,
    /// Days with openings.
    pub days: u32,
    /// Labels opened and signed off by this device.
    pub delivered: u32,
    /// Labels opened here and signed off by another device.
    pub elsewhere: u32,
    /// Labels opened here and signed off by none.
    pub never: u32,
    /// Openings more than twelve hours before or after the label was signed off, by whatever device.
    pub far: u32,
    /// Openings outside the shift.
    pub outside: u32,
    /// Openings for an enquiry.
    pub enquiries: u32,
    /// Attempts refused because the budget was spent.
    pub over_budget: u32,
    /// Attempts refused otherwise.
    pub refused: u32,
    /// What is compared with the other devices.
    pub figures: Figures,
    /// What stands out, the furthest first: the figure, and by how many median deviations.
    pub findings: Vec<(Figure, f64)>,
    /// What was done to its log.
    pub damage: Vec<LogDamage>,
}

impl DeviceReport {
    /// The counts that a table shows, in its order: openings, days, signed off here, elsewhere, never, far from delivery,
    /// outside the shift, for an enquiry, over the budget, refused.
    #[must_use]
    pub const fn counts(&self) -> [u32; 10] {
        [
            self.openings,
            self.days,
            self.delivered,
            self.elsewhere,
            self.never,
            self.far,
            self.outside,
            self.enquiries,
            self.over_budget,
            self.refused,
        ]
    }
}

/// Labels opened by more than one device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedLabel {
    /// The label.
    pub handle: [u8; 16],
    /// The devices, and how often each opened it.
    pub devices: Vec<(String, u32)>,
}

/// A figure of a device that is compared with the others'.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Figure {
    /// Openings a day.
    Daily,
    /// Share of the labels opened that another device signed off.
    Elsewhere,
    /// Share of the labels opened that none signed off.
    Never,
    /// Share of the openings outside the shift.
    Outside,
    /// Share of the openings for an enquiry.
    Enquiries,
    /// Attempts over the budget a day.
    OverBudget,
    /// Share of the openings far from delivery.
    Far,
}

impl Figure {
    /// Every figure.
    pub const ALL: [Self; 7] = [
        Self::Daily,
        Self::Elsewhere,
        Self::Never,
        Self::Outside,
        Self::Enquiries,
        Self::OverBudget,
        Self::Far,
    ];

    /// The stable name for machines.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Daily => "openings_a_day",
            Self::Elsewhere => "signed_off_elsewhere",
            Self::Never => "never_signed_off",
            Self::Outside => "outside_shift",
            Self::Enquiries => "enquiries",
            Self::OverBudget => "over_budget_a_day",
            Self::Far => "far_from_delivery",
        }
    }

    /// Whether it is a share, from 0 to 1.
    #[must_use]
    pub const fn is_share(self) -> bool {
        !matches!(self, Self::Daily | Self::OverBudget)
    }

    /// The least deviation that counts, where all devices are alike.
    const fn least(self) -> f64 {
        match self {
            Self::Daily => 10.0,
            Self::OverBudget => 2.0,
            _ => 0.03,
        }
    }
}

/// A device's figures.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures([f64; Figure::ALL.len()]);

impl Figures {
    /// The value of a figure.
    #[must_use]
    pub const fn of(&self, figure: Figure) -> f64 {
        self.0[figure as usize]
    }
}

impl Report {
    /// Reads logs that were verified, damaged ones too: what is left of them counts.
    #[must_use]
    pub fn new(logs: &[Verified], shift: Shift) -> Self {
        let labels = labels(logs);
        let mut devices: Vec<_> = logs.iter().map(|log| device(log, &labels, shift)).collect();
        let mut middle = Figures::default();
        for figure in Figure::ALL {
            let values: Vec<f64> = devices.iter().map(|device| device.figures.of(figure)).collect();
            let centre = median(values.clone());
            let deviation = median(values.iter().map(|value| (value - centre).abs()).collect()) * 1.4826;
            middle.0[figure as usize] = centre;
            // Two devices have no middle.
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
        let weight = |device: &DeviceReport| device.findings.iter().map(|(_, by)| by).sum::<f64>();
        devices.sort_by(|a, b| {
            let damaged = |device: &DeviceReport| !device.damage.is_empty();
            let first = damaged(b).cmp(&damaged(a)).then(weight(b).total_cmp(&weight(a)));
            first.then(b.openings.cmp(&a.openings)).then_with(|| a.device.cmp(&b.device))
        });
        let days = || logs.iter().flat_map(|log| &log.entries).map(|entry| shift.local(entry.time).1);
        Self { devices, middle, shared: shared(&labels), days: days().min().zip(days().max()) }
    }
}

/// What happened to a label, over all devices.
#[derive(Default)]
struct ReportedLabel<'l> {
    opened: BTreeMap<&'l str, u32>,
    /// The devices that signed it off, and when.
    signed_off: HashMap<&'l str, u64>,
}

fn labels(logs: &[Verified]) -> HashMap<[u8; 16], ReportedLabel<'_>> {
    let mut labels: HashMap<_, ReportedLabel<'_>> = HashMap::new();
    for log in logs {
        for entry in &log.entries {
            if entry.mark.shows() {
                *labels.entry(entry.handle).or_default().opened.entry(&log.device).or_default() += 1;
            } else if entry.mark == EntryOutcome::Delivered {
                labels.entry(entry.handle).or_default().signed_off.insert(&log.device, entry.time);
            }
        }
    }
    labels
}

fn device(log: &Verified, labels: &HashMap<[u8; 16], ReportedLabel<'_>>, shift: Shift) -> DeviceReport {
    let mut report = DeviceReport {
        device: log.device.clone(),
        hours: [0; 24],
        openings: 0,
        days: 0,
        delivered: 0,
        elsewhere: 0,
        never: 0,
        far: 0,
        outside: 0,
        enquiries: 0,
        over_budget: 0,
        refused: 0,
        figures: Figures::default(),
        findings: Vec::new(),
        damage: log.damage.clone(),
    };
    let mut days = HashSet::new();
    let mut opened = HashSet::new();
    for entry in &log.entries {
        count(&mut report, entry, shift, &mut days, &mut opened);
        let signed_off = labels.get(&entry.handle).filter(|_| entry.mark.shows());
        let nearest =
            signed_off.and_then(|label| label.signed_off.values().map(|at| at.abs_diff(entry.time)).min());
        report.far += u32::from(nearest.is_some_and(|seconds| seconds > FAR));
    }
    for handle in &opened {
        let signed_off = labels.get(handle).map(|label| &label.signed_off);
        let place = match signed_off {
            Some(by) if by.contains_key(log.device.as_str()) => &mut report.delivered,
            Some(by) if !by.is_empty() => &mut report.elsewhere,
            _ => &mut report.never,
        };
        *place += 1;
    }
    // Counts of labels are far below 2^32.
    report.days = days.len() as u32;
    let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole.max(1));
    let labels = report.delivered + report.elsewhere + report.never;
    report.figures = Figures([
        share(report.openings, report.days),
        share(report.elsewhere, labels),
        share(report.never, labels),
        share(report.outside, report.openings),
        share(report.enquiries, report.openings),
        share(report.over_budget, report.days),
        share(report.far, report.openings),
    ]);
    report
}

fn count(
    report: &mut DeviceReport,
    entry: &LogEntry,
    shift: Shift,
    days: &mut HashSet<i64>,
    opened: &mut HashSet<[u8; 16]>,
) {
    let (minute, day) = shift.local(entry.time);
    match entry.mark {
        EntryOutcome::Opened | EntryOutcome::Again | EntryOutcome::Uncounted => {
            days.insert(day);
            opened.insert(entry.handle);
            report.openings += 1;
            report.hours[(minute / 60) as usize] += 1;
            report.outside += u32::from(!shift.holds(minute));
            report.enquiries += u32::from(entry.cause == EntryCause::Asked(Purpose::Enquiry));
        }
        EntryOutcome::OverBudget => report.over_budget += 1,
        EntryOutcome::Refused(_)
        | EntryOutcome::PurposeNotGranted
        | EntryOutcome::AfterDelivery
        | EntryOutcome::OpenedBefore
        | EntryOutcome::WrongWaybill
        | EntryOutcome::NotLoaded
        | EntryOutcome::NoKeys => report.refused += 1,
        _ => {}
    }
}

fn shared(labels: &HashMap<[u8; 16], ReportedLabel<'_>>) -> Vec<SharedLabel> {
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

    #[test]
    fn shifts_are_told_by_the_local_clock_also_over_midnight() {
        let day = Shift::DEFAULT;
        // 2026-11-24 00:00 UTC is eight o'clock in China.
        let (minute, number) = day.local(1_795_478_400);
        assert_eq!(minute, 8 * 60);
        assert!(day.holds(minute) && !day.holds(5 * 60) && !day.holds(22 * 60));
        assert_eq!(day.local(1_795_478_400 + 16 * 3600), (0, number + 1));
        let night = Shift { from: 20 * 60, until: 4 * 60, ahead: -300 };
        assert!(night.holds(0) && night.holds(20 * 60) && !night.holds(4 * 60));
    }

    #[test]
    fn an_opening_is_far_from_delivery_by_the_nearest_sign_off_of_any_device() {
        let entry = |time: u64, mark: EntryOutcome, label: u8| LogEntry {
            time,
            cause: EntryCause::Asked(Purpose::Deliver),
            mark,
            serial: 1,
            station: None,
            handle: [label; 16],
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
    fn the_middle_is_the_median() {
        assert_eq!(median(vec![]), 0.0);
        assert_eq!(median(vec![3.0, 1.0, 100.0]), 3.0);
        assert_eq!(median(vec![3.0, 1.0]), 2.0);
    }
}
