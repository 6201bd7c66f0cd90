//! Decoys: labels of invented people, sealed and printed as any other. Nobody has a reason to open one, so whoever does is named when logs are
//! handed in.
//!
//! In: the texts of decoy labels. Out: a sealed file of their handles, which only the authority and the auditor open; and from verified logs the
//! openings of decoys. A handle is a hash of ciphertext: what is secret is which labels are decoys.
//!
//! ```text
//! content   "wayseal decoys 1\n", then of each label: handle, 32 hexadecimal digits ‖ " " ‖ waybill number ‖ "\n"
//! file      the content in an age envelope, under a passphrase or for age recipients
//! ```

use crate::device::log::verify::Verified;
use crate::device::log::{EntryCause, EntryOutcome};
use crate::files::{self, Access, FileError};
use crate::payload::{Handle, Payload};
use crate::signed::envelope::{EnvelopeError, Lock, Locked, Unlock, open_locked, seal_locked};
use base16ct::lower::{decode, encode_string};
use std::collections::BTreeMap;
use std::path::Path;
use thiserror::Error;
use zeroize::Zeroizing;

const MAGIC: &str = "wayseal decoys 1\n";
/// The largest file, in bytes: some two hundred thousand decoys.
const FILE_MAX: u64 = 16 << 20;

/// The handles of decoys, each with its waybill number.
#[derive(Default)]
pub struct Decoys(BTreeMap<[u8; 16], String>);

impl Decoys {
    /// Adds a label.
    pub fn add(&mut self, payload: &Payload) {
        self.0.insert(*payload.handle().bytes(), payload.header().waybill.text().to_string());
    }

    /// Adds those of another file.
    pub fn join(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Writes the sealed file.
    ///
    /// # Errors
    /// [`DecoyError`].
    pub fn store(&self, path: &Path, lock: Lock) -> Result<(), DecoyError> {
        let mut content = Zeroizing::new(String::with_capacity(MAGIC.len() + self.0.len() * 72));
        content.push_str(MAGIC);
        for (handle, waybill) in &self.0 {
            content.push_str(&encode_string(handle));
            content.push(' ');
            content.push_str(waybill);
            content.push('\n');
        }
        Ok(files::write(path, &seal_locked(content.as_bytes(), lock)?, Access::Owner)?)
    }

    /// Opens a sealed file. `unlock` is called for a passphrase or an identity after the file was checked.
    ///
    /// # Errors
    /// [`DecoyError`], or what `unlock` returns.
    pub fn load<E: From<DecoyError> + From<EnvelopeError>>(
        path: &Path,
        unlock: impl FnOnce(Locked) -> Result<Unlock, E>,
    ) -> Result<Self, E> {
        let sealed = files::read(path, FILE_MAX).map_err(DecoyError::File)?;
        let content = open_locked(&sealed, unlock)?;
        Ok(Self::parse(&content).ok_or(DecoyError::Form)?)
    }

    fn parse(content: &[u8]) -> Option<Self> {
        let lines = std::str::from_utf8(content).ok()?.strip_prefix(MAGIC)?;
        let mut decoys = Self::default();
        for line in lines.lines() {
            let (digits, waybill) = line.split_once(' ')?;
            let mut handle = [0; 16];
            (decode(digits.as_bytes(), &mut handle).ok()?.len() == handle.len()).then_some(())?;
            decoys.0.insert(handle, waybill.to_owned());
        }
        Some(decoys)
    }

    /// The openings of decoys in some logs, in the order of the logs and their entries.
    #[must_use]
    pub fn opened(&self, logs: &[Verified]) -> Vec<DecoyOpening> {
        let mut openings = Vec::new();
        for log in logs {
            for entry in log.entries.iter().filter(|entry| entry.mark.shows()) {
                if let Some(waybill) = self.0.get(&entry.handle) {
                    openings.push(DecoyOpening {
                        device: log.device.clone(),
                        operator: entry.operator,
                        time: entry.time,
                        handle: entry.handle.into(),
                        waybill: waybill.clone(),
                        cause: entry.cause,
                        mark: entry.mark,
                    });
                }
            }
        }
        openings
    }
}

/// A decoy that was opened.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DecoyOpening {
    /// The device that opened it.
    pub device: String,
    /// The operator whose shift it was; 0 for nobody's.
    pub operator: u32,
    /// When, in seconds since 1970-01-01 UTC by the device's clock.
    pub time: u64,
    /// The decoy.
    pub handle: Handle,
    /// Its waybill number.
    pub waybill: String,
    /// What for.
    pub cause: EntryCause,
    /// Whether it was the first opening.
    pub mark: EntryOutcome,
}

/// Why a file of decoys is not used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DecoyError {
    /// The content is not a list of decoys.
    #[error("not a file of decoys; make it with `wayseal authority decoys`")]
    Form,
    /// The envelope does not open, or cannot be made.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// The file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}

impl std::fmt::Debug for Decoys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Decoys").field("count", &self.0.len()).finish_non_exhaustive()
    }
}
