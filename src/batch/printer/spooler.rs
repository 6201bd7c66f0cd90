//! Prints through a spooler: labels become jobs, and the spooler says what became of them.
//!
//! A job that the spooler calls completed was passed on to the printer, or to whatever stands in its place; only the
//! spooler has said so, and so its labels are `sent` and not `confirmed`.

use super::clock::Clock;
use super::session::{LabelSession, Patience, PrintError, PrinterEvent, SessionEnd, Waiting};
use super::state::{PrintState, UnknownCause};
use std::io;
use std::time::Duration;

/// Labels of one job, at most: many, since a spooler takes longer for a job than for a label, and since some keep the last
/// job only.
const LABELS: u64 = 1000;
/// Bytes of one job that end it.
const BYTES: usize = 32 << 20;
/// Time between two questions about a job.
const ASK_AGAIN: Duration = Duration::from_millis(250);

/// What a spooler says of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum JobState {
    /// In the queue or being printed.
    Waiting,
    /// Passed on.
    Completed,
    /// Ended otherwise: cancelled, aborted, deleted.
    Ended(String),
}

/// Why a job was not taken.
#[derive(Debug)]
pub(super) struct SubmitError {
    pub(super) error: io::Error,
    /// Whether the spooler has certainly not taken the job.
    pub(super) refused: bool,
}

/// A spooler.
pub(super) trait Spooler: Send {
    /// Hands in labels as a job, and returns the job's number.
    fn submit(&mut self, labels: &[u8]) -> Result<u64, SubmitError>;

    /// What became of a job.
    fn state(&mut self, job: u64) -> io::Result<JobState>;
}

/// Labels on their way through a spooler.
pub(super) struct SpoolerSession<S> {
    spooler: S,
    clock: Box<dyn Clock>,
    patience: Patience,
    tell: Box<dyn FnMut(PrinterEvent) + Send>,
    /// Labels of the next job, and how many.
    kept: Vec<u8>,
    count: u64,
    /// The job that is not completed.
    open: Option<u64>,
    sent: u64,
}

impl<S: Spooler> SpoolerSession<S> {
    pub(super) fn new(
        spooler: S,
        clock: Box<dyn Clock>,
        patience: Patience,
        tell: Box<dyn FnMut(PrinterEvent) + Send>,
    ) -> Self {
        Self { spooler, clock, patience, tell, kept: Vec::new(), count: 0, open: None, sent: 0 }
    }

    /// Waits until the job that was handed in is completed.
    fn wait(&mut self) -> Result<(), UnknownCause> {
        let mut waiting = Waiting::new(self.clock.now());
        while let Some(job) = self.open {
            match self.spooler.state(job).map_err(UnknownCause::Broken)? {
                JobState::Completed => self.open = None,
                JobState::Ended(how) => return Err(UnknownCause::Spooler(how)),
                JobState::Waiting => {
                    let passed = waiting.passed(self.clock.now());
                    if passed >= self.patience.stall {
                        return Err(UnknownCause::Silent(passed));
                    }
                    if waiting.is_due(passed) {
                        (self.tell)(PrinterEvent::NotFinished(passed));
                    }
                    self.clock.sleep(ASK_AGAIN);
                }
            }
        }
        Ok(())
    }

    /// Hands in what was kept, once the job before it is completed.
    fn submit(&mut self) -> Result<(), PrintError> {
        self.wait().map_err(|cause| PrintError { cause, untouched: self.count })?;
        if self.count == 0 {
            return Ok(());
        }
        let job = self.spooler.submit(&self.kept).map_err(|SubmitError { error, refused }| {
            let nothing_yet = refused && self.count == self.sent;
            let cause = if nothing_yet { UnknownCause::Unreachable } else { UnknownCause::Broken }(error);
            PrintError { cause, untouched: if refused { self.count } else { 0 } }
        })?;
        self.open = Some(job);
        self.kept.clear();
        self.count = 0;
        Ok(())
    }
}

impl<S: Spooler> LabelSession for SpoolerSession<S> {
    fn send(&mut self, label: &[u8]) -> Result<(), PrintError> {
        self.kept.extend_from_slice(label);
        self.count += 1;
        self.sent += 1;
        if self.count == LABELS || self.kept.len() >= BYTES { self.submit() } else { Ok(()) }
    }

    fn finish(&mut self) -> Result<SessionEnd, PrintError> {
        self.submit()?;
        self.wait().map_err(|cause| PrintError { cause, untouched: 0 })?;
        Ok(SessionEnd { rest: PrintState::Sent, no_fault: false, spooled: true })
    }

    fn sent(&self) -> u64 {
        self.sent
    }

    fn confirmed(&self) -> u64 {
        0
    }

    fn is_one_way(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    /// A spooler whose jobs are completed one a second, up to a job that ends otherwise.
    struct FakeSpooler {
        now: Arc<Mutex<Duration>>,
        jobs: u64,
        ends: Option<(u64, JobState)>,
    }

    impl Spooler for FakeSpooler {
        fn submit(&mut self, _: &[u8]) -> Result<u64, SubmitError> {
            self.jobs += 1;
            Ok(self.jobs)
        }

        fn state(&mut self, job: u64) -> io::Result<JobState> {
            let seconds = self.now.lock().unwrap().as_secs();
            Ok(match &self.ends {
                Some((ended, state)) if *ended <= job => state.clone(),
                _ if job <= seconds => JobState::Completed,
                _ => JobState::Waiting,
            })
        }
    }

    struct FakeClock(Arc<Mutex<Duration>>);

    impl Clock for FakeClock {
        fn now(&self) -> Duration {
            *self.0.lock().unwrap()
        }

        fn sleep(&mut self, time: Duration) {
            *self.0.lock().unwrap() += time;
        }
    }

    type Outcome = (Result<SessionEnd, PrintError>, u64, Vec<PrinterEvent>);

    fn run(labels: usize, ends: Option<(u64, JobState)>) -> Outcome {
        let now = Arc::new(Mutex::new(Duration::ZERO));
        let events = Arc::new(Mutex::new(Vec::new()));
        let heard = events.clone();
        let spooler = FakeSpooler { now: now.clone(), jobs: 0, ends };
        let tell = Box::new(move |event| heard.lock().unwrap().push(event));
        let clock = Box::new(FakeClock(now));
        let mut session = SpoolerSession::new(spooler, clock, Patience::default(), tell);
        let sent = (0..labels).try_for_each(|_| session.send(b"^XA^XZ"));
        let end = sent.and_then(|()| session.finish());
        let heard = events.lock().unwrap().clone();
        (end, session.sent(), heard)
    }

    #[test]
    fn completed_jobs_are_sent_and_not_confirmed() {
        let (end, sent, events) = run(2500, None);
        assert_eq!(end.unwrap(), SessionEnd { rest: PrintState::Sent, no_fault: false, spooled: true });
        assert!(sent == 2500 && events.is_empty());
    }

    #[test]
    fn a_job_that_ends_otherwise_ends_the_session_and_later_labels_are_untouched() {
        let aborted = JobState::Ended("aborted".to_owned());
        let (end, ..) = run(2500, Some((2, aborted.clone())));
        let error = end.unwrap_err();
        assert!(matches!(error.cause, UnknownCause::Spooler(how) if how == "aborted"));
        assert_eq!(error.untouched, 500);
        let (end, ..) = run(3, Some((1, aborted)));
        assert_eq!(end.unwrap_err().untouched, 0);
    }

    #[test]
    fn a_stopped_queue_is_given_up() {
        let (end, sent, events) = run(40, Some((1, JobState::Waiting)));
        assert!(matches!(end.unwrap_err().cause, UnknownCause::Silent(_)));
        assert_eq!(sent, 40);
        let PrinterEvent::NotFinished(first) = events[0] else { panic!("{events:?}") };
        assert!(first < Duration::from_secs(5) && events.len() > 20);
    }
}
