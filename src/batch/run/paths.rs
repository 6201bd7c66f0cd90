//! The paths and streams that a batch is written to.

use crate::batch::codes::CodesForm;
use crate::batch::manifest::{KeptRows, ManifestFile};
use crate::batch::output::OutputTarget;
use crate::batch::printer::queue::PrintQueue;
use crate::files::FileError;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Where a batch is written.
#[non_exhaustive]
pub struct Paths<'a> {
    /// Where the labels go; `None` for a dry run, which writes no labels.
    pub target: Option<&'a OutputTarget>,
    /// Labels per part.
    pub part: u64,
    /// The manifest; `None` if the target cannot be resumed.
    pub manifest: Option<&'a ManifestFile>,
    /// The file of rejected rows for each input, in the order of the plan; empty if they are not kept in files.
    pub rejects: &'a [PathBuf],
    /// The file of rows that are not sealed yet for each input, as for rejects.
    pub unsealed: &'a [PathBuf],
    /// The queue of the printer, if the target is one.
    pub queue: Option<Arc<PrintQueue>>,
    /// A stream that rejected rows go to as objects, as they come.
    pub rejects_stream: Option<&'a RejectsStream>,
    /// The age recipient who rejected rows are sealed to; they are objects then.
    pub rejects_for: Option<&'a str>,
    /// The file of the labels' delivery codes, and its form, if they are asked for.
    pub codes: Option<(&'a PathBuf, &'a CodesForm)>,
}

/// A stream of rejected rows, and its name for messages.
pub struct RejectsStream {
    to: Mutex<Box<dyn Write + Send>>,
    name: PathBuf,
}

impl RejectsStream {
    /// A stream of a name.
    #[must_use]
    pub fn new(to: Box<dyn Write + Send>, name: PathBuf) -> Self {
        Self { to: Mutex::new(to), name }
    }

    pub(super) fn write(&self, line: &[u8]) -> Result<(), FileError> {
        let mut to = self.to.lock().unwrap_or_else(PoisonError::into_inner);
        // A worker that reads the stream has each reject at once, and a kill loses none that was counted.
        let written = to.write_all(line).and_then(|()| to.flush());
        written.map_err(|error| self.error(error))
    }

    /// An error of writing to the stream.
    pub(super) fn error(&self, error: io::Error) -> FileError {
        FileError::new(&self.name, "write", error)
    }
}

impl<'a> Paths<'a> {
    /// Writes to `target` in parts of `part` labels. Without a target only the files that the other fields name are written.
    #[must_use]
    pub const fn new(target: Option<&'a OutputTarget>, part: u64) -> Self {
        Self {
            target,
            part,
            manifest: None,
            rejects: &[],
            unsealed: &[],
            queue: None,
            rejects_stream: None,
            rejects_for: None,
            codes: None,
        }
    }

    /// The file that keeps rows of an input.
    pub(super) fn kept(&self, kept: KeptRows, input: usize) -> Option<&'a PathBuf> {
        match kept {
            KeptRows::Rejected => self.rejects.get(input),
            KeptRows::Unsealed => self.unsealed.get(input),
            KeptRows::Codes => self.codes.map(|(path, _)| path),
        }
    }
}
