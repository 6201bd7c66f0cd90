//! Reads the auditor's folder: the key, and for each device its last signed head.

use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::log as text;
use crate::cli::settings::log::AuditorFolder;
use crate::cli::settings::resolved::TEXT_MAX;
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};
use wayseal::authority::auditor::Auditor;
use wayseal::authority::custody::{self, Unlock};
use wayseal::device::log::head::{SignedHead, hex};
use wayseal::files::{self, Access, FileError};
use zeroize::Zeroizing;

impl AuditorFolder {
    pub fn key(&self, language: Language) -> Result<Auditor, Failure> {
        let path = self.at("auditor.key");
        let bytes = Zeroizing::new(
            files::read_secret(&path, 4096).map_err(|error| Failure::key(language.file(&error)))?,
        );
        let bytes = custody::open_text(&bytes, |_| self.passphrase.passphrase(false).map(Unlock::Passphrase))
            .map_err(|error| Failure::key(format!("{}: {}", path.display(), language.custody(&error))))?;
        let auditor = std::str::from_utf8(&bytes).ok().and_then(Auditor::parse);
        auditor.ok_or_else(|| Failure::key(text::not_an_auditors_key(language, path.display())))
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The name of the record of heads that were signed for a device: a line each, count and SHA-256.
    pub fn record_of(device: &str) -> String {
        format!("{device}.heads")
    }

    /// Notes a head that is about to be given out, on the record of its device.
    pub fn record(&self, device: &str, count: u64, note: &str, language: Language) -> Result<(), Failure> {
        let path = self.at(&Self::record_of(device));
        let mut record = match files::read(&path, TEXT_MAX) {
            Ok(bytes) => bytes,
            Err(error) if error.is_missing() => Vec::new(),
            Err(error) => return Err(Failure::input(language.file(&error))),
        };
        record.extend(format!("{count} {}\n", hex(&Sha256::digest(note))).into_bytes());
        files::write(&path, &record, Access::Owner).map_err(|error| Failure::output(language.file(&error)))
    }

    /// The last head signed for a device.
    pub fn head(
        &self,
        device: &str,
        auditor: &Auditor,
        language: Language,
    ) -> Result<Option<SignedHead>, Failure> {
        let path = self.at(&format!("{device}.head"));
        match read_text(&path) {
            Ok(note) => SignedHead::verify(&note, &auditor.public())
                .map(Some)
                .map_err(|error| Failure::key(text::restore_head(language, path.display(), error))),
            Err(error) if error.is_missing() => Ok(None),
            Err(error) => Err(Failure::input(language.file(&error))),
        }
    }
}

/// Checks a device's name. It becomes part of a file name, so it may hold no separator and no leading dot.
pub fn named(device: &str, language: Language) -> Result<(), Failure> {
    let fits = (1..=48).contains(&device.len())
        && !device.starts_with('.')
        && device.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    if fits {
        return Ok(());
    }
    Err(Failure::usage(language.of(text::BAD_DEVICE_NAME)))
}

pub fn read_text(path: &Path) -> Result<String, FileError> {
    files::read(path, 64 << 10).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}
