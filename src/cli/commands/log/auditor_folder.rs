//! The auditor's folder: the key, and of each device the last head and the challenge that is out.

use crate::cli::arguments::log::AuditorFolder;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::settings::Settings;
use std::path::{Path, PathBuf};
use wayseal::authority::auditor::Auditor;
use wayseal::authority::custody::{self, Unlock};
use wayseal::device::log::head::SignedHead;
use wayseal::files::{self, FileError};
use zeroize::Zeroizing;

impl AuditorFolder {
    pub fn key(&self, settings: &Settings, language: Language) -> Result<Auditor, Failure> {
        let path = self.at("auditor.key");
        let bytes = Zeroizing::new(files::read_secret(&path, 4096).map_err(Failure::key)?);
        let bytes = custody::open_text(&bytes, |_| {
            settings.passphrase(&self.secrets).passphrase(false).map(Unlock::Passphrase)
        })
        .map_err(|error| Failure::key(format!("{}: {}", path.display(), language.custody(&error))))?;
        let auditor = std::str::from_utf8(&bytes).ok().and_then(Auditor::parse);
        auditor.ok_or_else(|| Failure::key(format!("{}: not an auditor's key", path.display())))
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.auditor.join(name)
    }

    /// The last head signed for a device.
    pub fn head(&self, device: &str, auditor: &Auditor) -> Result<Option<SignedHead>, Failure> {
        let path = self.at(&format!("{device}.head"));
        match read_text(&path) {
            Ok(note) => SignedHead::verify(&note, &auditor.public()).map(Some).map_err(|error| {
                Failure::key(format!("{}: {error}; restore it from a backup", path.display()))
            }),
            Err(error) if error.is_missing() => Ok(None),
            Err(error) => Err(Failure::input(error)),
        }
    }
}

/// A device's name becomes a file's.
pub fn named(device: &str) -> Result<(), Failure> {
    let fits = (1..=48).contains(&device.len())
        && !device.starts_with('.')
        && device.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    if fits {
        return Ok(());
    }
    Err(Failure::usage(
        "a device's name has 1 to 48 letters, digits, `.`, `_` and `-`, and begins with no dot",
    ))
}

pub fn read_text(path: &Path) -> Result<String, FileError> {
    files::read(path, 64 << 10).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}
