//! The ledger of a printer: what was sent when, to which printer, and what became of it.
//!
//! It is a file of JSON lines, only ever appended to, with waybill numbers as they are printed and nothing personal. A
//! label is entered as `queued`, and the entry synced, before its first byte is sent; what became of it follows as a
//! second entry. So whoever is killed in between leaves a `queued` label, which may be printed or not, and which no later
//! run prints in silence. Several processes may share a ledger: each entry is made under a lock, after what the others
//! have entered is read.

use super::state::PrintState;
use crate::files::{self, FileError};
use crate::payload::Waybill;
use crate::signed::moment::Moment;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};
use thiserror::Error;

/// The longest line; one of ours has at most 300 bytes.
const LINE_MAX: usize = 4096;
/// Time between two tries to lock it; an entry takes some milliseconds.
const LOCK_AGAIN: Duration = Duration::from_millis(2);
/// How long another process may take for its entry.
const LOCK_MAX: Duration = Duration::from_secs(60);

/// An open ledger.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    file: File,
    /// The bytes read so far: whole lines.
    read: u64,
    lines: u64,
    known: HashMap<Waybill, KnownLabel>,
    printer: String,
}

/// What the ledger says of a waybill number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownLabel {
    /// Entered, and not a byte sent.
    Untouched,
    /// The state of its last entry; `Queued` if a process ended before it could say more.
    State(PrintState),
}

impl KnownLabel {
    /// Whether the label is on paper as far as anybody knows.
    #[must_use]
    pub const fn is_done(self) -> bool {
        matches!(self, Self::State(state) if state.is_done())
    }

    /// Whether the label may be on paper or not.
    #[must_use]
    pub const fn is_doubtful(self) -> bool {
        matches!(self, Self::State(PrintState::Queued | PrintState::Unknown))
    }
}

/// A line.
#[derive(Serialize, Deserialize)]
struct Entry<'a> {
    waybill: &'a str,
    state: &'a str,
    /// 0 if nothing of a queued label was sent after all.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    bytes: Option<u64>,
    at: &'a str,
    // As JSON has it: a name may hold characters that are escaped.
    printer: std::borrow::Cow<'a, str>,
}

/// Why a ledger cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// It cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// A line is not one of a ledger.
    #[error("{path}: line {line} is not one of a ledger", path = .path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
    },
}

impl Ledger {
    /// Opens a ledger, or begins it, for labels to `printer`.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn open(path: &Path, printer: &str) -> Result<Self, LedgerError> {
        let file = files::append_own(path)?;
        let mut ledger = Self {
            path: path.to_owned(),
            file,
            read: 0,
            lines: 0,
            known: HashMap::new(),
            printer: printer.to_owned(),
        };
        ledger.locked(|_| Ok(()))?;
        Ok(ledger)
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it says of a label, as of the last entry made here.
    #[must_use]
    pub fn known(&self, waybill: &Waybill) -> Option<KnownLabel> {
        self.known.get(waybill).copied()
    }

    /// Enters a label as queued, and syncs the entry, if `wanted` agrees to what is known of it, by this process or
    /// another; otherwise returns what is known.
    ///
    /// # Errors
    /// [`LedgerError`]; the label must not be sent then.
    pub fn claim(
        &mut self,
        waybill: &Waybill,
        at: Moment,
        wanted: impl Fn(Option<KnownLabel>) -> bool,
    ) -> Result<Option<KnownLabel>, LedgerError> {
        self.locked(|ledger| {
            let known = ledger.known(waybill);
            if !wanted(known) {
                // Whatever is refused is known.
                return Ok(known.or(Some(KnownLabel::Untouched)));
            }
            ledger.append(std::slice::from_ref(waybill), KnownLabel::State(PrintState::Queued), at)?;
            ledger.file.sync_data().map_err(|error| ledger.error(error))?;
            Ok(None)
        })
    }

    /// Enters what became of labels, and syncs.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn note(&mut self, waybills: &[Waybill], known: KnownLabel, at: Moment) -> Result<(), LedgerError> {
        if waybills.is_empty() {
            return Ok(());
        }
        self.locked(|ledger| {
            ledger.append(waybills, known, at)?;
            ledger.file.sync_data().map_err(|error| ledger.error(error).into())
        })
    }

    /// Reads what other processes have entered, and acts, with nobody else at the file.
    fn locked<T>(&mut self, act: impl FnOnce(&mut Self) -> Result<T, LedgerError>) -> Result<T, LedgerError> {
        let _lock = self.lock()?;
        self.catch_up()?;
        act(self)
    }

    /// Keeps other processes away until the file that is returned is closed. It is not the ledger itself, since Windows
    /// refuses to write to what is locked, and it is opened anew each time, since wine does not unlock an open one.
    fn lock(&self) -> Result<File, FileError> {
        let lock = files::lock_beside(&self.path)?;
        let begun = Instant::now();
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(lock),
                Err(TryLockError::WouldBlock) if begun.elapsed() < LOCK_MAX => thread::sleep(LOCK_AGAIN),
                Err(error) => return Err(self.error(error.into())),
            }
        }
    }

    /// Reads the lines that were added since. A last line without its end is what a killed process left of an entry that it
    /// had not synced, so that it had sent nothing: it is cut off.
    fn catch_up(&mut self) -> Result<(), LedgerError> {
        let length = self.file.metadata().map_err(|error| self.error(error))?.len();
        if length == self.read {
            return Ok(());
        }
        let mut text = Vec::new();
        self.file.seek(io::SeekFrom::Start(self.read)).map_err(|error| self.error(error))?;
        (&self.file)
            .take(length.saturating_sub(self.read))
            .read_to_end(&mut text)
            .map_err(|error| self.error(error))?;
        for line in text.split_inclusive(|byte| *byte == b'\n') {
            let Some(line) = line.strip_suffix(b"\n") else {
                return self.file.set_len(self.read).map_err(|error| self.error(error).into());
            };
            self.lines += 1;
            let (waybill, known) =
                parse(line).ok_or_else(|| LedgerError::Line { path: self.path.clone(), line: self.lines })?;
            self.known.insert(waybill, known);
            self.read += line.len() as u64 + 1;
        }
        Ok(())
    }

    fn append(&mut self, waybills: &[Waybill], known: KnownLabel, at: Moment) -> Result<(), LedgerError> {
        let (state, bytes) = match known {
            KnownLabel::Untouched => (PrintState::Queued, Some(0)),
            KnownLabel::State(state) => (state, None),
        };
        let at = rfc3339(at);
        let mut text = Vec::new();
        for waybill in waybills {
            let number = waybill.text();
            let printer = std::borrow::Cow::Borrowed(self.printer.as_str());
            let entry = Entry { waybill: &number, state: state.name(), bytes, at: &at, printer };
            // A struct of strings and numbers is always serialised.
            text.extend(serde_json::to_vec(&entry).unwrap_or_default());
            text.push(b'\n');
        }
        self.file.write_all(&text).map_err(|error| self.error(error))?;
        self.read += text.len() as u64;
        self.lines += waybills.len() as u64;
        self.known.extend(waybills.iter().map(|waybill| (*waybill, known)));
        Ok(())
    }

    fn error(&self, error: io::Error) -> FileError {
        FileError::new(&self.path, "write", error)
    }
}

/// `2026-11-24T10:05:07Z`.
fn rfc3339(at: Moment) -> String {
    let seconds = at.0;
    let [hours, minutes, seconds] = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60];
    format!("{}T{hours:02}:{minutes:02}:{seconds:02}Z", at.day())
}

fn parse(line: &[u8]) -> Option<(Waybill, KnownLabel)> {
    if line.len() > LINE_MAX {
        return None;
    }
    let entry: Entry<'_> = serde_json::from_slice(line).ok()?;
    let state = PrintState::parse(entry.state)?;
    let known = match entry.bytes {
        Some(0) => KnownLabel::Untouched,
        _ => KnownLabel::State(state),
    };
    Some((Waybill::parse(entry.waybill).ok()?, known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waybill(number: u64) -> Waybill {
        Waybill::parse(&format!("YT{:013}", 8_800_001_000_000 + number)).unwrap()
    }

    const AT: Moment = Moment(1_790_000_000);

    fn unprinted(known: Option<KnownLabel>) -> bool {
        matches!(known, None | Some(KnownLabel::Untouched))
    }

    #[test]
    fn a_label_is_claimed_once_by_whomever() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("printed.jsonl");
        let mut one = Ledger::open(&path, "tcp://a:9100").unwrap();
        let mut two = Ledger::open(&path, "a \"b\" \u{6253}").unwrap();
        assert_eq!(one.claim(&waybill(1), AT, unprinted).unwrap(), None);
        let queued = KnownLabel::State(PrintState::Queued);
        assert_eq!(two.claim(&waybill(1), AT, unprinted).unwrap(), Some(queued));
        assert_eq!(two.claim(&waybill(2), AT, unprinted).unwrap(), None);
        two.note(&[waybill(2)], KnownLabel::Untouched, AT).unwrap();
        assert_eq!(one.claim(&waybill(2), AT, unprinted).unwrap(), None);
        one.note(&[waybill(1), waybill(2)], KnownLabel::State(PrintState::Sent), AT).unwrap();
        let again = Ledger::open(&path, "").unwrap();
        assert_eq!(again.known(&waybill(1)), Some(KnownLabel::State(PrintState::Sent)));
        assert!(again.known(&waybill(2)).unwrap().is_done() && again.known(&waybill(3)).is_none());
        assert_eq!(std::fs::read_to_string(path).unwrap().lines().count(), 6);
    }

    #[test]
    fn a_ledger_cut_anywhere_loses_the_cut_entry_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("printed.jsonl");
        let mut ledger = Ledger::open(&path, "lp").unwrap();
        for number in 0..3 {
            ledger.claim(&waybill(number), AT, unprinted).unwrap();
        }
        let whole = std::fs::read(&path).unwrap();
        for length in 0..whole.len() {
            std::fs::write(&path, &whole[..length]).unwrap();
            let mut cut = Ledger::open(&path, "lp").unwrap();
            let left = whole[..length].iter().filter(|byte| **byte == b'\n').count();
            assert_eq!(cut.known.len(), left, "{length}");
            // What is written next stands on a line of its own.
            cut.claim(&waybill(7), AT, unprinted).unwrap();
            assert_eq!(Ledger::open(&path, "lp").unwrap().known.len(), left + 1);
        }
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_written_through() {
        let folder = tempfile::tempdir().unwrap();
        let [target, path] = ["target", "printed.jsonl"].map(|name| folder.path().join(name));
        std::os::unix::fs::symlink(&target, &path).unwrap();
        assert!(matches!(Ledger::open(&path, "lp"), Err(LedgerError::File(_))));
        assert!(!target.exists());
    }

    #[test]
    fn a_line_of_something_else_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("printed.jsonl");
        for line in [
            "",
            "{}",
            "waybill",
            "{\"waybill\":\"YT8800001000001\",\"state\":\"lost\",\"at\":\"\",\"printer\":\"\"}",
        ] {
            std::fs::write(&path, format!("{line}\n")).unwrap();
            assert!(matches!(Ledger::open(&path, "lp"), Err(LedgerError::Line { line: 1, .. })), "{line}");
        }
    }
}
