//! `wayseal bench`: labels per second on this machine, compared with the usual libraries and with the rate of China's
//! busiest day. It measures the embedded sample, so that it needs no keys and no settings.

use super::{chart, usual, work};
use crate::cli::arguments::bench::BenchArgs;
use crate::cli::columns::pad;
use crate::cli::commands::bench::work::{BenchKeys, BenchLabel, DAY};
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::bench as text;
use serde_json::json;
use std::hint::black_box;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};
use wayseal::batch::make::ProductKind;
use wayseal::batch::order::Order;
use wayseal::files;
use wayseal::label::{Codes, Composer, Dpi, Format, Page, PrintJob, Template};
use wayseal::verifier::{Buffer, Verifier, Want};

/// Labels a second of China's record day, 777 million parcels (State Post Bureau, 2025).
const PEAK: f64 = 8993.0;

/// Orders that are used in turn.
pub const ORDERS: usize = 360;

/// Seals and openings that the percentiles are taken from.
const SINGLE: usize = 20_000;

/// What is measured, a row of the table.
#[derive(Clone, Copy)]
pub enum BenchWork {
    /// The text of the QR code alone.
    Payload,
    /// From the order to the bytes of a file or a printer's job.
    Label(Format, Codes),
    /// From a payload to a PNG by the usual crates, without the cost of its text.
    Usual,
}

const WORKS: [BenchWork; 8] = [
    BenchWork::Payload,
    BenchWork::Label(Format::Png, Codes::Dots),
    BenchWork::Label(Format::Zpl, Codes::Dots),
    BenchWork::Label(Format::Zpl, Codes::Native),
    BenchWork::Label(Format::Tspl, Codes::Dots),
    BenchWork::Label(Format::Tspl, Codes::Native),
    BenchWork::Label(Format::Pdf, Codes::Dots),
    BenchWork::Usual,
];

impl BenchWork {
    pub fn name(self, language: Language) -> String {
        match self {
            Self::Payload => language.of(text::PAYLOAD_ALONE).to_owned(),
            Self::Label(format, Codes::Dots) => format.to_string(),
            Self::Label(format, Codes::Native) => {
                format!("{format}, {}", language.of(text::PRINTERS_OWN_CODES))
            }
            Self::Usual => language.of(text::USUAL_WAY_PNG).to_owned(),
        }
    }
}

impl BenchArgs {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        if let (Some(count), Some(times)) = (self.count, self.times) {
            count.run(times);
            return Ok(0);
        }
        if !(0.05..=60.0).contains(&self.seconds) {
            return Err(Failure::usage(language.of(text::SECONDS_RANGE)));
        }
        let all = thread::available_parallelism().map_or(1, usize::from);
        let mut threads = vec![1, 2, all];
        threads.retain(|count| *count <= all);
        threads.dedup();
        let orders = work::orders(ORDERS);
        let time = Duration::from_secs_f64(self.seconds);
        let rows: Vec<(String, Vec<f64>)> = WORKS
            .map(|work| {
                let rates = threads.iter().map(|threads| rate(work, *threads, &orders, time));
                (work.name(language), rates.collect())
            })
            .into();
        let (seal, open) = single(&orders);
        let machine = machine();

        if self.json {
            let rows: Vec<_> =
                rows.iter().map(|(name, rates)| json!({"what": name, "labels_per_second": rates})).collect();
            say(&json!({
                "machine": machine, "version": env!("CARGO_PKG_VERSION"), "threads": threads, "rows": rows,
                "national_peak": PEAK,
                "seal_ns": {"p50": seal.0, "p99": seal.1}, "open_ns": {"p50": open.0, "p99": open.1},
            })
            .to_string())?;
        } else {
            self.table(&machine, &threads, &rows, [seal, open], language)?;
        }
        if let Some(path) = &self.svg {
            let last =
                |(name, rates): &(String, Vec<f64>)| (name.clone(), rates.last().copied().unwrap_or(0.0));
            let title = format!("{machine}, {} {}", all, language.of(text::THREADS_LABELS_S_LOGARITHMIC));
            let bars: Vec<_> = rows.iter().map(last).collect();
            let svg = chart::draw(&title, &bars, PEAK, language.of(text::NATIONAL_PEAK));
            files::write(path, svg.as_bytes(), files::Access::Everyone)
                .map_err(|error| Failure::output(language.file(&error)))?;
        }
        Ok(0)
    }

    pub fn table(
        &self,
        machine: &str,
        threads: &[usize],
        rows: &[(String, Vec<f64>)],
        [seal, open]: [(u64, u64); 2],
        language: Language,
    ) -> Result<(), Failure> {
        let cell = |name: &str| pad(name, 28);
        say(&format!("{machine} · wayseal {}", env!("CARGO_PKG_VERSION")))?;
        let heads = threads.iter().map(|count| format!("{:>12}", format!("×{count}")));
        say(&format!("{}{}", cell(language.of(text::LABELS_S)), heads.collect::<String>()))?;
        for (name, rates) in rows {
            let rates = rates.iter().map(|rate| format!("{rate:>12.0}"));
            say(&format!("{}{}", cell(name), rates.collect::<String>()))?;
        }
        say(&format!("{}{PEAK:>12.0}", cell(language.of(text::NATIONAL_PEAK_ROW))))?;
        for (name, (p50, p99)) in
            [(language.of(text::ONE_SEAL), seal), (language.of(text::ONE_OPENING), open)]
        {
            let micro = |nanos: u64| nanos as f64 / 1000.0;
            say(&format!("{}p50 {:.1} µs, p99 {:.1} µs", cell(name), micro(p50), micro(p99)))?;
        }
        Ok(())
    }
}

/// Labels a second of so many threads, each with its own composer, warm.
pub fn rate(work: BenchWork, threads: usize, orders: &[Order], time: Duration) -> f64 {
    let start = Barrier::new(threads);
    let one = |number: usize| {
        let mut worker = Worker::new(work, orders);
        let mut turn = number * ORDERS / threads;
        // Once round, so that every glyph is drawn.
        (0..if matches!(work, BenchWork::Usual) { 4 } else { ORDERS }).for_each(|turn| worker.turn(turn));
        start.wait();
        let (begin, mut count) = (Instant::now(), 0_u32);
        while begin.elapsed() < time {
            for _ in 0..4 {
                worker.turn(turn % ORDERS);
                turn += 1;
            }
            count += 4;
        }
        f64::from(count) / begin.elapsed().as_secs_f64()
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|number| scope.spawn(move || one(number))).collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or(0.0)).sum()
    })
}

/// What one thread has for its work.
struct Worker<'o> {
    work: BenchWork,
    orders: &'o [Order],
    keys: BenchKeys,
    composer: Composer,
    /// For labels whose codes a printer draws.
    job: Option<PrintJob>,
    /// The commands of the last label.
    out: Vec<u8>,
    pages: Vec<(usual::UsualPage, String)>,
}

impl<'o> Worker<'o> {
    pub fn new(work: BenchWork, orders: &'o [Order]) -> Self {
        let page = Page::new(Page::MEDIUM, Dpi::D203);
        let composer = Composer::new(&Template::default(), page, Vec::new()).expect("the default template");
        let job = match work {
            BenchWork::Label(format, Codes::Native) => format.language().map(PrintJob::stream),
            _ => None,
        };
        let (keys, out, pages) = (BenchKeys::default(), Vec::new(), Vec::new());
        let mut worker = Self { work, orders, keys, composer, job, out, pages };
        if matches!(work, BenchWork::Usual) {
            worker.pages = orders[..60].iter().map(|order| worker.page(order)).collect();
        }
        worker
    }

    pub fn page(&self, order: &Order) -> (usual::UsualPage, String) {
        let page = Page::new(Page::MEDIUM, Dpi::D203);
        let mut composer =
            Composer::new(&Template::default(), page, Vec::new()).expect("the default template");
        let label = BenchLabel::new(&self.keys, order);
        let composed = composer.compose(&label.content(order)).expect("an order of the sample");
        let (canvas, symbol) = (composed.canvas, composed.symbol);
        let place = [symbol.x as u32, symbol.y as u32, symbol.choice.dots.min(4)];
        let page = usual::UsualPage::new(canvas.bits(), canvas.stride(), canvas.width(), place);
        (page, symbol.text.clone())
    }

    pub fn turn(&mut self, turn: usize) {
        let order = &self.orders[turn];
        match self.work {
            BenchWork::Payload => _ = black_box(self.keys.seal(order)),
            BenchWork::Label(format, codes) => {
                let label = BenchLabel::new(&self.keys, order);
                if let Some(job) = &mut self.job {
                    // As often as a batch does.
                    if turn.is_multiple_of(ProductKind::Label(format, codes).chunk()) {
                        job.begin();
                    }
                    let sketch = self.composer.sketch(&label.content(order)).expect("an order of the sample");
                    self.out.clear();
                    assert!(job.add(&sketch, black_box(&mut self.out)), "a number without commands");
                    return;
                }
                let composed = self.composer.compose(&label.content(order)).expect("an order of the sample");
                black_box(format.encode(&composed, codes).expect("a page of a label"));
            }
            BenchWork::Usual => {
                let (page, payload) = &self.pages[turn % self.pages.len()];
                black_box(page.finish(payload.as_bytes()));
            }
        }
    }
}

/// The 50th and 99th percentile of one seal and of one opening, in nanoseconds.
pub fn single(orders: &[Order]) -> ((u64, u64), (u64, u64)) {
    let keys = BenchKeys::default();
    let percentiles = |mut work: Box<dyn FnMut(usize) + '_>| {
        let mut times: Vec<u64> = (0..SINGLE)
            .map(|turn| {
                let begin = Instant::now();
                work(turn % ORDERS);
                begin.elapsed().as_nanos() as u64
            })
            .collect();
        times.sort_unstable();
        (times[SINGLE / 2], times[SINGLE * 99 / 100])
    };
    let seal = percentiles(Box::new(|turn| _ = black_box(keys.seal(&orders[turn]))));
    let texts: Vec<_> = orders.iter().map(|order| keys.seal(order)).collect();
    let verifier = Verifier::new(&keys.station, DAY);
    let mut buffer = Buffer::new();
    let open = percentiles(Box::new(|turn| {
        let opened = verifier.open(texts[turn].as_bytes(), Want::Both, &mut buffer);
        black_box(opened.map(|opened| opened.day).ok());
    }));
    (seal, open)
}

/// The processor's name, where the system says it.
pub fn machine() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    name.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.to_owned())
}
