//! Compares what a manifest says with what is on the disk, before a batch is resumed or replaced.
//!
//! Only names within the output are believed: a part has the name that its number gives it, and a folder's list of digests
//! names its own files. No link is followed, and nothing else than a regular file is read or removed.

use super::hashing::hash_all;
use super::manifest::{KeptRows, Manifest, ManifestError, PartRecord};
use super::manifest_key::{DigestOf, ManifestKey};
use super::output::{ContainerKind, OutputTarget, SUMS};
use super::product::BESIDE;
use crate::files::{self, FileError};
use base16ct::lower::encode_string;
use sha2::{Digest as _, Sha256};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The largest list of digests that is read; a label takes about 100 bytes.
const SUMS_MAX: u64 = 64 << 20;

impl Manifest {
    /// Checks that counts fit each other, and that each finished part has its own name and what was written.
    ///
    /// # Errors
    /// [`ManifestError::Inconsistent`] or [`ManifestError::Part`].
    pub fn recheck(&self, target: &OutputTarget) -> Result<(), ManifestError> {
        if !self.adds_up() {
            return Err(ManifestError::Inconsistent);
        }
        let only = self.finished && self.parts.len() == 1;
        for (number, part) in (1..).zip(&self.parts) {
            if part.file != target.part_name(number, only) {
                return Err(ManifestError::Inconsistent);
            }
            let changed = || ManifestError::Part(part.file.clone());
            let path = target.located(&part.file);
            let same = match target.kind {
                ContainerKind::Folder => folder_is(part, &path, target.make.ending()),
                _ => file_is(&path, part.bytes, &part.sha256),
            };
            if !same.map_err(|_| changed())? {
                return Err(changed());
            }
        }
        match &self.going {
            Some(going) if going.file != target.part_name(1, false) => Err(ManifestError::Inconsistent),
            _ => Ok(()),
        }
    }
}

impl Manifest {
    /// Removes the files of rejects that are as the batch wrote them; a file that was changed since may hold corrections, and
    /// stays. So do files of unsealed rows. The files are those of the batch that takes this one's place, by input: of rejects,
    /// and of unsealed rows.
    ///
    /// # Errors
    /// [`FileError`].
    pub fn remove_rejects(
        &self,
        (rejects, unsealed): (&[PathBuf], &[PathBuf]),
        key: &ManifestKey,
    ) -> Result<(), FileError> {
        for note in &self.rejects {
            let files = match note.kept {
                KeptRows::Rejected => rejects,
                KeptRows::Unsealed => unsealed,
                // Of a batch with a label; such a batch is resumed or replaced.
                KeptRows::Codes => continue,
            };
            let Some(path) = files.get(note.input) else { continue };
            let Ok(mut file) = files::open_own(path) else { continue };
            let mut hash = Sha256::new();
            let fail = |error| FileError::new(path, "read", error);
            let len = hash_all(&mut file, &mut hash).map_err(fail)?;
            if len == note.bytes && key.digest(DigestOf::Rejects, &hash.finalize().into()) == note.digest {
                files::remove_own(path).map_err(|error| FileError::new(path, "replace", error))?;
            }
        }
        Ok(())
    }
}

/// Whether a regular file has a length and a SHA-256.
fn file_is(path: &Path, bytes: u64, sha256: &str) -> Result<bool, FileError> {
    let mut hash = Sha256::new();
    let mut file = files::open_own(path)?;
    let len = hash_all(&mut file, &mut hash).map_err(|error| FileError::new(path, "read", error))?;
    Ok(len == bytes && encode_string(&hash.finalize()) == sha256)
}

/// Whether a folder has the list of digests that was written, and each label that the list names.
fn folder_is(part: &PartRecord, path: &Path, ending: &str) -> Result<bool, FileError> {
    let sums = files::read_own(&path.join(SUMS), SUMS_MAX)?;
    if encode_string(&Sha256::digest(&sums)) != part.sha256 {
        return Ok(false);
    }
    let sums = String::from_utf8_lossy(&sums);
    let (mut labels, mut bytes) = (0, sums.len() as u64);
    for line in sums.lines() {
        let Some((sha256, name)) = line.split_once("  ") else { return Ok(false) };
        let own = is_label(name, ending);
        if !own && !is_label(name, BESIDE) {
            return Ok(false);
        }
        let label = path.join(name);
        let len = fs::symlink_metadata(&label).map_err(|error| FileError::new(&label, "read", error))?.len();
        if !file_is(&label, len, sha256)? {
            return Ok(false);
        }
        labels += u64::from(own);
        bytes += len;
    }
    Ok(labels == part.labels && bytes == part.bytes)
}

/// Whether a name is one that labels of a kind have: a waybill number and the ending.
fn is_label(name: &str, ending: &str) -> bool {
    let waybill = name.strip_suffix(ending).and_then(|rest| rest.strip_suffix('.'));
    waybill.is_some_and(|waybill| {
        !waybill.is_empty()
            && waybill.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-')
    })
}

/// Removes what an earlier batch of `parts` parts has written to a target, and nothing else: whatever the manifest says,
/// only files whose names the target itself gives.
///
/// # Errors
/// The system's.
pub fn remove(target: &OutputTarget, parts: usize) -> io::Result<()> {
    let numbers = 1..=parts as u64;
    match (target.kind, &target.path) {
        (ContainerKind::Folder, Some(folder)) => {
            let parts = numbers.map(|number| target.part(number));
            // The folder that the user names may be a link of his; the folders in it are ours.
            let mut own = parts.filter(|part| fs::symlink_metadata(part).is_ok_and(|known| known.is_dir()));
            own.try_for_each(|part| remove_labels(&part))?;
            if folder.is_dir() { remove_labels(folder) } else { Ok(()) }
        }
        _ => numbers.map(|number| target.part(number)).try_for_each(|path| files::remove_own(&path)),
    }
}

/// Removes the labels that a folder's own list names, the list, and the folder if nothing else is in it.
fn remove_labels(folder: &Path) -> io::Result<()> {
    let sums = folder.join(SUMS);
    if let Ok(list) = files::read_own(&sums, SUMS_MAX) {
        let list = String::from_utf8_lossy(&list);
        for (_, name) in list.lines().filter_map(|line| line.split_once("  ")) {
            // The list is not trusted: its labels may be of another kind than this batch's, but they have labels' names.
            if name.split_once('.').is_some_and(|(_, ending)| is_label(name, ending) && is_ending(ending)) {
                files::remove_own(&folder.join(name))?;
            }
        }
        files::remove_own(&sums)?;
    }
    // A folder with other files stays.
    let _not_empty = fs::remove_dir(folder);
    Ok(())
}

fn is_ending(ending: &str) -> bool {
    ["png", "svg", "pdf", "zpl", "tspl", BESIDE].contains(&ending)
}
