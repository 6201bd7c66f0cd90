//! The manifest of a batch: which output files are finished, and from which inputs they were made.
//!
//! It is a JSON file next to the labels. It has enough to resume an interrupted batch exactly, and to prove later which
//! labels were made from which orders, grant and template. It holds digests, counts and file names, and nothing of any
//! order or key: the digest of a file of orders is [keyed](super::manifest_key), as is the one that authenticates the
//! manifest, so that a batch is resumed only from what a holder of the sealer's grant wrote. Only its owner can read it.

use super::columns::Accounting;
use super::manifest_key::{DigestOf, ManifestKey};
use super::notice::NoticeCounts;
use crate::files::{self, Access, FileError};
use crate::keys::Day;
use base16ct::lower::encode_string;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thiserror::Error;

/// The largest manifest that is read, in bytes; a part takes about 200.
const FILE_MAX: u64 = 64 << 20;

/// The state of a batch when its last part was finished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Manifest {
    /// Everything that the labels depend on.
    pub job: BatchJob,
    /// Whether the batch is complete.
    pub finished: bool,
    /// Rows processed: those with labels, rejected ones, those that are not sealed yet, and those joined to them.
    pub rows: u64,
    /// Labels made.
    pub labels: u64,
    /// Orders rejected.
    pub rejected: u64,
    /// Rows that are not sealed, since their stations are sealed for from a later day on.
    #[serde(skip_serializing_if = "is_none", default)]
    pub unsealed: u64,
    /// Labels beyond the first of each row: of orders with several parcels.
    #[serde(skip_serializing_if = "is_none", default)]
    pub more_labels: u64,
    /// Rows that continue the order of the row before.
    #[serde(skip_serializing_if = "is_none", default)]
    pub joined: u64,
    /// What becomes of the columns of each input that was begun.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub columns: Vec<ColumnsNote>,
    /// Labels with each kind of notice.
    #[serde(skip_serializing_if = "NoticeCounts::is_empty", default)]
    pub notices: NoticeCounts,
    /// The finished parts, in order.
    pub parts: Vec<PartRecord>,
    /// The resumable output file in progress, for targets that are a single file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub going: Option<PartRecord>,
    /// The files of rejected rows.
    pub rejects: Vec<RejectsNote>,
    /// The digest of all of the above under the sealer's [key](ManifestKey), in hexadecimal; set when it is stored.
    #[serde(default)]
    mac: String,
}

/// Everything that the labels of a batch depend on. A batch is resumed only if all of it is unchanged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct BatchJob {
    /// The version of Wayseal; another one may draw labels differently.
    pub wayseal: String,
    /// The files of orders.
    pub inputs: Vec<Input>,
    /// The day of sealing, as YYYY-MM-DD.
    pub day: String,
    /// The sealer's grant.
    pub grant: GrantNote,
    /// SHA-256 of the file of stations.
    pub stations: String,
    /// SHA-256 of the template, or of the default.
    pub template: String,
    /// Options that change the output, by name: product, page, container, selection of rows.
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
    /// The digest of its content under the sealer's [key](ManifestKey), in hexadecimal; `None` for the standard input,
    /// which cannot be resumed.
    pub digest: Option<String>,
}

impl Input {
    /// A file by its name and SHA-256; `None` for the standard input.
    #[must_use]
    pub fn new(file: String, sha256: Option<[u8; 32]>, key: &ManifestKey) -> Self {
        Self { file, digest: sha256.map(|sha256| key.digest(DigestOf::Input, &sha256)) }
    }
}

/// Which grant was used; nothing of its keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GrantNote {
    /// The name of its holder.
    pub to: String,
    /// Its serial number.
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

/// A file or folder of labels. Its name is relative to the folder of the manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PartRecord {
    /// Its name.
    pub file: String,
    /// Labels in it.
    pub labels: u64,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its SHA-256 in hexadecimal; for a folder, that of its `SHA256SUMS`.
    pub sha256: String,
}

/// Whether a count is zero, as serde asks it.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
const fn is_none(count: &u64) -> bool {
    *count == 0
}

/// What the rows of a file are kept for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeptRows {
    /// To be corrected and fed in again.
    #[default]
    Rejected,
    /// For the old way, since their stations are sealed for from a later day on.
    Unsealed,
    /// No rows: the delivery code of each label, in one file for the whole batch.
    Codes,
}

impl KeptRows {
    const fn is_rejected(&self) -> bool {
        matches!(self, Self::Rejected)
    }
}

/// What becomes of the columns of an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ColumnsNote {
    /// The index of the input in the job.
    pub input: usize,
    /// The accounting.
    pub accounting: Accounting,
}

/// A file of rejected rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RejectsNote {
    /// The index of the input in the job.
    pub input: usize,
    /// What its rows are kept for.
    #[serde(skip_serializing_if = "KeptRows::is_rejected", default)]
    pub kept: KeptRows,
    /// Its name.
    pub file: String,
    /// Its length.
    pub bytes: u64,
    /// The digest of its content under the sealer's [key](ManifestKey), in hexadecimal.
    pub digest: String,
}

impl Manifest {
    /// The manifest of a batch that has not begun.
    #[must_use]
    pub fn new(job: BatchJob) -> Self {
        Self {
            job,
            finished: false,
            rows: 0,
            labels: 0,
            rejected: 0,
            unsealed: 0,
            more_labels: 0,
            joined: 0,
            columns: Vec::new(),
            notices: NoticeCounts::default(),
            parts: Vec::new(),
            going: None,
            rejects: Vec::new(),
            mac: String::new(),
        }
    }

    /// Rows that have a label, or several.
    #[must_use]
    pub const fn labelled(&self) -> u64 {
        self.labels - self.more_labels
    }

    /// Notes what becomes of the columns of an input; returns whether that was not noted before.
    pub fn note_columns(&mut self, input: usize, accounting: &Accounting) -> bool {
        let new = self.columns.iter().all(|note| note.input != input);
        if new {
            self.columns.push(ColumnsNote { input, accounting: accounting.clone() });
        }
        new
    }

    /// Reads the manifest at `path`, and authenticates it with the sealer's key of its own day, which `key_of` gives. Returns
    /// both; `None` if there is no such file.
    ///
    /// # Errors
    /// [`ManifestError`].
    pub fn load(
        path: &Path,
        key_of: impl FnOnce(Day) -> Option<ManifestKey>,
    ) -> Result<Option<(Self, ManifestKey)>, ManifestError> {
        let Some(manifest) = Self::read(path)? else { return Ok(None) };
        let day = manifest.job.day.parse().map_err(|_| ManifestError::Foreign)?;
        let key = key_of(day).ok_or(ManifestError::Foreign)?;
        if manifest.tag(&key) == manifest.mac {
            Ok(Some((manifest, key)))
        } else {
            Err(ManifestError::Foreign)
        }
    }

    /// Reads the manifest at `path` and believes it; `None` if there is no such file.
    fn read(path: &Path) -> Result<Option<Self>, ManifestError> {
        match files::read_own(path, FILE_MAX) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(ManifestError::Form),
            Err(error) if error.is_missing() => Ok(None),
            Err(error) => Err(ManifestError::File(error)),
        }
    }

    /// How many parts the manifest at `path` lists, whoever wrote it; none if it cannot be read.
    #[must_use]
    pub fn parts_listed(path: &Path) -> usize {
        Self::read(path).ok().flatten().map_or(0, |manifest| manifest.parts.len())
    }

    /// The day that the manifest at `path` notes, whoever wrote it.
    #[must_use]
    pub fn day_noted(path: &Path) -> Option<Day> {
        Self::read(path).ok().flatten()?.job.day.parse().ok()
    }

    /// The digest that authenticates it: of its compact JSON, itself left empty.
    fn tag(&self, key: &ManifestKey) -> String {
        let bare = Self { mac: String::new(), ..self.clone() };
        // Serialising these types cannot fail: no maps with other keys than strings, no custom serialisers.
        key.digest_of(DigestOf::Manifest, &serde_json::to_vec(&bare).unwrap_or_default())
    }

    /// Whether the counts fit each other: each row has one outcome, and each label is in one part.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        let mut parts = self.parts.iter().chain(&self.going);
        let held = parts.try_fold(0_u64, |sum, part| sum.checked_add(part.labels));
        // The rows of a part in progress are counted when it is finished.
        let labelled = self.labels.checked_sub(self.more_labels);
        let rows = labelled.and_then(|rows| {
            rows.checked_add(self.rejected)?.checked_add(self.unsealed)?.checked_add(self.joined)
        });
        held == Some(self.labels) && rows == Some(self.rows)
    }

    /// Whether the batch has finished no label, so that beginning it again loses none.
    #[must_use]
    pub const fn has_no_label(&self) -> bool {
        self.labels == 0 && self.parts.is_empty() && self.going.is_none()
    }

    /// Checks that a batch with `job` may resume this one.
    ///
    /// # Errors
    /// [`ManifestError::Changed`] with the first difference; [`ManifestError::Stdin`] if an input cannot be read again.
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
            if now.digest.is_none() {
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

/// The file of a manifest, and the key that authenticates it.
#[derive(Clone, Debug)]
pub struct ManifestFile {
    path: PathBuf,
    key: Arc<ManifestKey>,
}

impl ManifestFile {
    /// A file that is there or is to be written.
    #[must_use]
    pub const fn new(path: PathBuf, key: Arc<ManifestKey>) -> Self {
        Self { path, key }
    }

    /// The key.
    pub(super) fn key(&self) -> &ManifestKey {
        &self.key
    }

    /// Writes a manifest atomically.
    ///
    /// # Errors
    /// [`FileError`].
    pub fn store(&self, manifest: &Manifest) -> Result<(), FileError> {
        let manifest = Manifest { mac: manifest.tag(&self.key), ..manifest.clone() };
        let mut text = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
        text.push(b'\n');
        // Under a fixed temporary name, so that the next run replaces what a killed one left. The batch's lock keeps
        // other processes away.
        let mut part = files::PartFile::create(&self.path, Access::Owner)?;
        part.file().write_all(&text).map_err(|error| part.error(error))?;
        part.finish()
    }
}

/// SHA-256 in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    encode_string(&Sha256::digest(bytes))
}

/// Why a batch cannot be resumed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// The manifest cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// The file is not a manifest, or one of a newer version.
    #[error("not the manifest of a batch of this version")]
    Form(#[source] serde_json::Error),
    /// It was not written with the keys of this grant, or was changed since.
    #[error("it was not written by the holder of this grant, or was changed since")]
    Foreign,
    /// Its counts or names do not fit each other.
    #[error("its counts or names do not fit each other")]
    Inconsistent,
    /// A finished part is missing, or is not what was written.
    #[error("{0} is missing or was changed since it was written")]
    Part(String),
    /// Something that labels depend on has changed since the batch began.
    #[error("{0} is not what the batch began with, and labels would differ")]
    Changed(Change),
    /// The standard input cannot be read again.
    #[error(
        "orders from the standard input cannot be read again; save them as a file, and start the batch again"
    )]
    Stdin,
}

/// What has changed in a [`BatchJob`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// The version of Wayseal; with the version that began the batch.
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
    /// The columns chosen by the user.
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

    use crate::batch::manifest_key::tests::key;

    fn job() -> BatchJob {
        BatchJob {
            wayseal: "0.1.0".into(),
            inputs: vec![Input::new("orders.csv".into(), Some([1; 32]), &key(7))],
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
            (|job| job.inputs[0] = Input::new("orders.csv".into(), Some([2; 32]), &key(7)), "orders.csv"),
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
        stdin.inputs[0].digest = None;
        assert!(matches!(manifest.goes_on(&stdin), Err(ManifestError::Stdin)));
    }

    #[test]
    fn a_manifest_is_read_as_it_was_written_and_only_by_the_sealer() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("labels.manifest.json");
        let file = ManifestFile::new(path.clone(), Arc::new(key(7)));
        assert!(Manifest::load(&path, |_| Some(key(7))).unwrap().is_none());
        let mut manifest = Manifest::new(job());
        (manifest.rows, manifest.rejected) = (7, 7);
        file.store(&manifest).unwrap();
        let (read, _) = Manifest::load(&path, |_| Some(key(7))).unwrap().unwrap();
        assert_eq!((read.rows, &read.job), (7, &manifest.job));
        assert!(matches!(Manifest::load(&path, |_| Some(key(8))), Err(ManifestError::Foreign)));
        // A change of any value is seen, whoever can write to the folder.
        let text = std::fs::read_to_string(&path).unwrap();
        for (was, now) in [("\"rows\": 7", "\"rows\": 6"), ("png", "svg"), ("2026-11-24", "2026-11-25")] {
            std::fs::write(&path, text.replace(was, now)).unwrap();
            assert!(matches!(Manifest::load(&path, |_| Some(key(7))), Err(ManifestError::Foreign)), "{was}");
        }
        std::fs::write(&path, b"{}").unwrap();
        assert!(matches!(Manifest::load(&path, |_| Some(key(7))), Err(ManifestError::Form(_))));
    }

    #[test]
    fn counts_that_do_not_fit_each_other_are_seen() {
        let mut manifest = Manifest::new(job());
        let part = |labels| PartRecord { file: "labels.zip".into(), labels, bytes: 1, sha256: String::new() };
        manifest.parts = vec![part(3), part(4)];
        (manifest.rows, manifest.labels, manifest.rejected) = (9, 7, 2);
        assert!(manifest.adds_up() && !manifest.has_no_label());
        for change in [
            |manifest: &mut Manifest| manifest.rows = 8,
            |manifest: &mut Manifest| (manifest.rows, manifest.labels) = (10, 8),
            |manifest: &mut Manifest| manifest.parts[0].labels = u64::MAX,
            |manifest: &mut Manifest| manifest.parts.truncate(1),
        ] {
            let mut other = manifest.clone();
            change(&mut other);
            assert!(!other.adds_up());
        }
    }
}
