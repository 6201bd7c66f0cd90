//! Rows to labels on every core, in the order of the rows and in constant memory.
//!
//! ```text
//! reader ──chunks of rows──▶ worker 0 ──┐
//!        └─────────────────▶ worker 1 ──┴─chunks of labels──▶ the caller's thread, which writes
//! ```
//!
//! The room that labels took goes back to the worker, so that no memory is asked for and wiped for each chunk.
//! Chunk `i` goes to worker `i mod n` and is taken from there, so that order needs no sorting; every queue is
//! bounded, so that whoever is slowest sets the pace. The reader alone sees every row in order, and so is the
//! one who knows duplicates.

use super::check::Check;
use super::columns::{Column, Mapping, MappingError};
use super::excel::repair;
use super::input::{Dialect, InputError, Row, RowSource, Survey};
use super::make::Maker;
use super::order::Order;
use super::output::{FrameEntry, Framing};
use super::press::SealingKeys;
use super::product::{ContainerKind, ProductKind};
use super::reject::{Reason, Reject, Rejected};
use super::seen::Seen;
use super::stations::Stations;
use crate::label::{Page, Template, TemplateError};
use crate::payload::Waybill;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use thiserror::Error;

/// Chunks that wait before and behind each worker.
const WAITING: usize = 2;
/// Text after which a chunk is full however few its rows.
const CHUNK_BYTES: usize = 128 * 1024;

/// What is to be made, of what: a [new](Self::new) plan takes all rows on one thread, and its fields say otherwise.
#[non_exhaustive]
pub struct BatchPlan<'a> {
    /// The files of orders.
    pub inputs: &'a [OrderFile],
    /// Columns that were chosen: of an order, and as the files name them.
    pub columns: &'a [(Column, String)],
    /// The carrier's stations.
    pub stations: &'a Stations,
    /// The sealer's keys of the day.
    pub desk: &'a SealingKeys,
    /// What is made.
    pub make: ProductKind,
    /// What stands around each label.
    pub framing: Framing,
    /// The label's template.
    pub template: &'a Template,
    /// The label's page.
    pub page: Page,
    /// Threads that draw.
    pub jobs: usize,
    /// Rows at the beginning that are done already.
    pub skip: u64,
    /// Rows that are taken at most.
    pub limit: Option<u64>,
    /// The one waybill number that is wanted.
    pub only: Option<Waybill>,
    /// The waybill number before which no row is wanted.
    pub from: Option<Waybill>,
    /// Each how many rows the label is read back, and with what.
    pub verify: Option<(u64, Check<'a>)>,
}

/// A file of orders.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OrderFile {
    /// Its name; `-` is the standard input.
    pub path: PathBuf,
    /// What is known of it; nothing of the standard input.
    pub survey: Option<Survey>,
}

impl<'a> BatchPlan<'a> {
    /// Labels or payloads of all rows of some files, drawn on one thread.
    #[must_use]
    pub fn new(
        inputs: &'a [OrderFile],
        stations: &'a Stations,
        desk: &'a SealingKeys,
        template: &'a Template,
        page: Page,
        make: ProductKind,
        kind: ContainerKind,
    ) -> Self {
        Self {
            inputs,
            columns: &[],
            stations,
            desk,
            make,
            framing: Framing::new(kind, make, desk.day()),
            template,
            page,
            jobs: 1,
            skip: 0,
            limit: None,
            only: None,
            from: None,
            verify: None,
        }
    }
}

impl OrderFile {
    /// A file that is read through when it is opened, or the standard input for `-`.
    #[must_use]
    pub const fn new(path: PathBuf) -> Self {
        Self { path, survey: None }
    }

    /// A file that is read through now, or the standard input for `-`, which cannot be.
    ///
    /// # Errors
    /// [`InputError`].
    pub fn survey(path: PathBuf) -> Result<Self, InputError> {
        let survey = if path == Path::new("-") { None } else { Some(Survey::read(&path)?) };
        Ok(Self { path, survey })
    }

    /// Opens it.
    ///
    /// # Errors
    /// [`InputError`].
    pub fn open(&self) -> Result<RowSource, InputError> {
        match &self.survey {
            Some(survey) => RowSource::surveyed(&self.path, survey),
            None => RowSource::open(&self.path),
        }
    }
}

/// A file of orders that was opened.
#[derive(Debug)]
#[non_exhaustive]
pub struct OpenedInput {
    /// Its place in the plan.
    pub input: usize,
    /// How it is written.
    pub dialect: Dialect,
    /// Its columns.
    pub header: Vec<String>,
    /// The number of its last line, if known.
    pub lines: Option<u64>,
}

/// What became of some rows that follow each other.
#[non_exhaustive]
pub struct Done {
    /// Their file.
    pub source: Arc<OpenedInput>,
    /// The line of the last.
    pub line: u64,
    /// Their labels, framed, without a gap.
    pub bytes: Vec<u8>,
    /// What became of each row.
    pub outcomes: Vec<RowOutcome>,
}

/// What became of a row.
pub enum RowOutcome {
    /// A label, whose place is in [`Done::bytes`].
    Label(FrameEntry),
    /// None.
    Rejected(Rejected),
}

struct Chunk {
    source: Arc<OpenedInput>,
    mapping: Mapping,
    rows: Vec<Taken>,
}

struct Taken {
    row: Row,
    duplicate: bool,
    verify: bool,
}

/// Why rows cannot be read, or labels not drawn at all.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PlanError {
    /// A file cannot be read.
    #[error("{path}: {1}", path = .0.display())]
    Input(PathBuf, #[source] InputError),
    /// A file's columns are not known.
    #[error("{path}: {1}", path = .0.display())]
    Columns(PathBuf, #[source] MappingError),
    /// The template does not suit the page.
    #[error(transparent)]
    Template(#[from] TemplateError),
}

/// Runs a plan. `take` is given what became of the rows, in their order; it ends the run with `false`. Returns
/// how many rows were read, those at the beginning that are done already counted.
///
/// # Errors
/// [`PlanError`]; what `take` was given before stands.
///
/// # Panics
/// Only if a worker does.
pub fn run(plan: &BatchPlan<'_>, take: &mut dyn FnMut(&Done) -> bool) -> Result<u64, PlanError> {
    let makers: Vec<Maker<'_>> = (0..plan.jobs.max(1))
        .map(|_| Maker::new(plan.make, plan.framing.kind, plan.desk, plan.template, plan.page))
        .collect::<Result<_, _>>()
        .map_err(PlanError::Template)?;
    thread::scope(|scope| {
        let (mut to_workers, mut from_workers) = (Vec::new(), Vec::new());
        for maker in makers {
            let (to_worker, chunks) = sync_channel(WAITING);
            let (done, from_worker) = sync_channel(WAITING);
            // One more is in the making, and one in hand.
            let (back, rooms) = sync_channel(WAITING + 2);
            scope.spawn(move || work(plan, maker, &chunks, &done, &rooms));
            to_workers.push(to_worker);
            from_workers.push((from_worker, back));
        }
        let reader = scope.spawn(move || RowReader::new(plan, to_workers).read());
        for (from_worker, back) in from_workers.iter().cycle() {
            let Ok(done) = from_worker.recv() else { break };
            if !take(&done) {
                break;
            }
            // A worker that has ended needs none.
            let _gone = back.try_send(done.bytes);
        }
        // Workers that wait to hand something over end, and so does the reader behind them.
        drop(from_workers);
        reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

struct RowReader<'a> {
    plan: &'a BatchPlan<'a>,
    to: Vec<SyncSender<Chunk>>,
    sent: usize,
    seen: Seen,
    /// Whether the first row that is wanted was there.
    begun: bool,
    rows: u64,
}

impl<'a> RowReader<'a> {
    fn new(plan: &'a BatchPlan<'a>, to: Vec<SyncSender<Chunk>>) -> Self {
        Self { plan, to, sent: 0, seen: Seen::default(), begun: plan.from.is_none(), rows: 0 }
    }

    fn read(mut self) -> Result<u64, PlanError> {
        for input in 0..self.plan.inputs.len() {
            if !self.read_file(input)? {
                break;
            }
        }
        Ok(self.rows)
    }

    /// Reads a file; false if no more is wanted.
    fn read_file(&mut self, input: usize) -> Result<bool, PlanError> {
        let file = &self.plan.inputs[input];
        let path = &file.path;
        let error = |error| PlanError::Input(path.clone(), error);
        let mut source = file.open().map_err(error)?;
        let mapping = Mapping::new(source.header(), self.plan.columns)
            .map_err(|error| PlanError::Columns(path.clone(), error))?;
        let opened = Arc::new(OpenedInput {
            input,
            dialect: source.dialect(),
            header: source.header().to_vec(),
            lines: source.lines(),
        });
        let most = self.plan.make.chunk();
        let fresh = || Vec::with_capacity(most);
        let (mut rows, mut bytes) = (fresh(), 0);
        loop {
            let row = if self.plan.limit == Some(self.rows) { None } else { source.next_row() };
            let last = row.is_none();
            let failed = match row {
                Some(Ok(row)) => {
                    let length = row.len();
                    if let Some(taken) = self.take(&mapping, row) {
                        bytes += length;
                        rows.push(taken);
                    }
                    None
                }
                Some(Err(error)) => Some(error),
                None => None,
            };
            // Where chunks end follows from the rows alone, also when a batch is gone on with: labels of one chunk may
            // share what their printer stores.
            let full = self.rows.is_multiple_of(most as u64) || bytes > CHUNK_BYTES;
            if (full || last || failed.is_some()) && !rows.is_empty() {
                let chunk =
                    Chunk { source: opened.clone(), mapping, rows: std::mem::replace(&mut rows, fresh()) };
                bytes = 0;
                let to = self.sent % self.to.len();
                self.sent += 1;
                if self.to[to].send(chunk).is_err() {
                    return Ok(false);
                }
            }
            if let Some(failed) = failed {
                return Err(error(failed));
            }
            if last {
                return Ok(self.plan.limit != Some(self.rows));
            }
        }
    }

    /// The row, unless it is done or not wanted.
    fn take(&mut self, mapping: &Mapping, row: Row) -> Option<Taken> {
        let waybill = waybill(mapping, &row);
        if self.plan.only.is_some() && self.plan.only != waybill {
            return None;
        }
        // Also of the rows that are not wanted, so that what was a duplicate stays one.
        let duplicate = waybill.is_some_and(|waybill| !self.seen.is_new(&waybill));
        if !self.begun && waybill != self.plan.from {
            return None;
        }
        self.begun = true;
        self.rows += 1;
        let verify = self.plan.verify.is_some_and(|(each, _)| self.rows.is_multiple_of(each));
        (self.rows > self.plan.skip).then_some(Taken { row, duplicate, verify })
    }
}

/// The waybill number of a row, if it has one.
fn waybill(mapping: &Mapping, row: &Row) -> Option<Waybill> {
    let cell = row.cell(mapping.place(Column::Waybill)?);
    if row.fault.is_some() {
        return None;
    }
    let repaired = repair(Column::Waybill, cell).ok()?;
    Waybill::parse(repaired.as_ref().map_or(cell, |text| text.as_str())).ok()
}

fn work(
    plan: &BatchPlan<'_>,
    mut maker: Maker<'_>,
    chunks: &Receiver<Chunk>,
    to: &SyncSender<Done>,
    rooms: &Receiver<Vec<u8>>,
) {
    for chunk in chunks {
        let mut bytes = rooms.try_recv().unwrap_or_default();
        bytes.clear();
        let mut done =
            Done { source: chunk.source, line: 0, bytes, outcomes: Vec::with_capacity(chunk.rows.len()) };
        maker.begin();
        for taken in chunk.rows {
            done.line = taken.row.line;
            let outcome = label(plan, &mut maker, &chunk.mapping, taken, &mut done.bytes);
            done.outcomes.push(outcome.map_or_else(RowOutcome::Rejected, RowOutcome::Label));
        }
        if to.send(done).is_err() {
            return;
        }
    }
}

/// Appends the label of a row, or leaves `bytes` as it was.
fn label(
    plan: &BatchPlan<'_>,
    maker: &mut Maker<'_>,
    mapping: &Mapping,
    taken: Taken,
    bytes: &mut Vec<u8>,
) -> Result<FrameEntry, Rejected> {
    let order = Order::new(mapping, plan.stations, taken.row)?;
    if taken.duplicate {
        let reject = Reject::new(order.line, Column::Waybill, Reason::Duplicate);
        return Err(Rejected::new(reject, order.into_row()));
    }
    let start = bytes.len();
    let begun = plan.framing.begin(bytes, &order.waybill);
    let check = plan.verify.as_ref().filter(|_| taken.verify).map(|(_, check)| check);
    match maker.make(&order, check, bytes) {
        Ok(made) => Ok(plan.framing.end(bytes, &begun, made)),
        Err(reject) => {
            bytes.truncate(start);
            Err(Rejected::new(reject, order.into_row()))
        }
    }
}
