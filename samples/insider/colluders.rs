//! Operators who collude: one hand works with the numbers and PINs of three, shift after shift on one device, and photographs what it opens. It is
//! measured with the device's own program, its log and the report on it, among honest devices of the same network.

use crate::insiders::noon;
use crate::network::{FIRST, Label, Network};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use wayseal::authority::auditor::Auditor;
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue};
use wayseal::authority::report::{Figure, Report, Shift};
use wayseal::device::log::verify::Verified;
use wayseal::device::operators::{OperatorList, Pin, PinHash};
use wayseal::device::session::{Attempt, ScanOutcome, Session};
use wayseal::device::store::{MemoryStore, Store as _};
use wayseal::keys::{Day, Tier};
use wayseal::payload::Handle;
use wayseal::signed::grant::SCANNER_DAYS;

const BOTH: [Tier; 2] = [Tier::Delivery, Tier::Contact];
/// The operators whose numbers are in one hand.
pub const HANDS: u32 = 3;
/// Honest devices in the report.
const HONEST: u32 = 5;

/// What colluding operators gain, and what the report shows.
pub struct Colluding {
    /// Records opened in the month, of each device tried.
    pub opened: Vec<usize>,
    /// The same by the books.
    pub expected: Vec<usize>,
    /// The operators of the first of them whom the report names, and by how many median deviations in the figure that stands out most.
    pub named: Vec<(String, Figure, f64)>,
    /// Honest operators whom it names too.
    pub accused: usize,
}

/// Measures colluding operators at the home stations of some scanners. Most of its time goes into PINs: each morning of each operator
/// costs a slow hash.
pub fn measure(network: &Network) -> Result<Colluding, String> {
    let scale = &network.scale;
    let count = (scale.holders / 5).max(1);
    let auditor = Auditor::generate().map_err(|error| error.to_string())?;
    let device = |scanner, operators| Device { network, auditor: &auditor, scanner, operators };
    let mut devices: Vec<Device<'_>> =
        (0..count).map(|holder| device(holder * scale.scanners / count, HANDS)).collect();
    // Honest ones beside the first, each of which delivers what it opens.
    devices.extend((1..=HONEST).map(|other| device(other, 1)));
    let mut months = side_by_side(&devices)?.into_iter();

    let mut result = Colluding { opened: Vec::new(), expected: Vec::new(), named: Vec::new(), accused: 0 };
    let mut logs = Vec::new();
    for (at, device) in devices.iter().take(count as usize).enumerate() {
        let (opened, log) = months.next().ok_or("a device without a month")?;
        result.opened.push(opened);
        result.expected.push(by_the_books(network, &device.labels()));
        if at == 0 {
            logs.push(log);
        }
    }
    // One report over the first of them and the honest ones.
    logs.extend(months.map(|(_, log)| log));
    let first = devices.first().map(Device::name).unwrap_or_default();
    let report = Report::new(&logs, Shift::DEFAULT);
    for line in report.devices.iter().filter(|line| line.operator > 0) {
        let Some((figure, by)) = line.findings.first() else { continue };
        if line.device == first {
            result.named.push((line.name(), *figure, *by));
        } else {
            result.accused += 1;
        }
    }
    Ok(result)
}

/// Records opened and the verified log, of one device.
type Month = (usize, Verified);

/// The months of devices, on all cores, in the order of the devices.
fn side_by_side(devices: &[Device<'_>]) -> Result<Vec<Month>, String> {
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let work = || -> Vec<(usize, Result<Month, String>)> {
        let taken = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|at| *at < devices.len());
        std::iter::from_fn(taken).map(|at| (at, devices[at].month())).collect()
    };
    let mut months: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a device's month")).collect()
    });
    months.sort_by_key(|(at, _)| *at);
    months.into_iter().map(|(_, month)| month).collect()
}

/// A device and those who work with it.
struct Device<'n> {
    network: &'n Network,
    auditor: &'n Auditor,
    scanner: u32,
    operators: u32,
}

impl Device<'_> {
    fn name(&self) -> String {
        format!("pda-{}", self.scanner)
    }

    /// The labels of the month at its station.
    fn labels(&self) -> Vec<&Label> {
        let home = self.network.home(self.scanner);
        self.network.labels.iter().filter(|label| label.station == home).collect()
    }

    /// A month of days: each morning a renewed grant, then each operator's shift until the budget is spent, then the hand-in. Returns the
    /// records opened and the verified log.
    fn month(&self) -> Result<Month, String> {
        let labels = self.labels();
        let delivers = self.operators == 1;
        let failed = |error: &dyn std::error::Error| error.to_string();
        let files = MemoryStore::new();
        Session::enrol_in(files.clone(), &self.auditor.enrol(&self.name(), self.network.authority.public()))
            .map_err(|error| failed(&error))?;
        let mut list = OperatorList::default();
        list.number = 1;
        let pins: Vec<(NonZeroU32, Pin)> = (1..=self.operators)
            .filter_map(|number| {
                Some((
                    NonZeroU32::new(self.scanner * 10 + number)?,
                    Pin::new(&format!("{:06}", 4711 + number))?,
                ))
            })
            .collect();
        for (operator, pin) in &pins {
            list.set(*operator, PinHash::new(pin).map_err(|error| failed(&error))?);
        }
        let mut session = Session::open_in(files.clone(), noon(FIRST)).map_err(|error| failed(&error))?;
        session
            .take_operators(&self.auditor.sign_operators(&list), noon(FIRST))
            .map_err(|error| failed(&error))?;
        let mut open: Vec<bool> = vec![false; labels.len()];
        for day in FIRST.number()..=self.network.scale.last().number() {
            let today = Day::new(day);
            // Six in the morning of China's clock and later: within a shift.
            let mut now = noon(today) - 12 * 3600 + 1000;
            let terms =
                GrantTerms::new(self.name(), u64::from(day), now).with_budget(self.network.scale.budget());
            let stations = [self.network.home(self.scanner)];
            let scope = Scope::Scanner { tiers: &BOTH, stations: &stations };
            let days = Days::ending(today, SCANNER_DAYS);
            let grant = issue(&self.network.authority, terms, &scope, days, Limits::Kept)
                .and_then(|grant| {
                    grant
                        .sign(&self.network.authority)
                        .map_err(|_| wayseal::authority::day_keys::IssueError::Nothing)
                })
                .map_err(|error| failed(&error))?;
            session.take_grant(&grant, now).map_err(|error| failed(&error))?;
            for (operator, pin) in &pins {
                session.begin_shift(*operator, pin, now).map_err(|error| failed(&error))?;
                for (label, open) in labels.iter().zip(&mut open).rev() {
                    // What is too old opens with no key, and a try stands on the log.
                    let is_over = label.day.number() + SCANNER_DAYS <= day;
                    if *open || label.day > today || is_over {
                        continue;
                    }
                    now += 30;
                    match session
                        .scan(&Attempt::at(label.text.as_str(), now))
                        .map_err(|error| failed(&error))?
                    {
                        ScanOutcome::Opened { record, handle, .. } => {
                            let told =
                                record.delivery.as_ref().is_some_and(|it| it.name == label.person.name);
                            *open = told;
                            let handle: Handle = handle;
                            if delivers {
                                now += 60;
                                session.sign_off(&handle, None, now).map_err(|error| failed(&error))?;
                            }
                        }
                        ScanOutcome::BudgetSpent(_) => break,
                        _ => {}
                    }
                }
                now += 60;
            }
            let log = files.read("log", u64::MAX).map_err(|error| failed(&error))?.unwrap_or_default();
            let answer = session.answer(&[7; 32]);
            let (_, head) =
                self.auditor.sign(&log, &answer, &[7; 32], None, now).map_err(|error| failed(&error))?;
            session.accept_head(&head, now).map_err(|error| failed(&error))?;
        }
        let log = files.read("log", u64::MAX).map_err(|error| failed(&error))?.unwrap_or_default();
        let verified = self.auditor.verify(&log, None).map_err(|error| failed(&error))?;
        Ok((open.into_iter().filter(|open| *open).count(), verified))
    }
}

/// Each day, the labels sealed by then and not older than the keys, the newest first, up to the budget of each number.
fn by_the_books(network: &Network, labels: &[&Label]) -> usize {
    let mut waiting: Vec<u16> = Vec::new();
    let mut count = 0;
    for day in FIRST.number()..=network.scale.last().number() {
        waiting.extend(labels.iter().map(|label| label.day.number()).filter(|sealed| *sealed == day));
        waiting.retain(|sealed| sealed + SCANNER_DAYS > day);
        for _ in 0..network.scale.budget() * HANDS {
            count += usize::from(waiting.pop().is_some());
        }
    }
    count
}
