//! A batch from its beginning, or from where it was stopped.
//!
//! Labels are deterministic: the same row gives the same label. So a batch that was stopped at any moment goes
//! on by leaving out the rows of the parts that its [manifest](super::manifest) lists, and making the others
//! again. A part counts once it is complete, synced and named, in this order: its rejected rows are synced, it is
//! synced and renamed, and the manifest that lists it replaces the one before. Nothing that the manifest does
//! not list is relied on.

use super::input::Row;
use super::manifest::{Manifest, PartRecord, RejectsNote as RejectsRecord};
use super::output::{FrameEntry, OutputPart, OutputTarget, Sealed};
use super::pipeline::{self, BatchPlan, Done, OpenedInput, PlanError, RowOutcome};
use super::product::ContainerKind;
use super::reject::Reject;
use super::rejects::Rejects;
use crate::files::{self, Access, FileError};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{self, JoinHandle};
use thiserror::Error;

/// Where a batch is written.
#[non_exhaustive]
pub struct Paths<'a> {
    /// The labels; none for a rehearsal, which writes nothing.
    pub target: Option<&'a OutputTarget>,
    /// Labels in a part.
    pub part: u64,
    /// The manifest; none where nothing can be gone on with.
    pub manifest: Option<&'a Path>,
    /// The rejected rows of each input; none if they are not kept.
    pub rejects: &'a [PathBuf],
}

impl<'a> Paths<'a> {
    /// Writes to a target in parts of so many labels; without one, nothing is written but what the other fields name.
    #[must_use]
    pub const fn new(target: Option<&'a OutputTarget>, part: u64) -> Self {
        Self { target, part, manifest: None, rejects: &[] }
    }
}

/// What a batch reports while it runs; exhaustive, so that whoever reports it leaves nothing out.
pub enum Event<'a> {
    /// A row gave no label.
    Rejected {
        /// The file's place in the plan.
        input: usize,
        /// Why.
        reject: &'a Reject,
    },
    /// A label was made, and is written next. To a printer labels go one by one: each was handed over whole when
    /// the next is told.
    Label(&'a FrameEntry),
    /// A part is finished.
    Part(&'a PartRecord),
    /// Some more rows are dealt with.
    Progress {
        /// The counts so far.
        manifest: &'a Manifest,
        /// The file that is read.
        source: &'a OpenedInput,
        /// How far.
        line: u64,
    },
}

/// Why a batch stopped.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RunError {
    /// The rows cannot be read, or no label drawn.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The labels cannot be written.
    #[error(transparent)]
    Output(#[from] FileError),
    /// Fewer rows came out than went in, which is a fault of the program.
    #[error("{rows} rows went in and {out} came out: a fault of this program")]
    Lost {
        /// Rows read.
        rows: u64,
        /// Labels and rejected rows.
        out: u64,
    },
}

/// Runs a plan from where `manifest` stands, and returns where it then stands: finished, or stopped because
/// `stop` was set, which ends it with the part that is in the making.
///
/// # Errors
/// [`RunError`]; what the last stored manifest lists stands.
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
    /// What is done, the part in the making included.
    manifest: Manifest,
    part: Option<OutputPart>,
    rejects: BTreeMap<usize, RejectsFile>,
    closer: Closer,
}

struct RejectsFile {
    rejects: Rejects<BufWriter<File>>,
    part: files::PartFile,
    bytes: u64,
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
            if let Some(path) = paths.rejects.get(record.input) {
                recover(path)?;
            }
        }
        if let Some(path) = paths.manifest
            && manifest.rows == 0
        {
            manifest.store(path)?;
        }
        let closer = Closer::new(paths.manifest);
        Ok(Self { plan, paths, reason, tell, manifest, part, rejects: BTreeMap::new(), closer })
    }

    /// Whether the target is one file that is gone on with.
    fn continues(&self) -> bool {
        self.paths.target.is_some_and(|target| target.kept && !target.rolls())
    }

    fn prints(&self) -> bool {
        self.paths.target.is_some_and(|target| target.printer.is_some())
    }

    fn rolls(&self) -> bool {
        self.paths.target.is_some_and(OutputTarget::rolls)
    }

    /// Writes what became of some rows; false if that is the end.
    fn take(&mut self, done: &Done, stop: &AtomicBool) -> Result<bool, FileError> {
        let mut waiting: Vec<&FrameEntry> = Vec::with_capacity(done.outcomes.len());
        let mut ended = false;
        for outcome in &done.outcomes {
            self.manifest.rows += 1;
            match outcome {
                RowOutcome::Label(entry) => {
                    self.manifest.labels += 1;
                    waiting.push(entry);
                    (self.tell)(Event::Label(entry));
                    if self.prints() {
                        self.add(&done.bytes, &waiting)?;
                        waiting.clear();
                    }
                    let held = self.part.as_ref().map_or(0, |part| part.labels) + waiting.len() as u64;
                    if self.rolls() && held == self.paths.part {
                        self.add(&done.bytes, &waiting)?;
                        waiting.clear();
                        self.roll(false)?;
                        if stop.load(Ordering::Relaxed) {
                            ended = true;
                            break;
                        }
                    }
                }
                RowOutcome::Rejected(rejected) => {
                    self.manifest.rejected += 1;
                    self.reject(&done.source, &rejected.reject, &rejected.row)?;
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
        self.closer.poll(self.tell)?;
        (self.tell)(Event::Progress { manifest: &self.manifest, source: &done.source, line: done.line });
        Ok(!ended)
    }

    fn add(&mut self, bytes: &[u8], entries: &[&FrameEntry]) -> Result<(), FileError> {
        if entries.is_empty() {
            return Ok(());
        }
        let part = match &mut self.part {
            Some(part) => part,
            empty => empty.insert(match self.paths.target {
                Some(target) => {
                    let number = self.manifest.parts.len() as u64 + 1;
                    OutputPart::create(target, self.plan.framing, number)?
                }
                None => OutputPart::nothing(self.plan.framing),
            }),
        };
        part.add(bytes, entries)?;
        // What does not wait for the end of a part is not waited for there.
        if part.is_due()
            && let Some(handle) = part.handle()?
        {
            self.closer.sync(handle);
        }
        Ok(())
    }

    fn reject(&mut self, source: &OpenedInput, reject: &Reject, row: &Row) -> Result<(), FileError> {
        (self.tell)(Event::Rejected { input: source.input, reject });
        let Some(path) = self.paths.rejects.get(source.input) else { return Ok(()) };
        let file = match self.rejects.entry(source.input) {
            std::collections::btree_map::Entry::Occupied(file) => file.into_mut(),
            std::collections::btree_map::Entry::Vacant(empty) => {
                let before = self.manifest.rejects.iter().find(|record| record.input == source.input);
                let mut part = match before {
                    Some(record) => files::PartFile::resume(path, record.bytes)?,
                    None => files::PartFile::create(path, Access::Owner)?,
                };
                let to = part.file().try_clone().map_err(|error| part.error(error))?;
                let to = BufWriter::new(to);
                let rejects = match before {
                    Some(_) => Rejects::resume(to, source.dialect, &source.header),
                    None => {
                        Rejects::new(to, source.dialect, &source.header).map_err(|error| part.error(error))?
                    }
                };
                empty.insert(RejectsFile { rejects, part, bytes: 0 })
            }
        };
        file.rejects.write(row, &(self.reason)(reject)).map_err(|error| file.part.error(error))
    }

    /// Hands over a part that is complete, and with it all that is done.
    fn roll(&mut self, last: bool) -> Result<(), FileError> {
        let sealed = match self.part.take() {
            Some(part) => Some(part.seal()?),
            None => None,
        };
        let number = self.manifest.parts.len() as u64 + 1;
        let only = last && number == 1;
        if let (Some(sealed), Some(target)) = (&sealed, self.paths.target) {
            let path = if only && target.kind == ContainerKind::Folder {
                target.path.clone().unwrap_or_default()
            } else {
                target.part(number)
            };
            self.manifest.parts.push(PartRecord {
                file: name(&path),
                labels: sealed.labels,
                bytes: sealed.bytes,
                sha256: sealed.sha256.clone(),
            });
        }
        self.manifest.going = None;
        self.manifest.finished = last;
        self.close(sealed.map(|sealed| (sealed, only)), None, last)
    }

    /// Notes how far the one file is.
    fn checkpoint(&mut self) -> Result<(), FileError> {
        let Some(part) = &mut self.part else { return self.close(None, None, false) };
        let (bytes, sha256) = part.digest();
        let handle = part.handle()?;
        let file = self.paths.target.map_or_else(String::new, |target| name(&target.part(1)));
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
        for (&input, file) in &mut self.rejects {
            let error = |error: io::Error| file.part.error(error);
            file.rejects.file().flush().map_err(error)?;
            let handle = file.rejects.file().get_ref().try_clone().map_err(error)?;
            file.bytes = handle.metadata().map_err(error)?.len();
            handles.push(handle);
            let record = RejectsRecord { input, file: name(file.part.path()), bytes: file.bytes };
            match self.manifest.rejects.iter_mut().find(|record| record.input == input) {
                Some(before) => *before = record,
                None => self.manifest.rejects.push(record),
            }
        }
        let mut finish = Vec::new();
        if last {
            for (_, file) in std::mem::take(&mut self.rejects) {
                finish.push(file.part);
            }
            // Files of rejects that nothing was added to since the batch goes on.
            for record in &self.manifest.rejects {
                if let Some(path) = self.paths.rejects.get(record.input)
                    && files::hidden(path).exists()
                    && !finish.iter().any(|part: &files::PartFile| part.path() == path)
                {
                    finish.push(files::PartFile::resume(path, record.bytes)?);
                }
            }
        }
        let manifest = Some(self.manifest.clone());
        self.closer.close(Closing { sealed, handles, finish, manifest });
        Ok(())
    }

    fn finish(mut self, stopped: bool) -> Result<Manifest, FileError> {
        if !stopped {
            self.roll(true)?;
        } else if !self.rolls() && !self.continues() {
            // A stream has an end however early.
            self.roll(false)?;
        }
        self.closer.finish(self.tell)?;
        Ok(self.manifest)
    }
}

impl Manifest {
    /// Whole parts in the one file that is gone on with, when it was last synced.
    fn parts_of_file(&self, part: u64) -> u64 {
        self.going.as_ref().map_or(0, |going| going.labels / part)
    }
}

/// Gives a file that was named just before the batch was stopped its hidden name again.
fn recover(path: &Path) -> Result<(), FileError> {
    let hidden = files::hidden(path);
    if hidden.exists() || !path.exists() {
        return Ok(());
    }
    std::fs::rename(path, hidden).map_err(|error| FileError::new(path, "go on with", error))
}

fn name(path: &Path) -> String {
    path.display().to_string()
}

struct Closing {
    sealed: Option<(Sealed, bool)>,
    /// Files to be synced.
    handles: Vec<File>,
    /// Files to be named.
    finish: Vec<files::PartFile>,
    /// What is done then; none, and nothing is said of the files.
    manifest: Option<Manifest>,
}

/// Syncs and names parts on a thread of its own, while the next one is written.
struct Closer {
    to: Option<SyncSender<Box<Closing>>>,
    from: Receiver<Result<Option<PartRecord>, FileError>>,
    /// What was handed over and has not come back.
    open: usize,
    thread: Option<JoinHandle<()>>,
}

impl Closer {
    fn new(manifest: Option<&Path>) -> Self {
        let path = manifest.map(Path::to_owned);
        // One part waits at most: the disk then sets the pace.
        let (to, closings) = sync_channel(1);
        let (done, from) = channel();
        let thread = thread::spawn(move || close_all(path.as_deref(), &closings, &done));
        Self { to: Some(to), from, open: 0, thread: Some(thread) }
    }

    fn close(&mut self, closing: Closing) {
        self.open += 1;
        // The thread ends early only with an error, which `poll` gives.
        let _ended = self.to.as_ref().map(|to| to.send(Box::new(closing)).is_err());
    }

    /// Syncs what a file has so far, unless the disk is at work already.
    fn sync(&mut self, file: File) {
        if self.open == 0 {
            self.close(Closing { sealed: None, handles: vec![file], finish: Vec::new(), manifest: None });
        }
    }

    /// Tells of the parts that are finished.
    fn poll(&mut self, tell: &mut dyn FnMut(Event<'_>)) -> Result<(), FileError> {
        while let Ok(result) = self.from.try_recv() {
            self.open -= 1;
            if let Some(record) = result? {
                tell(Event::Part(&record));
            }
        }
        Ok(())
    }

    fn finish(mut self, tell: &mut dyn FnMut(Event<'_>)) -> Result<(), FileError> {
        self.to = None;
        if let Some(thread) = self.thread.take()
            && let Err(panic) = thread.join()
        {
            std::panic::resume_unwind(panic);
        }
        self.poll(tell)
    }
}

fn close_all(
    path: Option<&Path>,
    closings: &Receiver<Box<Closing>>,
    done: &Sender<Result<Option<PartRecord>, FileError>>,
) {
    for closing in closings {
        let parts = closing.manifest.as_ref().map(|manifest| &manifest.parts);
        let record = parts.filter(|_| closing.sealed.is_some()).and_then(|parts| parts.last().cloned());
        let result = close_one(path, *closing).map(|()| record);
        let failed = result.is_err();
        // Nobody listens any more once the writer has failed.
        let _gone = done.send(result);
        if failed {
            return;
        }
    }
}

fn close_one(path: Option<&Path>, closing: Closing) -> Result<(), FileError> {
    for handle in &closing.handles {
        handle.sync_data().map_err(|error| FileError::new(Path::new("the output"), "sync", error))?;
    }
    if let Some((sealed, only)) = closing.sealed {
        sealed.finish(only)?;
    }
    drop(closing.handles);
    for part in closing.finish {
        part.finish()?;
    }
    match (path, closing.manifest) {
        (Some(path), Some(manifest)) => manifest.store(path),
        _ => Ok(()),
    }
}
