//! Writes the outcomes of rows, in their order: labels into parts, other rows to where they are kept, and the manifest.

use super::error::RunError;
use super::event::Event;
use super::kept::{KeptFiles, recover, resume};
use super::paths::Paths;
use crate::batch::closer::{Closer, Closing};
use crate::batch::manifest::{KeptRows, Manifest, PartRecord};
use crate::batch::output::{FrameEntry, OutputPart, OutputTarget, Sealed};
use crate::batch::pipeline::{self, BatchPlan, Done, OpenedInput, RowOutcome};
use crate::batch::reject::Reject;
use crate::files::FileError;
use std::fs::File;
use std::sync::atomic::{AtomicBool, Ordering};

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
    kept: KeptFiles<'a>,
    /// Whether the last label was one of a row that has more of them.
    within_row: bool,
    closer: Closer,
    /// The file of orders that was opened last.
    opened: Option<usize>,
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
                resume(path, record, paths.manifest)?;
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
            kept: KeptFiles::new(plan, paths),
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
                        self.end_part(&done.bytes, &mut waiting)?;
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
                    self.kept.keep_code(&self.manifest, entry)?;
                    (self.tell)(Event::Label(entry));
                    if self.prints() {
                        self.add_all(&done.bytes, &mut waiting)?;
                    }
                    let held = self.part.as_ref().map_or(0, |part| part.labels) + waiting.len() as u64;
                    if self.rolls() && more == 0 && held >= self.paths.part {
                        self.end_part(&done.bytes, &mut waiting)?;
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
                    self.kept.keep(
                        &self.manifest,
                        KeptRows::Rejected,
                        &done.source,
                        &rejected.row,
                        &reason,
                    )?;
                    // The other rows of the order follow its first, so that they are joined again when they are fed in again.
                    for row in &rejected.others {
                        self.kept.keep(&self.manifest, KeptRows::Rejected, &done.source, row, &reason)?;
                    }
                }
                RowOutcome::Unsealed(row) => {
                    self.count(&mut joined);
                    self.manifest.unsealed += 1;
                    (self.tell)(Event::Unsealed { input: done.source.input, line: row.line });
                    self.kept.keep(&self.manifest, KeptRows::Unsealed, &done.source, row, "")?;
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
            self.kept.flush()?;
        }
        self.closer.poll(&mut |part| (self.tell)(Event::Part(part)))?;
        (self.tell)(Event::Progress { manifest: &self.manifest, source: &done.source, line: done.line });
        Ok(!ended)
    }

    /// Adds the waiting labels to the part.
    fn add_all(&mut self, bytes: &[u8], waiting: &mut Vec<&FrameEntry>) -> Result<(), FileError> {
        self.add(bytes, waiting)?;
        waiting.clear();
        Ok(())
    }

    /// The same, and ends the part.
    fn end_part(&mut self, bytes: &[u8], waiting: &mut Vec<&FrameEntry>) -> Result<(), FileError> {
        self.add_all(bytes, waiting)?;
        self.roll(false)
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
        handles.extend(self.kept.record(&mut self.manifest)?);
        let finish = if last { self.kept.finish(&self.manifest)? } else { Vec::new() };
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
        self.kept.end(went_out)
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
