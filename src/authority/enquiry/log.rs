//! The log of enquiries: a file of signed lines, each bound to the one before.

use super::entry::{EnquiryEntry, LineDigest, digest};
use super::error::EnquiryError;
use crate::files::{self, Access};
use crate::signed::signer::{Signs, VerifyingKey};
use std::path::{Path, PathBuf};

/// The largest log, in bytes: some thirty thousand enquiries.
const LOG_MAX: u64 = 16 << 20;

/// A log of enquiries whose every line is as the authority signed it.
#[derive(Debug)]
pub struct EnquiryLog {
    path: PathBuf,
    text: String,
    entries: Vec<EnquiryEntry>,
    last: LineDigest,
}

impl EnquiryLog {
    /// Reads a log and checks each line; a file that is not there is an empty log.
    ///
    /// # Errors
    /// [`EnquiryError::Damaged`] with the first line that is not in its place or not as signed; [`EnquiryError::File`].
    pub fn open(path: &Path, authority: &VerifyingKey) -> Result<Self, EnquiryError> {
        let bytes = match files::read(path, LOG_MAX) {
            Err(error) if error.is_missing() => Vec::new(),
            bytes => bytes?,
        };
        let mut log = Self {
            path: path.to_owned(),
            text: String::new(),
            entries: Vec::new(),
            last: LineDigest::default(),
        };
        log.text = String::from_utf8(bytes).map_err(|_| EnquiryError::Damaged(1))?;
        for line in log.text.split_inclusive('\n') {
            let number = log.entries.len() as u64 + 1;
            let line = line.strip_suffix('\n').ok_or(EnquiryError::Damaged(number))?;
            log.entries.push(EnquiryEntry::check(line, number, &log.last, authority)?);
            log.last = digest(line);
        }
        Ok(log)
    }

    /// Its entries, the first first.
    #[must_use]
    pub fn entries(&self) -> &[EnquiryEntry] {
        &self.entries
    }

    /// Signs an entry with the next number, and writes it; returns when it is on the disk.
    pub(super) fn append(
        &mut self,
        signer: &impl Signs,
        entry: impl FnOnce(u64) -> EnquiryEntry,
    ) -> Result<(), EnquiryError> {
        let entry = entry(self.entries.len() as u64 + 1);
        let line = entry.line(&self.last, signer);
        let text = format!("{}{line}\n", self.text);
        if text.len() as u64 > LOG_MAX {
            return Err(EnquiryError::Full);
        }
        files::write(&self.path, text.as_bytes(), Access::Owner)?;
        self.last = digest(&line);
        self.text = text;
        self.entries.push(entry);
        Ok(())
    }
}
