//! What is known of a label that was to be printed.

use super::status::PrinterFault;
use std::fmt;
use std::io;
use std::time::Duration;
use thiserror::Error;

/// What is known of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PrintState {
    /// To be sent: nothing of it is at the printer, or it was on its way when the process ended.
    Queued,
    /// All its bytes were sent, and the printer took them: it closed the connection after we did, without a reset. Only
    /// the paper shows whether it is printed.
    Sent,
    /// The printer counted it: no other label was printed in between, and it reports no fault.
    Confirmed,
    /// It may be printed or not.
    Unknown,
}

impl PrintState {
    /// The name, as the ledger has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Confirmed => "confirmed",
            Self::Unknown => "unknown",
        }
    }

    /// The state of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Queued, Self::Sent, Self::Confirmed, Self::Unknown]
            .into_iter()
            .find(|state| state.name() == name)
    }

    /// Whether the label is not to be printed again unless somebody asks for it.
    #[must_use]
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Sent | Self::Confirmed)
    }
}

impl fmt::Display for PrintState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why labels are unknown.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum UnknownCause {
    /// The printer cannot be reached. Nothing was sent.
    #[error("{0}")]
    Unreachable(#[source] io::Error),
    /// The printer took no data for so long.
    #[error("the printer took no data for {} s", .0.as_secs())]
    Stalled(Duration),
    /// The connection broke.
    #[error("{0}")]
    Broken(#[source] io::Error),
    /// The printer closed the connection before it was told that nothing more comes.
    #[error("the printer closed the connection in the middle")]
    ClosedEarly,
    /// The printer neither closed the connection nor gave its status.
    #[error("the printer has not closed the connection after {} s, and says nothing of itself", .0.as_secs())]
    NotClosed(Duration),
    /// The printer reports a fault.
    #[error("the printer reports: {0}")]
    Fault(PrinterFault),
    /// The printer stopped answering.
    #[error("the printer has not answered for {} s", .0.as_secs())]
    Silent(Duration),
    /// The printer counted other labels than were sent.
    #[error("the printer counted {counted} labels of {sent}")]
    Miscounted {
        /// Labels sent since the last count.
        sent: u64,
        /// Labels that the printer counted since.
        counted: u64,
    },
    /// The spooler ended the job otherwise than completed.
    #[error("the spooler says: {0}")]
    Spooler(String),
}
