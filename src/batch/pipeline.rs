//! Turns rows into labels on every core, in the order of the rows and in constant memory.
//!
//! In goes a [plan](BatchPlan); out come chunks of labels and rejects, given to the caller in order. Nothing is written
//! here, and nothing is dropped: each row has one outcome.
//!
//! ```text
//! reader ──chunks of rows──▶ worker 0 ──┐
//!        └─────────────────▶ worker 1 ──┴─chunks of labels──▶ the caller's thread, which writes
//! ```
//!
//! Chunk `i` goes to worker `i mod n` and its result is taken from that worker, so the order needs no sorting. Every queue
//! is bounded, so the slowest stage sets the pace and memory stays constant. Buffers of labels return to their worker: the
//! allocator wipes what is freed, and new buffers for each chunk would cost more. Duplicates are found by the reader, the
//! only thread that sees every row in order.

use super::check::Check;
use super::columns::{
    Accounting, Column, ColumnChoices, ExamineError, Inspection, LabelParts, Mapping, MappingError, examine,
};
use super::gather::{Continuation, Gather, Gathered};
use super::input::{Dialect, InputError, InputOptions, InputRemark, Row, RowSource, Survey};
use super::make::Maker;
use super::notice::Notice;
use super::order::{Order, is_early, parcels_of, placed};
use super::output::{FrameEntry, Framing};
use super::parcels::Parcels;
use super::press::SealingKeys;
use super::product::{ContainerKind, ProductKind};
use super::recipient::ReadingRules;
use super::reject::{Reason, Reject, Rejected};
use super::seen::Seen;
use super::shortage::shortage;
use super::stations::Stations;
use super::waybills::{Lacking, NumberSupply};
use crate::label::{Page, Template, TemplateError};
use crate::payload::Waybill;
use std::collections::VecDeque;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use thiserror::Error;

/// Capacity in chunks of the queues before and after each worker.
const WAITING: usize = 2;
/// Rows that are looked at for what their unknown columns hold, before the first is taken.
const AHEAD: usize = 1000;
/// Bytes of memory that those may take.
const AHEAD_BYTES: usize = 4 << 20;
/// Bytes of text at which a chunk is full, however few rows it has.
const CHUNK_BYTES: usize = 128 * 1024;

/// What to make, and from what. A [new](Self::new) plan takes all rows on one thread; its fields change that.
#[non_exhaustive]
pub struct BatchPlan<'a> {
    /// The files of orders.
    pub inputs: &'a [OrderFile],
    /// What the user says of the columns.
    pub columns: ColumnChoices,
    /// Numbers that were handed out to orders without one; `None` if orders have their own.
    pub numbers: Option<&'a NumberSupply>,
    /// The carrier's stations.
    pub stations: &'a Stations,
    /// How orders are read.
    pub rules: ReadingRules,
    /// The sealer's keys of the day.
    pub desk: &'a SealingKeys,
    /// The product.
    pub make: ProductKind,
    /// The container's bytes around each label.
    pub framing: Framing,
    /// The label's template.
    pub template: &'a Template,
    /// The label's page.
    pub page: Page,
    /// Worker threads; at least one is used.
    pub jobs: usize,
    /// Rows to skip at the beginning, which an earlier run has finished.
    pub skip: u64,
    /// The most orders to take.
    pub limit: Option<u64>,
    /// Takes only rows with this waybill number.
    pub only: Option<Waybill>,
    /// Ignores the rows before this waybill number.
    pub from: Option<Waybill>,
    /// Whether each payload's line has the delivery code of its label.
    pub codes_in_lines: bool,
    /// Reads back every n-th label with this check.
    pub verify: Option<(u64, Check<'a>)>,
}

/// A file of orders.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OrderFile {
    /// Its name; `-` is the standard input.
    pub path: PathBuf,
    /// The result of a first pass over it; `None` for the standard input.
    pub survey: Option<Survey>,
    /// What is known of it.
    pub options: InputOptions,
    /// The columns that need no look, if the file was [examined](Self::examine).
    clear: Option<Vec<usize>>,
}

impl<'a> BatchPlan<'a> {
    /// A plan for all rows of some files, on one thread.
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
            columns: ColumnChoices::default(),
            numbers: None,
            stations,
            rules: ReadingRules::on(desk.day()),
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
            codes_in_lines: false,
            verify: None,
        }
    }

    /// The mapping of a file.
    ///
    /// # Errors
    /// [`PlanError::Columns`].
    pub fn mapping(&self, path: &Path, header: &[String]) -> Result<Mapping, PlanError> {
        Mapping::new(header, &self.choices()).map_err(|error| PlanError::Columns(path.to_owned(), error))
    }

    /// What the user says of the columns, and which fields need none, since they come from elsewhere.
    #[must_use]
    pub fn choices(&self) -> ColumnChoices {
        let mut choices = self.columns.clone();
        supply(&mut choices, self.stations, self.numbers.is_some());
        choices
    }
}

/// Adds the fields that need no column: a station that is found by the address, a number that is handed out.
pub fn supply(choices: &mut ColumnChoices, stations: &Stations, numbered: bool) {
    if stations.has_served() {
        choices.supplied.add(Column::Station);
    }
    if numbered {
        choices.supplied.add(Column::Waybill);
    }
}

impl OrderFile {
    /// A file to be surveyed when it is opened, or the standard input for `-`.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self { path, survey: None, options: InputOptions::default(), clear: None }
    }

    /// A file that is surveyed now, or the standard input for `-`, which cannot be surveyed.
    ///
    /// # Errors
    /// [`InputError`].
    pub fn survey(path: PathBuf, options: InputOptions) -> Result<Self, InputError> {
        let survey = if path == Path::new("-") { None } else { Some(Survey::read(&path, &options)?) };
        Ok(Self { path, survey, options, clear: None })
    }

    /// Looks at all cells of columns of which nothing is known, so that a run need not look at most of them again.
    ///
    /// # Errors
    /// [`ExamineError`].
    pub fn examine(&mut self, choices: &ColumnChoices) -> Result<Mapping, ExamineError> {
        let (mapping, clear) = examine(&mut self.open()?, choices)?;
        self.clear = Some(clear);
        Ok(mapping)
    }

    /// Opens the file, and reads its header.
    ///
    /// # Errors
    /// [`InputError`].
    pub fn open(&self) -> Result<RowSource, InputError> {
        match &self.survey {
            Some(survey) => RowSource::surveyed(&self.path, survey, &self.options),
            None => RowSource::open_as(&self.path, &self.options),
        }
    }
}

/// An open file of orders.
#[derive(Debug)]
#[non_exhaustive]
pub struct OpenedInput {
    /// Its index in the plan.
    pub input: usize,
    /// Its format, encoding and separator.
    pub dialect: Dialect,
    /// Its columns.
    pub header: Vec<String>,
    /// What becomes of them.
    pub columns: Accounting,
    /// The number of its last line, if known.
    pub lines: Option<u64>,
    /// What people should know of it.
    pub remarks: Vec<InputRemark>,
}

/// The outcomes of a chunk of consecutive rows.
#[non_exhaustive]
pub struct Done {
    /// Their file.
    pub source: Arc<OpenedInput>,
    /// The line of the last row.
    pub line: u64,
    /// Their framed labels, contiguous.
    pub bytes: Vec<u8>,
    /// The outcome of each row.
    pub outcomes: Vec<RowOutcome>,
}

/// The outcome of a row.
pub enum RowOutcome {
    /// A label, with its range in [`Done::bytes`]: the only one of its row, or the last.
    Label(FrameEntry),
    /// A label of a row that has more of them; with how many follow.
    Piece(FrameEntry, usize),
    /// No label yet: the station is [sealed for](super::stations::Station::sealed_from) from a later day on.
    Unsealed(Row),
    /// No label, and the reason.
    Rejected(Rejected),
    /// The row continues the order whose outcome is next.
    Joined,
}

struct Chunk {
    source: Arc<OpenedInput>,
    mapping: Arc<Mapping>,
    rows: Vec<Taken>,
}

struct Taken {
    row: Row,
    parcels: Result<Parcels, (Column, Reason)>,
    /// The first of the numbers that were handed out to it.
    handed_out: Option<Waybill>,
    /// The parcels whose labels are made; all, unless one number is selected.
    wanted: Range<usize>,
    others: Continuation,
    last_line: u64,
    /// An unknown column of the row looks like a person's data.
    stray: bool,
    duplicate: bool,
    verify: bool,
}

/// Why a plan cannot be run, or not to its end.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PlanError {
    /// A file cannot be read.
    #[error("{path}: {1}", path = .0.display())]
    Input(PathBuf, #[source] InputError),
    /// A file's columns cannot be matched.
    #[error("{path}: {1}", path = .0.display())]
    Columns(PathBuf, #[source] MappingError),
    /// The template does not fit the page.
    #[error(transparent)]
    Template(#[from] TemplateError),
}

/// Runs a plan. `take` receives the outcomes in the order of the rows, and ends the run by returning `false`. Returns the
/// number of rows read, skipped ones included.
///
/// # Errors
/// [`PlanError`]; what `take` received before remains valid.
///
/// # Panics
/// If a worker panics, which is a bug.
pub fn run(plan: &BatchPlan<'_>, take: &mut dyn FnMut(&Done) -> bool) -> Result<u64, PlanError> {
    let makers: Vec<Maker<'_>> = (0..plan.jobs.max(1))
        .map(|_| {
            let mut maker = Maker::new(plan.make, plan.framing.kind, plan.desk, plan.template, plan.page)?;
            maker.set_codes(plan.codes_in_lines);
            Ok(maker)
        })
        .collect::<Result<_, _>>()
        .map_err(PlanError::Template)?;
    thread::scope(|scope| {
        let (mut to_workers, mut from_workers) = (Vec::new(), Vec::new());
        for maker in makers {
            let (to_worker, chunks) = sync_channel(WAITING);
            let (done, from_worker) = sync_channel(WAITING);
            // Buffers in use: those queued, one that the worker fills, one that the caller writes.
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
            // A worker that has ended needs no buffer.
            let _gone = back.try_send(done.bytes);
        }
        // Dropping the receivers unblocks the workers, which end, and then the reader.
        drop(from_workers);
        reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Reads the orders of a plan, and returns the rows that lack numbers. Nothing is made.
///
/// # Errors
/// [`PlanError`].
pub fn lacking(plan: &BatchPlan<'_>) -> Result<Vec<Lacking>, PlanError> {
    let mut reader = RowReader::new(plan, Vec::new());
    reader.lacking = Some(Vec::new());
    reader.read_all()?;
    Ok(reader.lacking.unwrap_or_default())
}

struct RowReader<'a> {
    plan: &'a BatchPlan<'a>,
    to: Vec<SyncSender<Chunk>>,
    sent: usize,
    seen: Seen,
    /// Whether the first wanted row has come.
    begun: bool,
    rows: u64,
    orders: u64,
    /// Orders that came, wanted or not.
    read: u64,
    /// The rows that lack numbers, if these are looked for and no labels made.
    lacking: Option<Vec<Lacking>>,
}

impl<'a> RowReader<'a> {
    fn new(plan: &'a BatchPlan<'a>, to: Vec<SyncSender<Chunk>>) -> Self {
        Self {
            plan,
            to,
            sent: 0,
            seen: Seen::default(),
            begun: plan.from.is_none(),
            rows: 0,
            orders: 0,
            read: 0,
            lacking: None,
        }
    }

    fn read(mut self) -> Result<u64, PlanError> {
        self.read_all()?;
        Ok(self.rows)
    }

    fn read_all(&mut self) -> Result<(), PlanError> {
        for input in 0..self.plan.inputs.len() {
            if !self.read_file(input)? {
                break;
            }
        }
        Ok(())
    }

    /// Reads a file; returns false if no further rows are wanted.
    fn read_file(&mut self, input: usize) -> Result<bool, PlanError> {
        let file = &self.plan.inputs[input];
        let path = &file.path;
        let error = |error| PlanError::Input(path.clone(), error);
        let mut source = file.open().map_err(error)?;
        let columns = |error| PlanError::Columns(path.clone(), error);
        let mapping = self.plan.mapping(path, source.header())?;
        // Of a stream the first rows are looked at before one is taken; of a file all were.
        let mut inspection = Inspection::beyond(&mapping, file.clear.as_deref().unwrap_or_default());
        let mut ahead = VecDeque::new();
        let mut held = 0;
        while file.clear.is_none() && !inspection.is_idle() && ahead.len() < AHEAD && held < AHEAD_BYTES {
            let Some(row) = source.next_row() else { break };
            held += row.as_ref().map_or(0, Row::held);
            ahead.push_back(row.inspect(|row| inspection.look(row)));
        }
        mapping.settled(&inspection).map_err(columns)?;
        let parts = LabelParts::of(self.plan.template, self.plan.make);
        let opened = Arc::new(OpenedInput {
            input,
            dialect: source.dialect(),
            header: source.header().to_vec(),
            columns: Accounting::new(&mapping, parts),
            lines: source.lines(),
            remarks: source.remarks().to_vec(),
        });
        let mapping = Arc::new(mapping);
        let most = self.plan.make.chunk();
        let fresh = || Vec::with_capacity(most);
        let (mut rows, mut bytes) = (fresh(), 0);
        let mut gather = Gather::default();
        loop {
            let ended = self.plan.limit == Some(self.orders);
            let row = if ended { None } else { ahead.pop_front().or_else(|| source.next_row()) };
            let last = row.is_none();
            let chunks = self.rows / most as u64;
            let (order, failed) = match row {
                Some(Ok(row)) => (gather.push(&mapping, row), None),
                Some(Err(error)) => (gather.finish(&mapping), Some(error)),
                None if ended => (None, None),
                None => (gather.finish(&mapping), None),
            };
            if let Some(order) = order {
                let length = order.len();
                if let Some(taken) = self.take(&mapping, &inspection, order) {
                    bytes += length;
                    rows.push(taken);
                }
            }
            // Chunk borders depend on the rows alone, also in a resumed batch: labels of one chunk may share graphics that
            // the printer stores, so other borders would give other bytes.
            let full = self.rows / most as u64 != chunks || bytes > CHUNK_BYTES;
            if (full || last || failed.is_some()) && !rows.is_empty() {
                let rows = std::mem::replace(&mut rows, fresh());
                let chunk = Chunk { source: opened.clone(), mapping: mapping.clone(), rows };
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
                return Ok(self.plan.limit != Some(self.orders));
            }
        }
    }

    /// The order, unless it is finished already or not wanted.
    fn take(&mut self, mapping: &Mapping, inspection: &Inspection, order: Gathered) -> Option<Taken> {
        if let Some(lacking) = &mut self.lacking {
            let (at, plan) = (self.read, self.plan);
            self.read += order.rows();
            // With a first number to begin from, the limit counts from there; more are handed out rather than too few.
            self.orders += u64::from(plan.from.is_none());
            let numbers = shortage(mapping, (plan.stations, plan.rules, plan.desk.day()), order.row);
            lacking.extend((numbers > 0).then_some(Lacking { row: at, numbers }));
            return None;
        }
        let more = self.plan.numbers.map_or(&[][..], |numbers| numbers.of(self.read));
        let parcels = parcels_of(mapping, &order.row).and_then(|cells| cells.with(more).map_err(placed));
        // Rows and not orders, so that a row keeps its number however rows are joined.
        self.read += order.rows();
        let place = |number: Option<Waybill>| {
            parcels.iter().flat_map(Parcels::numbers).position(|known| Some(known) == number)
        };
        let mut wanted = 0..parcels.as_ref().map_or(1, Parcels::count);
        if self.plan.only.is_some() {
            let only = place(self.plan.only)?;
            wanted = only..only + 1;
        }
        // Orders that are not wanted count too, so that a duplicate remains one whatever is selected.
        let mut duplicate = false;
        for number in parcels.iter().flat_map(Parcels::numbers) {
            duplicate |= !self.seen.is_new(&number);
        }
        if !self.begun {
            wanted.start = place(self.plan.from)?;
        }
        self.begun = true;
        self.rows += order.rows();
        self.orders += 1;
        if self.rows <= self.plan.skip {
            return None;
        }
        let verify = self.plan.verify.is_some_and(|(each, _)| self.orders.is_multiple_of(each));
        let stray = !inspection.is_idle() && inspection.is_stray(&order.row);
        let last_line = order.last_line();
        let handed_out = more.first().copied();
        let (row, others) = order.split();
        Some(Taken { row, others, last_line, stray, parcels, handed_out, wanted, duplicate, verify })
    }
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
            done.line = taken.last_line;
            labels(plan, &mut maker, &chunk.mapping, taken, &mut done);
        }
        if to.send(done).is_err() {
            return;
        }
    }
}

/// Appends the labels of an order and its outcomes: all its labels, or none and the reason; and that its other rows are
/// joined to its first.
fn labels(plan: &BatchPlan<'_>, maker: &mut Maker<'_>, mapping: &Mapping, mut taken: Taken, done: &mut Done) {
    let others = std::mem::take(&mut taken.others);
    if is_early(plan.stations, plan.desk.day(), mapping, &taken.row) {
        // Each row goes to the old way as it came.
        let rest = others.restore(&mut taken.row);
        done.outcomes.push(RowOutcome::Unsealed(taken.row));
        done.outcomes.extend(rest.into_iter().map(RowOutcome::Unsealed));
        return;
    }
    done.outcomes.extend((0..others.len()).map(|_| RowOutcome::Joined));
    let (start, first, number) = (done.bytes.len(), done.outcomes.len(), taken.handed_out);
    if let Err(mut rejected) = parcels(plan, maker, mapping, taken, done) {
        done.bytes.truncate(start);
        done.outcomes.truncate(first);
        rejected.reject.number = number;
        rejected.others = others.restore(&mut rejected.row);
        done.outcomes.push(RowOutcome::Rejected(rejected));
    }
}

/// Appends a label for each wanted parcel of an order.
fn parcels(
    plan: &BatchPlan<'_>,
    maker: &mut Maker<'_>,
    mapping: &Mapping,
    taken: Taken,
    done: &mut Done,
) -> Result<(), Rejected> {
    let mut order = Order::numbered(mapping, plan.stations, plan.rules, taken.row, taken.parcels)?;
    if taken.stray {
        order.notice(Notice::UnusedPersonal);
    }
    if taken.duplicate {
        let reject = Reject::new(order.line, Column::Waybill, Reason::Duplicate);
        return Err(Rejected::new(reject, order.into_row()));
    }
    let check = plan.verify.as_ref().filter(|_| taken.verify).map(|(_, check)| check);
    for parcel in taken.wanted.clone() {
        order.turn_to(parcel);
        let begun = plan.framing.begin(&mut done.bytes, &order.waybill);
        let made = match maker.make(&order, check, &mut done.bytes) {
            Ok(made) => made,
            Err(reject) => return Err(Rejected::new(reject, order.into_row())),
        };
        let entry = plan.framing.end(&mut done.bytes, &begun, made);
        done.outcomes.push(match taken.wanted.end - parcel - 1 {
            0 => RowOutcome::Label(entry),
            more => RowOutcome::Piece(entry, more),
        });
    }
    Ok(())
}
