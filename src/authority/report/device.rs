//! The counts of one device.

use super::budget::BeyondBudget;
use super::codes::CodeCounts;
use super::figure::{Figure, Figures};
use super::label::ReportedLabel;
use super::shift::Shift;
use crate::authority::deliveries::CodeVerdict;
use crate::device::log::verify::{LogDamage, Verified};
use crate::device::log::{EntryCause, EntryOutcome, LogEntry};
use crate::signed::grant::Purpose;
use std::collections::{HashMap, HashSet};

/// An opening is far from delivery if more seconds are between it and the sign-off: longer than a day's round.
const FAR: u64 = 12 * 3600;

/// The counts and findings of one device.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DeviceReport {
    /// The device's name.
    pub device: String,
    /// The operator whose shifts are counted; 0 for what is nobody's.
    pub operator: u32,
    /// Openings in each hour of the local day.
    pub hours: [u32; 24],
    /// Openings; a label opened twice counts twice.
    pub openings: u32,
    /// Days with openings.
    pub days: u32,
    /// Labels opened and signed off by this device.
    pub delivered: u32,
    /// Labels opened here and signed off by another device.
    pub elsewhere: u32,
    /// Labels opened here and signed off by no device.
    pub never: u32,
    /// Openings more than twelve hours before or after the nearest sign-off of the label by any device.
    pub far: u32,
    /// Openings outside the shift.
    pub outside: u32,
    /// Openings for an enquiry.
    pub enquiries: u32,
    /// Attempts refused because the budget was spent.
    pub over_budget: u32,
    /// Attempts refused for other reasons.
    pub refused: u32,
    /// What the authority said of its sign-offs' delivery codes.
    pub codes: CodeCounts,
    /// The figures that are compared with the other devices'.
    pub figures: Figures,
    /// The figures that stand out, the farthest first, with their distance from the median in median deviations.
    pub findings: Vec<(Figure, f64)>,
    /// Intervals between two hand-ins with more labels than were granted; see [`Report::with_budgets`](super::Report::with_budgets).
    pub beyond: Vec<BeyondBudget>,
    /// Heads that its log says were taken and that the auditor did not sign.
    pub foreign_heads: u32,
    /// The damage to its log.
    pub damage: Vec<LogDamage>,
}

impl DeviceReport {
    /// The device, and its operator if there is one: `pda-17 #1007`.
    #[must_use]
    pub fn name(&self) -> String {
        match self.operator {
            0 => self.device.clone(),
            operator => format!("{} #{operator}", self.device),
        }
    }

    /// Whether its log shows what no device does that keeps to its grants.
    #[must_use]
    pub const fn is_broken(&self) -> bool {
        !self.damage.is_empty() || !self.beyond.is_empty() || self.foreign_heads > 0
    }

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

/// Counts a log, apart for each operator whose hand it was in: two shifts on one device are two people's. What is nobody's is counted if
/// there is no operator, or if anything of a label is nobody's. `labels` are those of all logs.
pub(super) fn device_reports(
    log: &Verified,
    labels: &HashMap<[u8; 16], ReportedLabel<'_>>,
    shift: Shift,
    codes: &HashMap<(String, u32), CodeCounts>,
) -> Vec<DeviceReport> {
    let asked = log.entries.iter().filter(|entry| entry.cause != EntryCause::Device);
    let mut operators: Vec<u32> = asked.map(|entry| entry.operator).collect();
    operators.sort_unstable();
    operators.dedup();
    if operators.is_empty() {
        operators.push(0);
    }
    let said = |operator: u32| codes.get(&(log.device.clone(), operator)).copied().unwrap_or_default();
    operators
        .into_iter()
        .map(|operator| device_report(log, operator, labels, shift, said(operator)))
        .collect()
}

fn device_report(
    log: &Verified,
    operator: u32,
    labels: &HashMap<[u8; 16], ReportedLabel<'_>>,
    shift: Shift,
    codes: CodeCounts,
) -> DeviceReport {
    let mut report = DeviceReport {
        device: log.device.clone(),
        operator,
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
        codes,
        figures: Figures::default(),
        findings: Vec::new(),
        beyond: Vec::new(),
        foreign_heads: 0,
        damage: log.damage.clone(),
    };
    let mut days = HashSet::new();
    let mut opened = HashSet::new();
    for entry in log.entries.iter().filter(|entry| entry.operator == operator) {
        count(&mut report, entry, shift, &mut days, &mut opened);
        let signed_off = labels.get(&entry.handle).filter(|_| entry.mark.shows());
        let nearest =
            signed_off.and_then(|label| label.signed_off.values().map(|at| at.abs_diff(entry.time)).min());
        report.far += u32::from(nearest.is_some_and(|seconds| seconds > FAR));
    }
    // Each label counts once here, however often it was opened.
    for handle in &opened {
        let signed_off = labels.get(handle).map(|label| &label.signed_off);
        let place = match signed_off {
            Some(by) if by.contains_key(&(log.device.as_str(), operator)) => &mut report.delivered,
            Some(by) if !by.is_empty() => &mut report.elsewhere,
            _ => &mut report.never,
        };
        *place += 1;
    }
    // A log has far fewer than 2^32 entries.
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
        share(codes.of(CodeVerdict::Wrong), codes.of(CodeVerdict::Wrong) + codes.of(CodeVerdict::Right)),
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
