//! Writes labels as files of a folder.
//!
//! A folder is filled under a hidden name, synced and then renamed, so that a label found under its final name is
//! complete. `SHA256SUMS` in it lists the digests, in the format of `sha256sum -c`.

use crate::files::{FileError, hidden, sync_all, sync_folder};
use base16ct::lower::encode_string;
use sha2::{Digest as _, Sha256};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The file of a folder of labels that lists their digests.
pub const SUMS: &str = "SHA256SUMS";

/// A folder being filled.
#[derive(Debug)]
pub struct Shard {
    path: PathBuf,
    hidden: PathBuf,
    sums: String,
}

impl Shard {
    /// Begins a folder. What an interrupted run left under its hidden name is deleted.
    pub(super) fn create(path: &Path) -> Result<Self, FileError> {
        let shard = Self { path: path.to_owned(), hidden: hidden(path), sums: String::new() };
        let attempt = || {
            clear(&shard.hidden)?;
            if let Some(around) = path.parent() {
                fs::create_dir_all(around)?;
            }
            // Not a folder that somebody made in the meantime, nor a link to one.
            fs::create_dir(&shard.hidden)
        };
        attempt().map_err(|error| shard.error(error))?;
        Ok(shard)
    }

    /// Writes a label to its file, and adds its digest to the list.
    pub(super) fn add(&mut self, name: &str, label: &[u8]) -> io::Result<()> {
        create(&self.hidden.join(name), label)?;
        self.sums.push_str(&encode_string(&Sha256::digest(label)));
        self.sums.push_str("  ");
        self.sums.push_str(name);
        self.sums.push('\n');
        Ok(())
    }

    pub(super) fn error(&self, error: io::Error) -> FileError {
        FileError::new(&self.path, "write", error)
    }

    /// The SHA-256 of the list of digests, and the folder's total length, given that of the labels.
    pub(super) fn digest(&self, labels: u64) -> ([u8; 32], u64) {
        (Sha256::digest(&self.sums).into(), labels + self.sums.len() as u64)
    }

    /// Syncs the folder and renames it. If it is the only one of the batch, its files move to the parent folder instead.
    pub(super) fn finish(self, only: bool) -> Result<(), FileError> {
        let attempt = || -> io::Result<()> {
            create(&self.hidden.join(SUMS), self.sums.as_bytes())?;
            sync_all(&self.hidden)?;
            let around = self.path.parent().unwrap_or(Path::new("."));
            if only {
                for name in fs::read_dir(&self.hidden)? {
                    let name = name?.file_name();
                    fs::rename(self.hidden.join(&name), around.join(&name))?;
                }
                fs::remove_dir(&self.hidden)?;
            } else {
                clear(&self.path)?;
                fs::rename(&self.hidden, &self.path)?;
            }
            sync_folder(around)
        };
        attempt().map_err(|error| self.error(error))
    }
}

/// Writes a file that is not there yet.
fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    File::create_new(path)?.write_all(content)
}

/// Deletes a folder, if it exists.
fn clear(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
