//! Prints labels by the ledger: each once, unless asked for again, and none whose fate is unknown without being asked.
//!
//! In go labels one by one, with their waybill numbers; out comes a [`PrintReport`]. A label goes through these steps, and
//! wherever the process ends in between, the ledger says no more than what is true:
//!
//! ```text
//! entered as queued, and synced ─▶ sent ─▶ entered as confirmed, sent or unknown
//! ```

use super::address::PrinterAddress;
use super::connect;
use super::ledger::{KnownLabel, Ledger, LedgerError};
use super::session::{LabelSession, Patience, PrintError, PrinterEvent};
use super::state::PrintState;
use super::status::Dialect;
use crate::payload::{Handle, Payload, Waybill};
use crate::signed::moment::Moment;
use std::collections::HashSet;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;
use thiserror::Error;

/// A label by what a scanner reads on it, or somebody types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LabelMark {
    /// Its waybill number: the bar code.
    Waybill(Waybill),
    /// Its handle: the ten characters under the QR code.
    Handle(String),
}

impl LabelMark {
    /// Parses a waybill number, a handle, or the text of a QR code.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(at) = text.find("WS1:") {
            let payload = Payload::parse(&text.as_bytes()[at..]).ok()?;
            return Some(Self::Handle(payload.handle().printed().to_string()));
        }
        let text = text.to_ascii_uppercase();
        // No waybill number has ten characters of the handle's alphabet alone, unless it is one: the digits decide.
        let handle = text.replace([' ', '-'], "");
        let is_handle =
            handle.len() == 10 && handle.bytes().all(|b| b"0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(&b));
        match Waybill::parse(&text) {
            Ok(waybill) if !is_handle => Some(Self::Waybill(waybill)),
            _ if is_handle => Some(Self::Handle(handle)),
            _ => None,
        }
    }

    fn matches(&self, waybill: &Waybill, handle: Option<&Handle>) -> bool {
        match self {
            Self::Waybill(own) => own == waybill,
            Self::Handle(own) => {
                handle.is_some_and(|handle| *handle.printed() == **own) || *waybill.text() == **own
            }
        }
    }
}

/// Which labels are printed.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct PrintChoice {
    /// Only those after this label, the last good one.
    pub after: Option<LabelMark>,
    /// Those that may be printed or not are printed: somebody has looked at the paper.
    pub doubtful: bool,
    /// Those that are printed already are printed again.
    pub again: Again,
}

/// Which labels are printed again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Again {
    /// None.
    #[default]
    Never,
    /// These, and no others are printed at all.
    These(HashSet<Waybill>),
    /// All.
    All,
}

/// What became of the labels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PrintReport {
    /// Labels by state.
    pub confirmed: u64,
    /// Taken by the printer as far as the connection shows.
    pub sent: u64,
    /// Printed or not.
    pub unknown: u64,
    /// Not sent, since the ledger has them as printed.
    pub printed_before: u64,
    /// Not sent, since the ledger has them as neither printed nor not.
    pub doubtful: u64,
    /// The first of those.
    pub first_doubtful: Option<Waybill>,
    /// Whether the printer reported after the last label that it has no fault and nothing left.
    pub no_fault: bool,
    /// Whether it was a spooler that took them.
    pub spooled: bool,
    /// The last label confirmed.
    pub last_confirmed: Option<Waybill>,
    /// The last label of which all bytes were sent.
    pub last_whole: Option<Waybill>,
    /// The first label that is unknown.
    pub first_unknown: Option<Waybill>,
    /// The label that was being sent, or was to be sent next, when it ended.
    pub next: Option<Waybill>,
    /// Listed to be printed again, and not among the labels.
    pub not_found: Vec<Waybill>,
}

impl PrintReport {
    /// Whether a byte of a label went to the printer.
    #[must_use]
    pub const fn has_sent(&self) -> bool {
        self.confirmed + self.sent + self.unknown > 0
    }
}

/// Why printing ended.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum QueueError {
    /// The printer.
    #[error(transparent)]
    Print(#[from] PrintError),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// Labels on their way to a printer.
pub struct PrintQueue {
    at_work: Mutex<AtWork>,
    /// Apart, so that it can be read while a label is being sent.
    report: Arc<Mutex<PrintReport>>,
}

impl fmt::Debug for PrintQueue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrintQueue").field("report", &self.report()).finish_non_exhaustive()
    }
}

/// A way to begin a session, called when there is a first label.
type Begin = Box<dyn FnMut() -> Result<Box<dyn LabelSession>, PrintError> + Send>;

struct AtWork {
    begin: Begin,
    session: Option<Box<dyn LabelSession>>,
    ledger: Option<Ledger>,
    choice: PrintChoice,
    /// Whether the last good label is still to come.
    before_start: bool,
    /// Labels sent, of which it is not yet known what became of them.
    open: Vec<Option<Waybill>>,
    /// Of the session's labels, how many are no longer open.
    closed: u64,
    /// What labels that were left out would have stored in the printer, and later ones recall.
    stores: Vec<u8>,
}

impl PrintQueue {
    /// A queue to a printer. `length` is a label's in tenths of a millimetre; `dialect` is how the printer is asked.
    #[must_use]
    pub fn to(
        address: PrinterAddress,
        dialect: Option<Dialect>,
        length: u64,
        patience: Patience,
        tell: impl Fn(PrinterEvent) + Send + Sync + 'static,
    ) -> Self {
        let tell = Arc::new(tell);
        Self::new(Box::new(move || {
            let tell = tell.clone();
            connect::begin(&address, dialect, length, patience, Box::new(move |event| tell(event)))
        }))
    }

    /// A queue to whatever `begin` connects to.
    pub(super) fn new(begin: Begin) -> Self {
        let at_work = AtWork {
            begin,
            session: None,
            ledger: None,
            choice: PrintChoice::default(),
            before_start: false,
            open: Vec::new(),
            closed: 0,
            stores: Vec::new(),
        };
        Self { at_work: Mutex::new(at_work), report: Arc::default() }
    }

    /// Keeps a ledger.
    #[must_use]
    pub fn with_ledger(self, ledger: Ledger) -> Self {
        self.lock().ledger = Some(ledger);
        self
    }

    /// Prints some of the labels only.
    #[must_use]
    pub fn with_choice(self, choice: PrintChoice) -> Self {
        {
            let mut at_work = self.lock();
            at_work.before_start = choice.after.is_some();
            if let Again::These(these) = &choice.again {
                let mut listed: Vec<Waybill> = these.iter().copied().collect();
                listed.sort_by_key(|waybill| waybill.text().to_string());
                self.change(|report| report.not_found = listed);
            }
            at_work.choice = choice;
        }
        self
    }

    /// What is known so far. Does not wait for a label that is being sent.
    #[must_use]
    pub fn report(&self) -> PrintReport {
        self.report.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether the last good label was among the labels so far, if one was given.
    #[must_use]
    pub fn has_started(&self) -> bool {
        !self.lock().before_start
    }

    /// Prints a label, unless the choice or the ledger is against it. A label without a number is not in the ledger.
    ///
    /// # Errors
    /// [`QueueError`]. Nothing more can be printed then.
    pub fn print(
        &self,
        waybill: Option<&Waybill>,
        handle: Option<&Handle>,
        label: &[u8],
    ) -> Result<(), QueueError> {
        let mut at_work = self.lock();
        let at_work = &mut *at_work;
        if let Some(waybill) = waybill
            && !self.is_wanted(at_work, waybill, handle)
        {
            at_work.keep_stores(label);
            return Ok(());
        }
        if waybill.is_none() && (at_work.before_start || matches!(at_work.choice.again, Again::These(_))) {
            at_work.keep_stores(label);
            return Ok(());
        }
        self.change(|report| report.next = waybill.copied());
        if at_work.session.is_none() {
            at_work.session = Some((at_work.begin)()?);
        }
        if let (Some(waybill), Some(ledger)) = (waybill, &mut at_work.ledger) {
            let choice = &at_work.choice;
            let wanted = |known: Option<KnownLabel>| match known {
                None | Some(KnownLabel::Untouched) => true,
                Some(known) => choice.again != Again::Never || (choice.doubtful && known.is_doubtful()),
            };
            match ledger.claim(waybill, now(), wanted)? {
                None => {}
                Some(known) => {
                    self.leave_out(waybill, known);
                    at_work.keep_stores(label);
                    return Ok(());
                }
            }
        }
        let Some(session) = &mut at_work.session else { return Ok(()) };
        let stores = std::mem::take(&mut at_work.stores);
        let sent =
            if stores.is_empty() { session.send(label) } else { session.send(&[&stores, label].concat()) };
        match sent {
            Ok(()) => {
                at_work.open.push(waybill.copied());
                self.change(|report| {
                    report.last_whole = waybill.copied().or(report.last_whole);
                    report.next = None;
                });
                self.close_confirmed(at_work)
            }
            Err(error) => {
                // A settled window ends with an error after its last label was sent whole.
                if session.sent() > at_work.closed + at_work.open.len() as u64 {
                    self.change(|report| report.last_whole = waybill.copied().or(report.last_whole));
                }
                at_work.open.push(waybill.copied());
                self.give_up(at_work, error.untouched)?;
                Err(error.into())
            }
        }
    }

    /// Ends the job, and says what became of all labels.
    ///
    /// # Errors
    /// [`QueueError`]; [`report`](Self::report) has what is known.
    pub fn finish(&self) -> Result<PrintReport, QueueError> {
        let mut at_work = self.lock();
        let at_work = &mut *at_work;
        let Some(session) = &mut at_work.session else { return Ok(self.report()) };
        match session.finish() {
            Ok(end) => {
                self.close_confirmed(at_work)?;
                self.change(|report| (report.no_fault, report.spooled) = (end.no_fault, end.spooled));
                self.close(at_work, u64::MAX, end.rest)?;
                (at_work.session, at_work.closed) = (None, 0);
                Ok(self.report())
            }
            Err(error) => {
                self.close_confirmed(at_work)?;
                self.give_up(at_work, error.untouched)?;
                Err(error.into())
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, AtWork> {
        self.at_work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut PrintReport)) {
        change(&mut self.report.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn is_wanted(&self, at_work: &mut AtWork, waybill: &Waybill, handle: Option<&Handle>) -> bool {
        if at_work.before_start {
            at_work.before_start =
                !at_work.choice.after.as_ref().is_some_and(|mark| mark.matches(waybill, handle));
            return false;
        }
        if let Again::These(these) = &at_work.choice.again {
            if !these.contains(waybill) {
                return false;
            }
            self.change(|report| report.not_found.retain(|listed| listed != waybill));
        }
        // KnownLabel already: no need to connect, or to wait for the lock.
        let known = at_work.ledger.as_ref().and_then(|ledger| ledger.known(waybill));
        if let Some(known) = known
            && at_work.choice.again == Again::Never
            && (known.is_done() || known.is_doubtful() && !at_work.choice.doubtful)
        {
            self.leave_out(waybill, known);
            return false;
        }
        true
    }

    fn leave_out(&self, waybill: &Waybill, known: KnownLabel) {
        self.change(|report| {
            report.next = None;
            if known.is_done() {
                report.printed_before += 1;
            } else {
                report.doubtful += 1;
                report.first_doubtful.get_or_insert(*waybill);
            }
        });
    }

    /// Enters what the printer confirmed; on a one-way link, that labels were sent.
    fn close_confirmed(&self, at_work: &mut AtWork) -> Result<(), QueueError> {
        let Some(session) = &at_work.session else { return Ok(()) };
        let confirmed = session.confirmed().saturating_sub(at_work.closed);
        if session.is_one_way() {
            return self.close(at_work, u64::MAX, PrintState::Sent);
        }
        self.close(at_work, confirmed, PrintState::Confirmed)
    }

    /// All that is open is unknown, but for the last labels of which the printer has no byte.
    fn give_up(&self, at_work: &mut AtWork, untouched: u64) -> Result<(), QueueError> {
        let touched = at_work.open.len().saturating_sub(usize::try_from(untouched).unwrap_or(usize::MAX));
        let numbers: Vec<Waybill> = at_work.open.drain(touched..).flatten().collect();
        if let Some(first) = numbers.first() {
            self.change(|report| {
                report.next = Some(*first);
                report.last_whole = report.last_whole.filter(|last| !numbers.contains(last));
            });
        }
        if let Some(ledger) = &mut at_work.ledger {
            ledger.note(&numbers, KnownLabel::Untouched, now())?;
        }
        let first = at_work.open.iter().flatten().next().copied();
        self.change(|report| report.first_unknown = first);
        self.close(at_work, u64::MAX, PrintState::Unknown)?;
        (at_work.session, at_work.closed) = (None, 0);
        Ok(())
    }

    /// Enters the state of the first `count` open labels.
    fn close(&self, at_work: &mut AtWork, count: u64, state: PrintState) -> Result<(), QueueError> {
        let count = usize::try_from(count).unwrap_or(usize::MAX).min(at_work.open.len());
        let closed: Vec<Option<Waybill>> = at_work.open.drain(..count).collect();
        at_work.closed += count as u64;
        let numbers: Vec<Waybill> = closed.iter().flatten().copied().collect();
        self.change(|report| {
            let counter = match state {
                PrintState::Confirmed => &mut report.confirmed,
                PrintState::Sent => &mut report.sent,
                PrintState::Unknown | PrintState::Queued => &mut report.unknown,
            };
            *counter += count as u64;
            if state == PrintState::Confirmed {
                report.last_confirmed = numbers.last().copied().or(report.last_confirmed);
            }
        });
        match &mut at_work.ledger {
            Some(ledger) => Ok(ledger.note(&numbers, KnownLabel::State(state), now())?),
            None => Ok(()),
        }
    }
}

impl AtWork {
    /// Keeps what a label that is left out would have stored.
    fn keep_stores(&mut self, label: &[u8]) {
        let stores = super::job::stores(label);
        if stores.starts_with(super::job::FORGET) {
            self.stores.clear();
        }
        self.stores.extend_from_slice(stores);
    }
}

fn now() -> Moment {
    Moment(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs())
}
