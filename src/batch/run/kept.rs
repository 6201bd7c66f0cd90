//! The files beside the labels: rejected rows, rows that are not sealed yet, and delivery codes.
//!
//! A file is begun with its first row, and synced with the part that the row belongs to, so that the manifest says how much of
//! it counts.

use super::paths::Paths;
use crate::batch::hashing::hash_all;
use crate::batch::input::Row;
use crate::batch::manifest::{KeptRows, Manifest, ManifestFile, RejectsNote};
use crate::batch::manifest_key::DigestOf;
use crate::batch::output::FrameEntry;
use crate::batch::pipeline::{BatchPlan, OpenedInput};
use crate::batch::rejects::Rejects;
use crate::files::{self, Access, FileError, PartFile};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use zeroize::Zeroizing;

/// Every file of kept rows that this run has written to, by the kind and the input of the rows.
pub(super) struct KeptFiles<'a> {
    plan: &'a BatchPlan<'a>,
    paths: &'a Paths<'a>,
    files: BTreeMap<(KeptRows, usize), KeptFile>,
}

struct KeptFile {
    rows: Rejects<BufWriter<File>>,
    part: PartFile,
    bytes: u64,
    /// The hash of the first `bytes` bytes.
    hash: Sha256,
}

impl<'a> KeptFiles<'a> {
    pub(super) const fn new(plan: &'a BatchPlan<'a>, paths: &'a Paths<'a>) -> Self {
        Self { plan, paths, files: BTreeMap::new() }
    }

    /// Writes a row to where it is kept: a file of its kind, or the stream of rejects.
    pub(super) fn keep(
        &mut self,
        manifest: &Manifest,
        kept: KeptRows,
        source: &OpenedInput,
        row: &Row,
        reason: &str,
    ) -> Result<(), FileError> {
        let recipient = self.paths.rejects_for.filter(|_| kept == KeptRows::Rejected).map(ToOwned::to_owned);
        if let Some(stream) = self.paths.rejects_stream.filter(|_| kept == KeptRows::Rejected) {
            let name = self.plan.inputs.get(source.input).map(|input| name(&input.path));
            let mut line = Zeroizing::new(Vec::new());
            Rejects::objects(&mut *line, &source.header, name)
                .sealed_to(recipient.clone())
                .write(row, reason)
                .map_err(|error| stream.error(error))?;
            stream.write(&line)?;
        }
        let Some(path) = self.paths.kept(kept, source.input) else { return Ok(()) };
        let file = self.file(manifest, (kept, source.input), path, |to, begun| {
            if recipient.is_some() {
                return Ok(Rejects::objects(to, &source.header, None).sealed_to(recipient));
            }
            let mut rows = Rejects::resume(to, source.dialect, &source.header);
            if kept == KeptRows::Unsealed {
                rows = rows.as_they_came();
            }
            if !begun {
                rows.begin()?;
            }
            Ok(rows)
        })?;
        file.rows.write(row, reason).map_err(|error| file.part.error(error))
    }

    /// Writes the delivery code of a label, with the part that the label goes into.
    pub(super) fn keep_code(&mut self, manifest: &Manifest, entry: &FrameEntry) -> Result<(), FileError> {
        let Some((path, form)) = self.paths.codes else { return Ok(()) };
        let file = self.file(manifest, (KeptRows::Codes, 0), path, |mut to, begun| {
            if !begun {
                to.write_all(form.header().as_bytes())?;
            }
            Ok(Rejects::objects(to, &[], None))
        })?;
        let written = form.line(entry).and_then(|line| file.rows.file().write_all(line.as_bytes()));
        written.map_err(|error| file.part.error(error))
    }

    /// The file of rows of a kind. One that this run has not written to is resumed or created, and `open` is told which.
    fn file(
        &mut self,
        manifest: &Manifest,
        of: (KeptRows, usize),
        path: &Path,
        open: impl FnOnce(BufWriter<File>, bool) -> io::Result<Rejects<BufWriter<File>>>,
    ) -> Result<&mut KeptFile, FileError> {
        let empty = match self.files.entry(of) {
            Entry::Occupied(file) => return Ok(file.into_mut()),
            Entry::Vacant(empty) => empty,
        };
        let before = manifest.rejects.iter().find(|record| (record.kept, record.input) == of);
        let (mut part, hash) = match before {
            Some(record) => resume(path, record, self.paths.manifest)?,
            None => (PartFile::create(path, Access::Owner)?, Sha256::new()),
        };
        let to = part.file().try_clone().and_then(|to| open(BufWriter::new(to), before.is_some()));
        let rows = to.map_err(|error| part.error(error))?;
        Ok(empty.insert(KeptFile { rows, part, bytes: before.map_or(0, |record| record.bytes), hash }))
    }

    /// Writes what is buffered.
    pub(super) fn flush(&mut self) -> Result<(), FileError> {
        for file in self.files.values_mut() {
            file.rows.file().flush().map_err(|error| file.part.error(error))?;
        }
        Ok(())
    }

    /// Records in the manifest how far each file is written; returns handles, to be synced before the manifest is stored.
    pub(super) fn record(&mut self, manifest: &mut Manifest) -> Result<Vec<File>, FileError> {
        let mut handles = Vec::with_capacity(self.files.len());
        for (&(kept, input), file) in &mut self.files {
            let error = |error: io::Error| file.part.error(error);
            file.rows.file().flush().map_err(error)?;
            let handle = file.rows.file().get_ref().try_clone().map_err(error)?;
            let mut written = file.part.written_from(file.bytes)?;
            file.bytes += hash_all(&mut written, &mut file.hash).map_err(error)?;
            handles.push(handle);
            let key = self.paths.manifest.map(ManifestFile::key);
            let sha256 = file.hash.clone().finalize().into();
            let digest = key.map_or_else(String::new, |key| key.digest(DigestOf::Rejects, &sha256));
            let record = RejectsNote { input, kept, file: name(file.part.path()), bytes: file.bytes, digest };
            let same = |record: &&mut RejectsNote| (record.kept, record.input) == (kept, input);
            match manifest.rejects.iter_mut().find(same) {
                Some(before) => *before = record,
                None => manifest.rejects.push(record),
            }
        }
        Ok(handles)
    }

    /// All files of kept rows of the batch, to be given their names with its last part.
    pub(super) fn finish(&mut self, manifest: &Manifest) -> Result<Vec<PartFile>, FileError> {
        let mut finish: Vec<PartFile> =
            std::mem::take(&mut self.files).into_values().map(|file| file.part).collect();
        // Those from before the resume, to which this run added nothing.
        for record in &manifest.rejects {
            if let Some(path) = self.paths.kept(record.kept, record.input)
                && files::hidden(path).exists()
                && !finish.iter().any(|part| part.path() == path)
            {
                finish.push(resume(path, record, self.paths.manifest)?.0);
            }
        }
        Ok(finish)
    }

    /// Ends the files of a batch that ends early: gives them their names, or discards them.
    pub(super) fn end(&mut self, keep: bool) -> Result<(), FileError> {
        for mut file in std::mem::take(&mut self.files).into_values() {
            file.rows.file().flush().map_err(|error| file.part.error(error))?;
            if keep { file.part.finish()? } else { file.part.discard()? }
        }
        Ok(())
    }
}

/// Renames a file back to its hidden name, if the batch stopped after the rename and before the manifest was stored.
pub(super) fn recover(path: &Path) -> Result<(), FileError> {
    let hidden = files::hidden(path);
    if hidden.exists() || !path.exists() {
        return Ok(());
    }
    std::fs::rename(path, hidden).map_err(|error| FileError::new(path, "resume", error))
}

/// Resumes a file of kept rows, if it is the one that was written.
pub(super) fn resume(
    path: &Path,
    record: &RejectsNote,
    manifest: Option<&ManifestFile>,
) -> Result<(PartFile, Sha256), FileError> {
    let mut hash = Sha256::new();
    let part = PartFile::resume(path, record.bytes, &mut |written| {
        hash_all(written, &mut hash)?;
        let sha256 = hash.clone().finalize().into();
        Ok(manifest.is_some_and(|file| file.key().digest(DigestOf::Rejects, &sha256) == record.digest))
    })?;
    Ok((part, hash))
}

fn name(path: &Path) -> String {
    path.display().to_string()
}
