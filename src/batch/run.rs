//! Runs a batch from its first row, or resumes one that was interrupted.
//!
//! In go a plan, the paths to write to, and a [manifest](super::manifest); out come the finished parts, the files of
//! rejected rows, and the manifest as it stands at the end. Nothing here knows keys or draws labels.
//!
//! Labels are deterministic: the same row gives the same label. An interrupted batch therefore resumes by skipping the
//! rows of the parts that its manifest lists, and by making all other labels again.
//!
//! A part is finished in this order, so that a crash at any point loses no row: its rejected rows are synced; the part is
//! synced and renamed; the manifest that lists it replaces the one before. What the manifest does not list is made again.

use super::closer::{Closer, Closing};
use super::codes::CodesForm;
use super::columns::Accounting;
use super::hashing::hash_all;
use super::input::{InputRemark, Row};
use super::manifest::{KeptRows, Manifest, ManifestFile, PartRecord, RejectsNote as RejectsRecord};
use super::manifest_key::DigestOf;
use super::output::{FrameEntry, OutputPart, OutputTarget, Sealed};
use super::pipeline::{self, BatchPlan, Done, OpenedInput, PlanError, RowOutcome};
use super::printer::queue::PrintQueue;
use super::reject::Reject;
use super::rejects::Rejects;
use crate::files::{self, Access, FileError};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use thiserror::Error;
use zeroize::Zeroizing;

/// Where a batch is written.
#[non_exhaustive]
pub struct Paths<'a> {
    /// Where the labels go; `None` for a dry run, which writes no labels.
    pub target: Option<&'a OutputTarget>,
    /// Labels per part.
    pub part: u64,
    /// The manifest; `None` if the target cannot be resumed.
    pub manifest: Option<&'a ManifestFile>,
    /// The file of rejected rows for each input, in the order of the plan; empty if they are not kept in files.
    pub rejects: &'a [PathBuf],
    /// The file of rows that are not sealed yet for each input, as for rejects.
    pub unsealed: &'a [PathBuf],
    /// The queue of the printer, if the target is one.
    pub queue: Option<Arc<PrintQueue>>,
    /// A stream that rejected rows go to as objects, as they come.
    pub rejects_stream: Option<&'a RejectsStream>,
    /// The age recipient who rejected rows are sealed to; they are objects then.
    pub rejects_for: Option<&'a str>,
    /// The file of the labels' delivery codes, and its form, if they are asked for.
    pub codes: Option<(&'a PathBuf, &'a CodesForm)>,
}

/// A stream of rejected rows, and its name for messages.
pub struct RejectsStream {
    to: Mutex<Box<dyn Write + Send>>,
    name: PathBuf,
}

impl RejectsStream {
    /// A stream of a name.
    #[must_use]
    pub fn new(to: Box<dyn Write + Send>, name: PathBuf) -> Self {
        Self { to: Mutex::new(to), name }
    }

    fn write(&self, line: &[u8]) -> Result<(), FileError> {
        let mut to = self.to.lock().unwrap_or_else(PoisonError::into_inner);
        // A worker that reads the stream has each reject at once, and a kill loses none that was counted.
        let written = to.write_all(line).and_then(|()| to.flush());
        written.map_err(|error| FileError::new(&self.name, "write", error))
    }
}

impl<'a> Paths<'a> {
    /// Writes to `target` in parts of `part` labels. Without a target only the files that the other fields name are written.
    #[must_use]
    pub const fn new(target: Option<&'a OutputTarget>, part: u64) -> Self {
        Self {
            target,
            part,
            manifest: None,
            rejects: &[],
            unsealed: &[],
            queue: None,
            rejects_stream: None,
            rejects_for: None,
            codes: None,
        }
    }

    /// The file that keeps rows of an input.
    fn kept(&self, kept: KeptRows, input: usize) -> Option<&'a PathBuf> {
        match kept {
            KeptRows::Rejected => self.rejects.get(input),
            KeptRows::Unsealed => self.unsealed.get(input),
            KeptRows::Codes => self.codes.map(|(path, _)| path),
        }
    }
}

/// What a batch reports while it runs. Exhaustive on purpose: a caller that shows events should not miss a new one.
pub enum Event<'a> {
    /// A file of orders was opened, and people should know this of it.
    Input {
        /// The file's index in the plan.
        input: usize,
        /// What was found.
        remark: &'a InputRemark,
    },
    /// A file is begun.
    Columns {
        /// Its index in the plan.
        input: usize,
        /// What becomes of its columns.
        accounting: &'a Accounting,
    },
    /// A row gave no label.
    Rejected {
        /// The file's index in the plan.
        input: usize,
        /// The reason.
        reject: &'a Reject,
    },
    /// A row is not sealed, since its station is sealed for from a later day on.
    Unsealed {
        /// The file's index in the plan.
        input: usize,
        /// The line of the row.
        line: u64,
    },
    /// A label was made, and is written next. Labels to a printer are sent one by one: when this event comes, all labels
    /// before it have been sent.
    Label(&'a FrameEntry),
    /// A part is finished.
    Part(&'a PartRecord),
    /// Some more rows are processed.
    Progress {
        /// The counts so far.
        manifest: &'a Manifest,
        /// The file being read.
        source: &'a OpenedInput,
        /// The line reached in it.
        line: u64,
    },
}

/// Why a batch stopped.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RunError {
    /// The rows cannot be read, or the labels cannot be drawn at all.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The labels cannot be written.
    #[error(transparent)]
    Output(#[from] FileError),
    /// The counts of rows in and out differ: a bug, checked so that no parcel is lost in silence.
    #[error("{rows} rows were read, but {out} accounted for; this is a bug in wayseal: please report it")]
    Lost {
        /// Rows read.
        rows: u64,
        /// Labels, rejected orders, and rows joined to them.
        out: u64,
    },
}

/// Runs a plan from the state in `manifest`, and returns the new state: finished, or stopped since `stop` was set. A
/// stopped batch first finishes the part in progress.
///
/// `reason` gives the text of a reject for its file, in the user's language; `tell` receives the events.
///
/// # Errors
/// [`RunError`]; everything that the last stored manifest lists remains valid.
pub fn run(
    plan: &BatchPlan<'_>,
    paths: &Paths<'_>,
    manifest: Manifest,
    reason: &dyn Fn(&Reject) -> String,
    tell: &mut dyn FnMut(Event<'_>),
    stop: &AtomicBool,
) -> Result<Manifest, RunError> {
    let mut writer = BatchWriter::new(plan, paths, manifest, reason, tell).map_err(RunError::Output)?;
    let mut failed = None;
    let mut stopped = false;
    let rows = pipeline::run(plan, &mut |done| match writer.take(done, stop) {
        Ok(goes_on) => {
            stopped = !goes_on;
            goes_on
        }
        Err(error) => {
            failed = Some(error);
            false
        }
    });
    if failed.is_some() || rows.is_err() {
        writer.keep_rejects().map_err(RunError::Output)?;
    }
    if let Some(error) = failed {
        return Err(RunError::Output(error));
    }
    let rows = rows.map_err(RunError::Plan)?;
    let out = writer.manifest.rows;
    if !stopped && rows != out {
        return Err(RunError::Lost { rows, out });
    }
    writer.finish(stopped).map_err(RunError::Output)
}

struct BatchWriter<'a> {
    plan: &'a BatchPlan<'a>,
    paths: &'a Paths<'a>,
    reason: &'a dyn Fn(&Reject) -> String,
    tell: &'a mut dyn FnMut(Event<'_>),
    /// The rows processed, those of the part in progress included.
    manifest: Manifest,
    part: Option<OutputPart>,
    kept: BTreeMap<(KeptRows, usize), KeptFile>,
    /// Whether the last label was one of a row that has more of them.
    within_row: bool,
    closer: Closer,
    /// The file of orders that was opened last.
    opened: Option<usize>,
}

struct KeptFile {
    rows: Rejects<BufWriter<File>>,
    part: files::PartFile,
    bytes: u64,
    /// The hash of the first `bytes` bytes.
    hash: Sha256,
}

impl<'a> BatchWriter<'a> {
    fn new(
        plan: &'a BatchPlan<'a>,
        paths: &'a Paths<'a>,
        mut manifest: Manifest,
        reason: &'a dyn Fn(&Reject) -> String,
        tell: &'a mut dyn FnMut(Event<'_>),
    ) -> Result<Self, FileError> {
        let part = match (manifest.going.take(), paths.target) {
            (Some(going), Some(target)) => {
                recover(&target.part(1))?;
                let mut part = OutputPart::resume(target, plan.framing, going.bytes, &going.sha256)?;
                part.labels = going.labels;
                Some(part)
            }
            _ => None,
        };
        for record in &manifest.rejects {
            if let Some(path) = paths.kept(record.kept, record.input) {
                recover(path)?;
                // Before the first label, not when the first reject is written.
                resume_rejects(path, record, paths.manifest)?;
            }
        }
        if let Some(path) = paths.manifest
            && manifest.rows == 0
        {
            path.store(&manifest)?;
        }
        let closer = Closer::new(paths.manifest);
        Ok(Self {
            plan,
            paths,
            reason,
            tell,
            manifest,
            part,
            kept: BTreeMap::new(),
            within_row: false,
            closer,
            opened: None,
        })
    }

    /// Whether the target is a single file that can be resumed.
    fn continues(&self) -> bool {
        self.paths.target.is_some_and(|target| target.kept && !target.rolls())
    }

    fn prints(&self) -> bool {
        self.paths.queue.is_some()
    }

    fn rolls(&self) -> bool {
        self.paths.target.is_some_and(OutputTarget::rolls)
    }

    /// Writes the outcomes of a chunk of rows; returns false if the batch should end.
    fn take(&mut self, done: &Done, stop: &AtomicBool) -> Result<bool, FileError> {
        self.open(&done.source);
        if self.manifest.note_columns(done.source.input, &done.source.columns) {
            (self.tell)(Event::Columns { input: done.source.input, accounting: &done.source.columns });
        }
        let mut waiting: Vec<&FrameEntry> = Vec::with_capacity(done.outcomes.len());
        let mut ended = false;
        // Rows joined to the order whose labels come next: they count with its last label, since a part may end before.
        let mut joined = 0;
        for outcome in &done.outcomes {
            match outcome {
                RowOutcome::Label(entry) | RowOutcome::Piece(entry, _) => {
                    let more = if let RowOutcome::Piece(_, more) = outcome { *more as u64 } else { 0 };
                    let held = self.part.as_ref().map_or(0, |part| part.labels) + waiting.len() as u64;
                    // The labels of a row are not divided among parts, so that a part ends with a whole row.
                    let divided =
                        more > 0 && !self.within_row && held > 0 && held + 1 + more > self.paths.part;
                    if self.rolls() && divided {
                        self.add(&done.bytes, &waiting)?;
                        waiting.clear();
                        self.roll(false)?;
                        if stop.load(Ordering::Relaxed) {
                            ended = true;
                            break;
                        }
                    }
                    self.within_row = more > 0;
                    if more == 0 {
                        self.count(&mut joined);
                    }
                    self.manifest.more_labels += u64::from(more > 0);
                    self.manifest.labels += 1;
                    self.manifest.notices.count(entry.notices);
                    waiting.push(entry);
                    self.keep_code(entry)?;
                    (self.tell)(Event::Label(entry));
                    if self.prints() {
                        self.add(&done.bytes, &waiting)?;
                        waiting.clear();
                    }
                    let held = self.part.as_ref().map_or(0, |part| part.labels) + waiting.len() as u64;
                    if self.rolls() && more == 0 && held >= self.paths.part {
                        self.add(&done.bytes, &waiting)?;
                        waiting.clear();
                        self.roll(false)?;
                        if stop.load(Ordering::Relaxed) {
                            ended = true;
                            break;
                        }
                    }
                }
                RowOutcome::Joined => joined += 1,
                RowOutcome::Rejected(rejected) => {
                    self.count(&mut joined);
                    self.manifest.rejected += 1;
                    (self.tell)(Event::Rejected { input: done.source.input, reject: &rejected.reject });
                    let reason = (self.reason)(&rejected.reject);
                    self.keep(KeptRows::Rejected, &done.source, &rejected.row, &reason)?;
                    // The other rows of the order follow its first, so that they are joined again when they are fed in again.
                    for row in &rejected.others {
                        self.keep(KeptRows::Rejected, &done.source, row, &reason)?;
                    }
                }
                RowOutcome::Unsealed(row) => {
                    self.count(&mut joined);
                    self.manifest.unsealed += 1;
                    (self.tell)(Event::Unsealed { input: done.source.input, line: row.line });
                    self.keep(KeptRows::Unsealed, &done.source, row, "")?;
                }
            }
        }
        self.add(&done.bytes, &waiting)?;
        let held = self.part.as_ref().map_or(0, |part| part.labels);
        if !self.rolls() && stop.load(Ordering::Relaxed) {
            ended = true;
        }
        if self.continues()
            && (ended || held / self.paths.part > self.manifest.parts_of_file(self.paths.part))
        {
            self.checkpoint()?;
        }
        if self.paths.manifest.is_none() {
            // A batch that cannot be resumed is not made again after a kill: its rejects are in the file by then.
            for file in self.kept.values_mut() {
                file.rows.file().flush().map_err(|error| file.part.error(error))?;
            }
        }
        self.closer.poll(&mut |part| (self.tell)(Event::Part(part)))?;
        (self.tell)(Event::Progress { manifest: &self.manifest, source: &done.source, line: done.line });
        Ok(!ended)
    }

    /// Reports what was found in a file of orders, once.
    fn open(&mut self, source: &OpenedInput) {
        if self.opened != Some(source.input) {
            self.opened = Some(source.input);
            for remark in &source.remarks {
                (self.tell)(Event::Input { input: source.input, remark });
            }
        }
    }

    /// Counts a row, and those joined to it.
    const fn count(&mut self, joined: &mut u64) {
        self.manifest.rows += 1 + *joined;
        self.manifest.joined += *joined;
        *joined = 0;
    }

    fn add(&mut self, bytes: &[u8], entries: &[&FrameEntry]) -> Result<(), FileError> {
        if entries.is_empty() {
            return Ok(());
        }
        let part = match &mut self.part {
            Some(part) => part,
            empty => empty.insert(match (self.paths.target, &self.paths.queue) {
                (Some(target), Some(queue)) => OutputPart::printed(queue.clone(), target, self.plan.framing),
                (Some(target), None) => {
                    let number = self.manifest.parts.len() as u64 + 1;
                    OutputPart::create(target, self.plan.framing, number)?
                }
                (None, _) => OutputPart::nothing(self.plan.framing),
            }),
        };
        part.add(bytes, entries)?;
        // An early sync in the background shortens the wait at the end of the part.
        if part.is_due()
            && let Some(handle) = part.handle()?
        {
            self.closer.sync(handle);
        }
        Ok(())
    }

    /// Writes a row to where it is kept: a file of its kind, or the stream of rejects.
    fn keep(
        &mut self,
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
                .map_err(|error| FileError::new(&stream.name, "write", error))?;
            stream.write(&line)?;
        }
        let Some(path) = self.paths.kept(kept, source.input) else { return Ok(()) };
        let file = match self.kept.entry((kept, source.input)) {
            std::collections::btree_map::Entry::Occupied(file) => file.into_mut(),
            std::collections::btree_map::Entry::Vacant(empty) => {
                let same = |record: &&RejectsRecord| (record.kept, record.input) == (kept, source.input);
                let before = self.manifest.rejects.iter().find(same);
                let (mut part, hash) = match before {
                    Some(record) => resume_rejects(path, record, self.paths.manifest)?,
                    None => (files::PartFile::create(path, Access::Owner)?, Sha256::new()),
                };
                let to = part.file().try_clone().map_err(|error| part.error(error))?;
                let to = BufWriter::new(to);
                let rows = if recipient.is_some() {
                    Rejects::objects(to, &source.header, None).sealed_to(recipient)
                } else {
                    let mut rows = Rejects::resume(to, source.dialect, &source.header);
                    if kept == KeptRows::Unsealed {
                        rows = rows.as_they_came();
                    }
                    if before.is_none() {
                        rows.begin().map_err(|error| part.error(error))?;
                    }
                    rows
                };
                let bytes = before.map_or(0, |record| record.bytes);
                empty.insert(KeptFile { rows, part, bytes, hash })
            }
        };
        file.rows.write(row, reason).map_err(|error| file.part.error(error))
    }

    /// Writes the delivery code of a label, with the part that the label goes into.
    fn keep_code(&mut self, entry: &FrameEntry) -> Result<(), FileError> {
        let Some((path, form)) = self.paths.codes else { return Ok(()) };
        let (kept, input) = (KeptRows::Codes, 0);
        if !self.kept.contains_key(&(kept, input)) {
            let same = |record: &&RejectsRecord| record.kept == kept;
            let before = self.manifest.rejects.iter().find(same);
            let (mut part, hash) = match before {
                Some(record) => resume_rejects(path, record, self.paths.manifest)?,
                None => (files::PartFile::create(path, Access::Owner)?, Sha256::new()),
            };
            let mut to = BufWriter::new(part.file().try_clone().map_err(|error| part.error(error))?);
            if before.is_none() {
                to.write_all(form.header().as_bytes()).map_err(|error| part.error(error))?;
            }
            let bytes = before.map_or(0, |record| record.bytes);
            self.kept
                .insert((kept, input), KeptFile { rows: Rejects::objects(to, &[], None), part, bytes, hash });
        }
        let Some(file) = self.kept.get_mut(&(kept, input)) else { return Ok(()) };
        let written = form.line(entry).and_then(|line| file.rows.file().write_all(line.as_bytes()));
        written.map_err(|error| file.part.error(error))
    }

    /// Finishes the current part, and queues it with the state so far.
    fn roll(&mut self, last: bool) -> Result<(), FileError> {
        let sealed = match self.part.take() {
            Some(part) => Some(part.seal()?),
            None => None,
        };
        let number = self.manifest.parts.len() as u64 + 1;
        let only = last && number == 1;
        if let (Some(sealed), Some(target)) = (&sealed, self.paths.target) {
            self.manifest.parts.push(PartRecord {
                file: target.part_name(number, only),
                labels: sealed.labels,
                bytes: sealed.bytes,
                sha256: sealed.sha256.clone(),
            });
        }
        self.manifest.going = None;
        self.manifest.finished = last;
        self.close(sealed.map(|sealed| (sealed, only)), None, last)
    }

    /// Records how much of the single file is written, so that it can be resumed from there.
    fn checkpoint(&mut self) -> Result<(), FileError> {
        let Some(part) = &mut self.part else { return self.close(None, None, false) };
        let (bytes, sha256) = part.digest();
        let handle = part.handle()?;
        let file = self.paths.target.map_or_else(String::new, |target| target.part_name(1, false));
        self.manifest.going = Some(PartRecord { file, labels: part.labels, bytes, sha256 });
        self.close(None, handle, false)
    }

    fn close(
        &mut self,
        sealed: Option<(Sealed, bool)>,
        handle: Option<File>,
        last: bool,
    ) -> Result<(), FileError> {
        let mut handles: Vec<File> = handle.into_iter().collect();
        for (&(kept, input), file) in &mut self.kept {
            let error = |error: io::Error| file.part.error(error);
            file.rows.file().flush().map_err(error)?;
            let handle = file.rows.file().get_ref().try_clone().map_err(error)?;
            let mut written = file.part.written_from(file.bytes)?;
            file.bytes += hash_all(&mut written, &mut file.hash).map_err(error)?;
            handles.push(handle);
            let key = self.paths.manifest.map(ManifestFile::key);
            let sha256 = file.hash.clone().finalize().into();
            let digest = key.map_or_else(String::new, |key| key.digest(DigestOf::Rejects, &sha256));
            let record =
                RejectsRecord { input, kept, file: name(file.part.path()), bytes: file.bytes, digest };
            let same = |record: &&mut RejectsRecord| (record.kept, record.input) == (kept, input);
            match self.manifest.rejects.iter_mut().find(same) {
                Some(before) => *before = record,
                None => self.manifest.rejects.push(record),
            }
        }
        let mut finish = Vec::new();
        if last {
            for (_, file) in std::mem::take(&mut self.kept) {
                finish.push(file.part);
            }
            // Files of kept rows from before the resume, to which this run added nothing.
            for record in &self.manifest.rejects {
                if let Some(path) = self.paths.kept(record.kept, record.input)
                    && files::hidden(path).exists()
                    && !finish.iter().any(|part: &files::PartFile| part.path() == path)
                {
                    finish.push(resume_rejects(path, record, self.paths.manifest)?.0);
                }
            }
        }
        let manifest = Some(self.manifest.clone());
        self.closer.close(Closing { sealed, handles, finish, manifest });
        Ok(())
    }

    /// Gives the rejects of a batch that failed their names, if it cannot be resumed. If no label went out, they are
    /// discarded: the same command gives them again.
    fn keep_rejects(&mut self) -> Result<(), FileError> {
        if self.paths.manifest.is_some() {
            return Ok(());
        }
        let went_out = match &self.paths.queue {
            Some(queue) => queue.report().has_sent(),
            None => self.part.is_some() || !self.manifest.parts.is_empty(),
        };
        for (_, mut file) in std::mem::take(&mut self.kept) {
            file.rows.file().flush().map_err(|error| file.part.error(error))?;
            if went_out { file.part.finish()? } else { file.part.discard()? }
        }
        Ok(())
    }

    fn finish(mut self, stopped: bool) -> Result<Manifest, FileError> {
        if !stopped {
            self.roll(true)?;
        } else if !self.rolls() && !self.continues() {
            // A stream needs its trailer even if it ends early.
            self.roll(false)?;
            self.keep_rejects()?;
        }
        self.closer.finish(&mut |part| (self.tell)(Event::Part(part)))?;
        Ok(self.manifest)
    }
}

impl Manifest {
    /// Parts' worth of labels in the resumable single file when it was last synced.
    fn parts_of_file(&self, part: u64) -> u64 {
        self.going.as_ref().map_or(0, |going| going.labels / part)
    }
}

/// Renames a file back to its hidden name, if the batch stopped after the rename and before the manifest was stored.
fn recover(path: &Path) -> Result<(), FileError> {
    let hidden = files::hidden(path);
    if hidden.exists() || !path.exists() {
        return Ok(());
    }
    std::fs::rename(path, hidden).map_err(|error| FileError::new(path, "resume", error))
}

/// Resumes a file of rejects, if it is the one that was written.
fn resume_rejects(
    path: &Path,
    record: &RejectsRecord,
    manifest: Option<&ManifestFile>,
) -> Result<(files::PartFile, Sha256), FileError> {
    let mut hash = Sha256::new();
    let part = files::PartFile::resume(path, record.bytes, &mut |written| {
        hash_all(written, &mut hash)?;
        let sha256 = hash.clone().finalize().into();
        Ok(manifest.is_some_and(|file| file.key().digest(DigestOf::Rejects, &sha256) == record.digest))
    })?;
    Ok((part, hash))
}

fn name(path: &Path) -> String {
    path.display().to_string()
}
