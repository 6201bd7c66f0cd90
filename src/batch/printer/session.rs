//! Sends labels over a link, and judges what became of them.
//!
//! In go labels as bytes, each whole; out come counts of labels by [`PrintState`], or a [`PrintError`]. Nothing here
//! knows an order. How a label becomes `confirmed`:
//!
//! ```text
//! status without fault, nothing waiting ── count A ── N labels ── status without fault, nothing waiting ── count B
//! B - A = N: the N labels are confirmed.   B - A < N: unknown.   B - A > N: somebody else prints too; no more counting.
//! ```
//!
//! A status alone confirms nothing: a printer that lost a label is as idle as one that printed it. The printer is empty at
//! both counts, since labels still inside would let a lost label hide among them. Nor does a count of paper by its length
//! confirm, since a blank label is as long as a printed one; but too little paper proves that labels are missing. Such a
//! printer gets few labels between two counts: so few that one label less is more than all gaps between them.

use super::clock::Clock;
use super::link::{Heard, Link, LinkKind};
use super::state::{PrintState, UnknownCause};
use super::status::{Dialect, LabelCount, PrinterFault, PrinterStatus};
use std::time::Duration;
use thiserror::Error;

/// A wait is first reported after this time.
const FIRST_WORD: Duration = Duration::from_secs(4);
/// A wait is reported again after this time.
const NEXT_WORD: Duration = Duration::from_secs(10);
/// The longest single wait for the system.
const SLICE: Duration = Duration::from_millis(500);
/// How long a printer may take to answer before it counts as one that does not.
const ANSWER: Duration = Duration::from_secs(1);
/// Time between two questions.
const ASK_AGAIN: Duration = Duration::from_millis(200);
/// How long a count may lag behind an idle status.
const LAG: Duration = Duration::from_secs(3);
/// A reset that follows the end of a connection comes within this time.
const AFTERMATH: Duration = Duration::from_millis(250);
/// Labels between two counts.
const WINDOW: u64 = 16;
/// The most that is read of one answer.
const ANSWER_MAX: usize = 64 * 1024;

/// How long the session waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Patience {
    /// For a printer that takes no data or reports a fault: long enough to replace the paper roll.
    pub stall: Duration,
    /// For a printer to close the connection once it was told that nothing more comes.
    pub closing: Duration,
}

impl Patience {
    /// How long to wait for a printer that is stalled, and for one to close.
    #[must_use]
    pub const fn new(stall: Duration, closing: Duration) -> Self {
        Self { stall, closing }
    }
}

impl Default for Patience {
    fn default() -> Self {
        Self { stall: Duration::from_secs(300), closing: Duration::from_secs(60) }
    }
}

/// What happens while a session waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PrinterEvent {
    /// The printer takes no data since so long.
    TakesNothing(Duration),
    /// Everything was sent, and the printer has not closed the connection since so long.
    NotClosed(Duration),
    /// The printer has not finished what it has, or does not answer, since so long.
    NotFinished(Duration),
    /// The printer reports a fault since so long.
    Fault(PrinterFault, Duration),
}

/// Labels from here on are unknown, or not sent at all.
#[derive(Debug, Error)]
#[error("{cause}")]
#[non_exhaustive]
pub struct PrintError {
    /// Why.
    #[source]
    pub cause: UnknownCause,
    /// Of how many labels the printer has no byte: the last ones that were handed in, the one that failed included.
    pub untouched: u64,
}

/// What the labels of a session are in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SessionEnd {
    /// What the labels are that the printer did not confirm.
    pub rest: PrintState,
    /// Whether the printer reported no fault and nothing waiting after the last label.
    pub no_fault: bool,
    /// Whether a spooler, and not the printer, took them.
    pub spooled: bool,
}

/// Sends labels somewhere, and knows what became of them.
pub trait LabelSession: Send {
    /// Sends a whole label, or keeps it to be sent with others. This may wait until earlier ones are printed.
    ///
    /// # Errors
    /// [`PrintError`]; labels that are not confirmed are unknown then.
    fn send(&mut self, label: &[u8]) -> Result<(), PrintError>;

    /// Ends the session.
    ///
    /// # Errors
    /// [`PrintError`]; labels that are not confirmed are unknown then.
    fn finish(&mut self) -> Result<SessionEnd, PrintError>;

    /// Labels taken whole.
    fn sent(&self) -> u64;

    /// Labels that the printer confirmed: the first ones of those sent.
    fn confirmed(&self) -> u64;

    /// Whether each label is final once it is sent, since there is nothing to come back: a device or a file.
    fn is_one_way(&self) -> bool;
}

/// A session with a printer over a [`Link`].
pub struct PrinterSession {
    link: Box<dyn Link>,
    clock: Box<dyn Clock>,
    patience: Patience,
    tell: Box<dyn FnMut(PrinterEvent) + Send>,
    /// How the printer is asked, if it answers.
    dialect: Option<Dialect>,
    /// The question that gets the count, and the count before the labels that are not yet confirmed.
    counted: Option<(&'static [u8], LabelCount)>,
    /// Length of a label in tenths of a millimetre.
    length: u64,
    sent: u64,
    /// Labels sent at the last count.
    base: u64,
    confirmed: u64,
}

impl PrinterSession {
    /// Begins a session, and asks the printer how it is. `length` is a label's in tenths of a millimetre; without a
    /// dialect nothing is asked.
    ///
    /// # Errors
    /// [`PrintError`] if the printer reports a fault that nobody mends. No label was sent then.
    pub fn begin(
        link: Box<dyn Link>,
        clock: Box<dyn Clock>,
        dialect: Option<Dialect>,
        length: u64,
        patience: Patience,
        tell: Box<dyn FnMut(PrinterEvent) + Send>,
    ) -> Result<Self, PrintError> {
        let dialect = dialect.filter(|_| link.kind() == LinkKind::Connection);
        let mut session = Self {
            link,
            clock,
            patience,
            tell,
            dialect,
            counted: None,
            length,
            sent: 0,
            base: 0,
            confirmed: 0,
        };
        session.dialect = match session.dialect {
            Some(dialect) => session.status(dialect).map_err(Self::untouched)?.map(|_| dialect),
            None => None,
        };
        if let Some(dialect) = session.dialect {
            session.wait_idle(dialect).map_err(Self::untouched)?;
            for &question in dialect.ask_count() {
                if let Some(count) = session.count(dialect, question).map_err(Self::untouched)? {
                    session.counted = Some((question, count)).filter(|_| window(count, length) > 0);
                    break;
                }
            }
        }
        Ok(session)
    }

    fn end(&mut self) -> Result<SessionEnd, UnknownCause> {
        let mut no_fault = false;
        if let Some(dialect) = self.dialect {
            if self.counted.is_some() {
                self.settle()?;
            } else {
                self.wait_idle(dialect)?;
            }
            no_fault = true;
        }
        let rest = PrintState::Sent;
        if self.is_one_way() {
            self.link.finish().map_err(UnknownCause::Broken)?;
            return Ok(SessionEnd { rest, no_fault, spooled: false });
        }
        if self.confirmed == self.sent {
            // Nothing depends on how the connection ends.
            let _told = self.link.finish();
            return Ok(SessionEnd { rest, no_fault, spooled: false });
        }
        self.hear(Duration::ZERO, &mut Vec::new())?;
        self.link.finish().map_err(UnknownCause::Broken)?;
        self.wait_closed(no_fault)?;
        Ok(SessionEnd { rest, no_fault, spooled: false })
    }

    /// Waits until the printer closes its side too; a reset after that still counts.
    fn wait_closed(&mut self, no_fault: bool) -> Result<(), UnknownCause> {
        let mut waiting = Waiting::new(self.clock.now());
        loop {
            match self.link.read(&mut [0; 256], SLICE).map_err(UnknownCause::Broken)? {
                Heard::Closed => {
                    self.clock.sleep(AFTERMATH);
                    return self.link.fault().map_err(UnknownCause::Broken);
                }
                Heard::Bytes(_) => {}
                Heard::Nothing => {
                    let passed = waiting.passed(self.clock.now());
                    if passed >= self.patience.closing {
                        // It said that it has nothing left and no fault: many printers keep a connection open.
                        return if no_fault { Ok(()) } else { Err(UnknownCause::NotClosed(passed)) };
                    }
                    if waiting.is_due(passed) {
                        (self.tell)(PrinterEvent::NotClosed(passed));
                    }
                }
            }
        }
    }

    /// Waits until the printer has printed all that it has, and counts.
    fn settle(&mut self) -> Result<(), UnknownCause> {
        let (Some(dialect), Some((question, before))) = (self.dialect, self.counted) else { return Ok(()) };
        let sent = self.sent - self.base;
        if sent == 0 {
            return Ok(());
        }
        let begun = self.clock.now();
        loop {
            self.wait_idle(dialect)?;
            let now = self.count(dialect, question)?;
            let Some(now) = now else {
                return Err(UnknownCause::Silent(self.clock.now() - begun));
            };
            match compare(before, now, sent, self.length) {
                Count::Equal => {
                    if matches!(now, LabelCount::Labels(_)) {
                        self.confirmed = self.sent;
                    }
                    self.base = self.sent;
                    self.counted = Some((question, now));
                    return Ok(());
                }
                Count::More => {
                    self.counted = None;
                    return Ok(());
                }
                Count::Less(counted) if self.clock.now() - begun > LAG => {
                    return Err(UnknownCause::Miscounted { sent, counted });
                }
                Count::Less(_) => self.clock.sleep(ASK_AGAIN),
            }
        }
    }

    /// Waits until the printer reports no fault, and has nothing left to print.
    fn wait_idle(&mut self, dialect: Dialect) -> Result<(), UnknownCause> {
        let mut waiting = Waiting::new(self.clock.now());
        let mut last: Option<PrinterStatus> = None;
        loop {
            let status = self.status(dialect)?;
            let now = self.clock.now();
            if let Some(status) = status {
                if status.fault.is_none() && status.waiting == 0 && !status.busy {
                    return Ok(());
                }
                if last.replace(status) != Some(status) && status.fault.is_none() {
                    waiting.progress(now);
                }
            }
            let passed = waiting.passed(now);
            let fault = status.and_then(|status| status.fault);
            if passed >= self.patience.stall {
                return Err(fault.map_or(UnknownCause::Silent(passed), UnknownCause::Fault));
            }
            if waiting.is_due(passed) {
                (self.tell)(match fault {
                    Some(fault) => PrinterEvent::Fault(fault, passed),
                    None => PrinterEvent::NotFinished(passed),
                });
            }
            self.clock.sleep(ASK_AGAIN);
        }
    }

    /// Asks for the status; `None` if there is no answer in time.
    fn status(&mut self, dialect: Dialect) -> Result<Option<PrinterStatus>, UnknownCause> {
        self.ask(dialect.ask_status(), &|said| dialect.status(said))
    }

    fn count(&mut self, dialect: Dialect, question: &[u8]) -> Result<Option<LabelCount>, UnknownCause> {
        self.ask(question, &|said| dialect.count(said))
    }

    fn ask<T>(
        &mut self,
        question: &[u8],
        parse: &dyn Fn(&[u8]) -> Option<T>,
    ) -> Result<Option<T>, UnknownCause> {
        // What an earlier question still brings is not the answer to this one.
        let mut said = Vec::new();
        while self.hear(Duration::ZERO, &mut said)? {
            said.clear();
        }
        self.write(question).map_err(|(cause, _)| cause)?;
        let begun = self.clock.now();
        loop {
            let left = (begun + ANSWER).saturating_sub(self.clock.now());
            if left.is_zero() {
                return Ok(None);
            }
            if self.hear(left.min(SLICE), &mut said)? {
                if let Some(answer) = parse(&said) {
                    return Ok(Some(answer));
                }
                if said.len() > ANSWER_MAX {
                    return Ok(None);
                }
            }
        }
    }

    /// Appends what the printer says; false if it says nothing in that time.
    fn hear(&mut self, wait: Duration, said: &mut Vec<u8>) -> Result<bool, UnknownCause> {
        let mut piece = [0; 4096];
        match self.link.read(&mut piece, wait).map_err(UnknownCause::Broken)? {
            Heard::Closed => Err(UnknownCause::ClosedEarly),
            Heard::Nothing => Ok(false),
            Heard::Bytes(read) => {
                said.extend_from_slice(&piece[..read]);
                Ok(true)
            }
        }
    }

    /// Writes all bytes; an error comes with how many were written.
    fn write(&mut self, bytes: &[u8]) -> Result<(), (UnknownCause, usize)> {
        let mut at = 0;
        let mut waiting = Waiting::new(self.clock.now());
        while at < bytes.len() {
            let written =
                self.link.write(&bytes[at..], SLICE).map_err(|error| (UnknownCause::Broken(error), at))?;
            at += written;
            let now = self.clock.now();
            if written > 0 {
                waiting.progress(now);
                continue;
            }
            let passed = waiting.passed(now);
            if passed >= self.patience.stall {
                return Err((UnknownCause::Stalled(passed), at));
            }
            if waiting.is_due(passed) {
                (self.tell)(PrinterEvent::TakesNothing(passed));
            }
        }
        Ok(())
    }

    const fn untouched(cause: UnknownCause) -> PrintError {
        PrintError { cause, untouched: 1 }
    }

    const fn after(cause: UnknownCause) -> PrintError {
        PrintError { cause, untouched: 0 }
    }
}

/// If the printer counts, sending waits now and then until it has printed what it has.
impl LabelSession for PrinterSession {
    fn send(&mut self, label: &[u8]) -> Result<(), PrintError> {
        self.link.mark();
        self.write(label).map_err(|(cause, written)| {
            let untouched = u64::from(written == 0 || self.link.take_back());
            PrintError { cause, untouched }
        })?;
        self.sent += 1;
        let full = self.counted.is_some_and(|(_, count)| self.sent - self.base >= window(count, self.length));
        if full {
            self.settle().map_err(Self::after)?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<SessionEnd, PrintError> {
        self.end().map_err(Self::after)
    }

    fn sent(&self) -> u64 {
        self.sent
    }

    fn confirmed(&self) -> u64 {
        self.confirmed
    }

    fn is_one_way(&self) -> bool {
        self.link.kind() == LinkKind::OneWay
    }
}

/// A wait: since when nothing has happened, and when it was last reported.
pub(super) struct Waiting {
    since: Duration,
    reported: Option<Duration>,
}

impl Waiting {
    pub(super) const fn new(now: Duration) -> Self {
        Self { since: now, reported: None }
    }

    pub(super) const fn progress(&mut self, now: Duration) {
        *self = Self::new(now);
    }

    pub(super) fn passed(&self, now: Duration) -> Duration {
        now.saturating_sub(self.since)
    }

    /// Whether the wait is to be reported now.
    pub(super) fn is_due(&mut self, passed: Duration) -> bool {
        let due = self.reported.map_or(FIRST_WORD, |last| last + NEXT_WORD);
        if passed >= due {
            self.reported = Some(passed);
        }
        passed >= due
    }
}

/// The most labels between two counts.
fn window(count: LabelCount, label: u64) -> u64 {
    match count {
        LabelCount::Labels(_) => WINDOW,
        // With gaps of up to a tenth of a label, and a counter that may be a step off, N - 1 labels must fall short of N:
        // (N - 1) * 1.1 * label + 2 * step < N * label.
        LabelCount::Paper { step, .. } => {
            (11 * label).saturating_sub(20 * step + 1).checked_div(label).unwrap_or(0)
        }
    }
}

/// A count against what was sent.
enum Count {
    Equal,
    Less(u64),
    More,
}

fn compare(before: LabelCount, now: LabelCount, sent: u64, label: u64) -> Count {
    match (before, now) {
        (LabelCount::Labels(before), LabelCount::Labels(now)) => {
            let counted = now.saturating_sub(before);
            match counted.cmp(&sent) {
                std::cmp::Ordering::Equal => Count::Equal,
                std::cmp::Ordering::Less => Count::Less(counted),
                std::cmp::Ordering::Greater => Count::More,
            }
        }
        (LabelCount::Paper { length: before, step }, LabelCount::Paper { length: now, .. }) => {
            let moved = now.saturating_sub(before);
            if moved + step < sent * label {
                Count::Less(moved.checked_div(label).unwrap_or(0))
            } else if moved > sent * label * 11 / 10 + step {
                Count::More
            } else {
                Count::Equal
            }
        }
        // A printer does not change how it counts.
        _ => Count::More,
    }
}
