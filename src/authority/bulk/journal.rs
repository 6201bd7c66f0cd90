//! The journal of a run, and the names of the files beside it.

use super::error::BulkError;
use crate::files;
use crate::keys::Day;
use std::path::{Path, PathBuf};

/// The first line of a journal.
pub(super) const MAGIC: &str = "wayseal grants 1";
/// The largest journal read, in bytes: about a million grants.
pub(super) const RUN_MAX: u64 = 128 * 1024 * 1024;

/// Whether a holder's name can be a file's, so that no name leads out of the run's folder.
#[must_use]
pub fn is_file_name(name: &str) -> bool {
    // No separators of any system, no leading dot, no white space.
    let good = |c: char| c.is_alphanumeric() || "._-@+".contains(c);
    !name.is_empty() && !name.starts_with('.') && name.chars().all(good)
}

pub(super) fn file_name(name: &str) -> String {
    format!("{name}.grant")
}

/// The files that a run left in a folder.
#[non_exhaustive]
pub struct BulkFiles {
    /// The last day on which any of its grants is of use.
    pub over: Day,
    /// The grants' files that exist, and the journal as the last.
    pub files: Vec<PathBuf>,
}

/// Reads a folder's journal and lists the run's files; `None` without a journal.
///
/// # Errors
/// [`BulkError::File`], [`BulkError::Damaged`].
pub fn files_of_run(folder: &Path) -> Result<Option<BulkFiles>, BulkError> {
    let path = folder.join("run");
    let bytes = match files::read(&path, RUN_MAX) {
        Ok(bytes) => bytes,
        Err(error) if error.is_missing() => return Ok(None),
        Err(error) => return Err(BulkError::File(error)),
    };
    let text = String::from_utf8(bytes).map_err(|_| BulkError::Damaged(path.clone()))?;
    let Some(head) = JournalHead::parse(&text) else { return Err(BulkError::Damaged(path)) };
    let files = head.done.filter(|name| is_file_name(name)).map(|name| folder.join(file_name(name)));
    let files = files.filter(|file| file.exists()).chain([path.clone()]).collect();
    Ok(Some(BulkFiles { over: head.over, files }))
}

/// A parsed journal: its head, and the names of the grants that are done.
pub(super) struct JournalHead<'a, D> {
    pub(super) digest: &'a str,
    pub(super) serial: u64,
    pub(super) issued: u64,
    pub(super) over: Day,
    pub(super) done: D,
}

impl<'a> JournalHead<'a, ()> {
    pub(super) fn parse(text: &'a str) -> Option<JournalHead<'a, impl Iterator<Item = &'a str>>> {
        // A last line without a line feed was torn when the run was stopped, and is ignored.
        let (whole, _) = text.rsplit_once('\n')?;
        let mut lines = whole.lines();
        if lines.next()? != MAGIC {
            return None;
        }
        let mut field = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
        let (digest, serial, issued, over) =
            (field("run")?, field("serial")?, field("issued")?, field("over")?);
        Some(JournalHead {
            digest,
            serial: serial.parse().ok()?,
            issued: issued.parse().ok()?,
            over: over.parse().ok()?,
            done: lines.filter_map(|line| line.strip_prefix("done ")),
        })
    }
}
