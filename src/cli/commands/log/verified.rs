//! Logs as an auditor reads them: verified with the first key and the last signed head of their device.

use super::auditor_folder::named;
use super::handed::Handed;
use crate::cli::console::warn;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::settings::log::AuditorFolder;
use std::path::{Path, PathBuf};
use wayseal::authority::auditor::Auditor;
use wayseal::device::log::verify::{self, Verified};

/// The verified logs, and whether some could not be read: that is said, and the others still count.
pub fn verified(
    paths: &[PathBuf],
    folder: &AuditorFolder,
    auditor: &Auditor,
    language: Language,
) -> (Vec<Verified>, bool) {
    let mut logs = Vec::new();
    let mut failed = false;
    for path in paths {
        match read(path, folder, auditor, language) {
            Ok(log) => logs.push(log),
            Err(failure) => {
                failed = true;
                warn(&format!("wayseal: {}", failure.message(language)));
            }
        }
    }
    (logs, failed)
}

fn read(
    path: &Path,
    folder: &AuditorFolder,
    auditor: &Auditor,
    language: Language,
) -> Result<Verified, Failure> {
    let handed = Handed::read(path, language)?;
    let refused = |error| Failure::input(format!("{}: {}", path.display(), language.log(&error)));
    let device = verify::device(&handed.log).map_err(refused)?;
    named(&device, language)?;
    let last = folder.head(&device, auditor, language)?;
    auditor.verify(&handed.log, last.as_ref()).map_err(refused)
}
