//! What a batch has finished, beside its labels: enough to go on exactly, and to prove what was made of what.
//!
//! It holds digests, counts and names of files, and nothing of any order or key.

use super::output::hex;
use crate::files::{self, Access, FileError};
use crate::keys::Day;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::io::Write as _;
use std::path::Path;
use thiserror::Error;

/// The largest manifest read: a part takes 200 bytes.
const FILE_MAX: u64 = 64 << 20;

/// The state of a batch when its last part was finished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Manifest {
    /// What determines every label.
    pub job: BatchJob,
    /// Whether nothing is left to do.
    pub finished: bool,
    /// Rows that are dealt with: labels and rejected.
    pub rows: u64,
    /// Labels made.
    pub labels: u64,
    /// Rows rejected.
    pub rejected: u64,
    /// The parts that are finished.
    pub parts: Vec<PartRecord>,
    /// The file that is gone on with, of a target that has one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub going: Option<PartRecord>,
    /// The files of rejected rows.
    pub rejects: Vec<RejectsNote>,
}

/// What determines every label: a batch goes on only if all of it is what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct BatchJob {
    /// The version of Wayseal: another one may draw otherwise.
    pub wayseal: String,
    /// The files of orders.
    pub inputs: Vec<Input>,
    /// The day of sealing.
    pub day: String,
    /// The sealer's grant.
    pub grant: GrantNote,
    /// SHA-256 of the file of stations.
    pub stations: String,
    /// SHA-256 of the template, or of the default.
    pub template: String,
    /// What is made, on which page, in what, and of which rows.
    pub settings: Vec<(String, String)>,
}

impl BatchJob {
    /// A job of this version of Wayseal.
    #[must_use]
    pub fn new(
        inputs: Vec<Input>,
        day: Day,
        grant: GrantNote,
        stations: String,
        template: String,
        settings: Vec<(String, String)>,
    ) -> Self {
        let wayseal = env!("CARGO_PKG_VERSION").to_owned();
        Self { wayseal, inputs, day: day.to_string(), grant, stations, template, settings }
    }
}

/// A file of orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Input {
    /// Its name.
    pub file: String,
    /// Its digest; none of the standard input, which cannot be gone on with.
    pub sha256: Option<String>,
}

impl Input {
    /// A file by its name and digest; none of the standard input.
    #[must_use]
    pub fn new(file: String, sha256: Option<[u8; 32]>) -> Self {
        Self { file, sha256: sha256.map(|digest| hex(&digest)) }
    }
}

/// A grant, without anything of its keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GrantNote {
    /// Whom it is for.
    pub to: String,
    /// Its serial.
    pub serial: u64,
    /// SHA-256 of its file.
    pub sha256: String,
}

impl GrantNote {
    /// A grant by its recipient, its serial, and the SHA-256 of its file.
    #[must_use]
    pub fn new(to: String, serial: u64, sha256: String) -> Self {
        Self { to, serial, sha256 }
    }
}

/// A file or folder of labels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PartRecord {
    /// Its name.
    pub file: String,
    /// Labels in it.
    pub labels: u64,
    /// Its length.
    pub bytes: u64,
    /// Its digest; of a folder, that of its `SHA256SUMS`.
    pub sha256: String,
}

/// A file of rejected rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RejectsNote {
    /// The input's place in the job.
    pub input: usize,
    /// Its name.
    pub file: String,
    /// Its length.
    pub bytes: u64,
}

impl Manifest {
    /// A batch of which nothing is done.
    #[must_use]
    pub const fn new(job: BatchJob) -> Self {
        Self {
            job,
            finished: false,
            rows: 0,
            labels: 0,
            rejected: 0,
            parts: Vec::new(),
            going: None,
            rejects: Vec::new(),
        }
    }

    /// Reads the manifest at `path`, if it is there.
    ///
    /// # Errors
    /// [`ManifestError`].
    pub fn load(path: &Path) -> Result<Option<Self>, ManifestError> {
        match files::read(path, FILE_MAX) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(ManifestError::Form),
            Err(error) if error.is_missing() => Ok(None),
            Err(error) => Err(ManifestError::File(error)),
        }
    }

    /// Writes it, whole or not at all.
    ///
    /// # Errors
    /// [`FileError`].
    pub fn store(&self, path: &Path) -> Result<(), FileError> {
        // Its own types serialise always.
        let mut text = serde_json::to_vec_pretty(self).unwrap_or_default();
        text.push(b'\n');
        // Under a name of its own, so that the next run replaces what a killed one left: the batch's lock keeps
        // others away.
        let mut part = files::PartFile::create(path, Access::Everyone)?;
        part.file().write_all(&text).map_err(|error| part.error(error))?;
        part.finish()
    }

    /// Whether a batch with this job goes on where this one stopped.
    ///
    /// # Errors
    /// [`ManifestError::Changed`] with the first thing that is not what it was.
    pub fn goes_on(&self, job: &BatchJob) -> Result<(), ManifestError> {
        let changed = |what| Err(ManifestError::Changed(what));
        let was = &self.job;
        if was.wayseal != job.wayseal {
            return changed(Change::Version(was.wayseal.clone()));
        }
        if was.inputs.len() != job.inputs.len() {
            return changed(Change::Orders);
        }
        for (before, now) in was.inputs.iter().zip(&job.inputs) {
            if now.sha256.is_none() {
                return Err(ManifestError::Stdin);
            }
            if before != now {
                return changed(Change::Input(now.file.clone()));
            }
        }
        for (same, what) in [
            (was.day == job.day, Change::Day),
            (was.grant == job.grant, Change::Grant),
            (was.stations == job.stations, Change::Stations),
            (was.template == job.template, Change::Template),
        ] {
            if !same {
                return changed(what);
            }
        }
        match was.settings.iter().zip(&job.settings).find(|(before, now)| before != now) {
            Some((_, (name, _))) => changed(Change::Setting(name.clone())),
            None if was.settings.len() != job.settings.len() => changed(Change::Columns),
            None => Ok(()),
        }
    }
}

/// SHA-256 in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Why a batch cannot be resumed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// The manifest cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// It is none, or a newer version's.
    #[error("not the manifest of a batch of this version")]
    Form(#[source] serde_json::Error),
    /// Something is not what the batch began with.
    #[error("{0} is not what the batch began with, and labels would differ")]
    Changed(Change),
    /// The standard input cannot be read again.
    #[error("orders from the standard input cannot be read again; save them as a file, and begin again")]
    Stdin,
}

/// What of a [`Job`] is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// The version of Wayseal, which was this one.
    Version(String),
    /// The number of files of orders.
    Orders,
    /// A file of orders.
    Input(String),
    /// The day of sealing.
    Day,
    /// The sealer's grant.
    Grant,
    /// The file of stations.
    Stations,
    /// The template.
    Template,
    /// A setting, by its name in the job.
    Setting(String),
    /// The columns that were chosen.
    Columns,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Version(was) => return write!(f, "wayseal ({was})"),
            Self::Input(name) | Self::Setting(name) => name,
            Self::Orders => "orders",
            Self::Day => "the day",
            Self::Grant => "the grant",
            Self::Stations => "the file of stations",
            Self::Template => "the template",
            Self::Columns => "the choice of columns",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job() -> BatchJob {
        let sha256 = Some(sha256(b"orders"));
        BatchJob {
            wayseal: "0.1.0".into(),
            inputs: vec![Input { file: "orders.csv".into(), sha256 }],
            day: "2026-11-24".into(),
            grant: GrantNote { to: "sealer-7".into(), serial: 3, sha256: String::new() },
            stations: String::new(),
            template: String::new(),
            settings: vec![("--format".into(), "png".into())],
        }
    }

    #[test]
    fn what_was_changed_is_named() {
        let manifest = Manifest::new(job());
        manifest.goes_on(&job()).unwrap();
        type Change = fn(&mut BatchJob);
        let cases: [(Change, &str); 6] = [
            (|job| job.inputs[0].sha256 = Some(sha256(b"other")), "orders.csv"),
            (|job| job.inputs.clear(), "orders"),
            (|job| job.day = "2026-11-25".into(), "the day"),
            (|job| job.grant.serial = 4, "the grant"),
            (|job| job.settings[0].1 = "svg".into(), "--format"),
            (|job| job.wayseal = "0.2.0".into(), "wayseal (0.1.0)"),
        ];
        for (change, what) in cases {
            let mut other = job();
            change(&mut other);
            let said = manifest.goes_on(&other).unwrap_err().to_string();
            assert!(said.starts_with(&format!("{what} is not what")), "{said}");
        }
        let mut stdin = job();
        stdin.inputs[0].sha256 = None;
        assert!(matches!(manifest.goes_on(&stdin), Err(ManifestError::Stdin)));
    }

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("labels.manifest.json");
        assert!(Manifest::load(&path).unwrap().is_none());
        let mut manifest = Manifest::new(job());
        manifest.rows = 7;
        manifest.store(&path).unwrap();
        assert_eq!(Manifest::load(&path).unwrap(), Some(manifest));
        std::fs::write(&path, b"{}").unwrap();
        assert!(matches!(Manifest::load(&path), Err(ManifestError::Form(_))));
    }
}
