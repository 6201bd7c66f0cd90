//! Runs the decoders over the same frames and prints a table of decoder × defect.

use crate::frames::{Generator, KINDS};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;
use wayseal::payload::Payload;
use wayseal::read::image::{self, Gray};
use wayseal::read::ladder::{self, Step};

/// A decoder: its name, and the function that returns the text in a picture.
pub struct Decoder {
    pub name: &'static str,
    pub read: fn(&Gray) -> Vec<String>,
}

pub const OURS: Decoder = Decoder {
    name: "wayseal",
    read: |picture| ladder::read(picture, &mut ours).into_iter().map(|read| read.text).collect(),
};

/// Whether a text is a Wayseal payload.
pub fn ours(text: &str) -> bool {
    Payload::parse(text.as_bytes()).is_ok()
}

/// CPU time of this thread.
pub fn cpu_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

pub const RXING: Decoder = Decoder {
    name: "rxing",
    read: |picture| {
        let hints = rxing::DecodeHints { TryHarder: Some(true), ..rxing::DecodeHints::default() };
        let Ok(source) =
            rxing::Luma8LuminanceSource::new(picture.pixels.clone(), picture.width, picture.height)
        else {
            return Vec::new();
        };
        let mut bitmap = rxing::BinaryBitmap::new(rxing::common::HybridBinarizer::new(source));
        let mut reader = rxing::qrcode::cpp_port::QrReader;
        rxing::Reader::decode_with_hints(&mut reader, &mut bitmap, &hints)
            .map(|result| result.getText().to_owned())
            .into_iter()
            .collect()
    },
};

pub const RQRR: Decoder = Decoder {
    name: "rqrr",
    read: |picture| {
        let at = |x: usize, y: usize| picture.pixels[y * picture.width as usize + x];
        let mut prepared =
            rqrr::PreparedImage::prepare_from_greyscale(picture.width as usize, picture.height as usize, at);
        let grids = prepared.detect_grids();
        grids.iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
    },
};

struct Options {
    frames: usize,
    seed: u64,
    kinds: Vec<usize>,
    severities: Vec<usize>,
    photos: Option<PathBuf>,
    lost: Option<PathBuf>,
    only: Option<String>,
}

const USAGE: &str = "read_rate [--frames PER_CELL] [--seed N] [--kinds a,b] [--severities 1,2] \
[--only DECODER] [--lost FOLDER_FOR_WHAT_WE_LOSE] [--photos FOLDER]";

fn options() -> Result<Options, String> {
    let mut options = Options {
        frames: 10,
        seed: 1,
        kinds: (0..KINDS.len()).collect(),
        severities: (1..=5).collect(),
        photos: None,
        lost: None,
        only: None,
    };
    // Cargo passes --bench to every benchmark.
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or(USAGE)?;
        let number = || value.parse::<u64>().map_err(|_| format!("{name}: {value} is no number"));
        match name.as_str() {
            "--frames" => options.frames = number()? as usize,
            "--seed" => options.seed = number()?,
            "--kinds" => {
                let of = |name: &str| {
                    KINDS.iter().position(|kind| kind.0 == name).ok_or(format!("no kind {name}"))
                };
                options.kinds = value.split(',').map(of).collect::<Result<_, _>>()?;
            }
            "--severities" => {
                let of = |text: &str| match text.parse() {
                    Ok(severity @ 1..=5) => Ok(severity),
                    _ => Err(format!("{text}: severities are 1 to 5")),
                };
                options.severities = value.split(',').map(of).collect::<Result<_, _>>()?;
            }
            "--photos" => options.photos = Some(value.into()),
            "--lost" => options.lost = Some(value.into()),
            "--only" => options.only = Some(value),
            _ => return Err(USAGE.into()),
        }
    }
    Ok(options)
}

/// The results of a decoder.
#[derive(Default)]
struct Score {
    /// By defect and severity: the number read, and the number shown.
    cells: [[(u32, u32); 6]; KINDS.len()],
    times: Vec<Duration>,
    wrong: u32,
    panics: u32,
}

impl Score {
    fn rate(&self, keep: impl Fn(usize, usize) -> bool) -> f64 {
        let (mut read, mut shown) = (0, 0);
        for (kind, row) in self.cells.iter().enumerate() {
            for (severity, cell) in row.iter().enumerate() {
                if keep(kind, severity) {
                    read += cell.0;
                    shown += cell.1;
                }
            }
        }
        f64::from(read) * 100.0 / f64::from(shown.max(1))
    }

    fn time(&mut self) -> String {
        self.times.sort_unstable();
        let ms = |at: usize| self.times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1000.0);
        let count = self.times.len();
        let mean = self.times.iter().sum::<Duration>().as_secs_f64() * 1000.0 / count.max(1) as f64;
        format!(
            "{:.1} | {mean:.1} | {:.0} | {:.0}",
            ms(count / 2),
            ms(count * 99 / 100),
            ms(count.saturating_sub(1))
        )
    }
}

/// Runs a decoder and catches panics: the text, the thread's CPU time, and whether it panicked.
pub fn read(decoder: &Decoder, picture: &Gray) -> (Vec<String>, Duration, bool) {
    timed(&|| (decoder.read)(picture))
}

fn timed(texts: &dyn Fn() -> Vec<String>) -> (Vec<String>, Duration, bool) {
    let start = cpu_time();
    let texts = catch_unwind(AssertUnwindSafe(texts));
    let took = cpu_time() - start;
    let panicked = texts.is_err();
    (texts.unwrap_or_default(), took, panicked)
}

pub fn main(decoders: &[Decoder]) {
    let options = match options() {
        Ok(options) => options,
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(2);
        }
    };
    std::panic::set_hook(Box::new(|_| {}));
    let decoders: Vec<&Decoder> = decoders
        .iter()
        .filter(|decoder| {
            options.only.as_deref().is_none_or(|only| only.split(',').any(|o| o == decoder.name))
        })
        .collect();
    match &options.photos {
        Some(folder) => photos(&decoders, folder, options.lost.as_deref()),
        None => synthetic(&decoders, &options),
    }
}

fn synthetic(decoders: &[&Decoder], options: &Options) {
    let mut generator = Generator::new(options.seed);
    let mut scores: Vec<Score> = decoders.iter().map(|_| Score::default()).collect();
    let mut pairs = vec![(0, 0, 0); decoders.len()];
    for &kind in &options.kinds {
        for &severity in &options.severities {
            for index in 0..options.frames {
                let frame = generator.frame(kind, severity, index);
                let mut read_by = Vec::new();
                for (decoder, score) in decoders.iter().zip(&mut scores) {
                    let (texts, took, panicked) = read(decoder, &frame.picture);
                    let hit = texts.contains(&frame.text);
                    let cell = &mut score.cells[kind][severity];
                    *cell = (cell.0 + u32::from(hit), cell.1 + 1);
                    score.times.push(took);
                    score.panics += u32::from(panicked);
                    let wrong =
                        |text: &&String| **text != frame.text && Payload::parse(text.as_bytes()).is_ok();
                    score.wrong += texts.iter().filter(wrong).count() as u32;
                    read_by.push(hit);
                }
                for (pair, hit) in pairs.iter_mut().zip(&read_by) {
                    pair.0 += u32::from(*hit);
                    pair.1 += u32::from(*hit && !read_by[0]);
                    pair.2 += u32::from(!*hit && read_by[0]);
                }
                if let (Some(folder), false) = (&options.lost, read_by[0]) {
                    let others = if read_by.contains(&true) { "others-read-" } else { "" };
                    let name = format!("{others}{}-{severity}-{index}.png", KINDS[kind].0);
                    save(&folder.join(name), &frame.picture);
                }
            }
        }
    }
    let shown = options.kinds.len() * options.severities.len() * options.frames;
    println!(
        "{shown} frames, seed {}: {} kinds × {} severities × {}\n",
        options.seed,
        options.kinds.len(),
        options.severities.len(),
        options.frames
    );
    let names: Vec<_> = decoders.iter().map(|decoder| decoder.name).collect();
    println!("| defect | {} |", names.join(" | "));
    println!("|---|{}", "---|".repeat(names.len()));
    let row = |label: &str, keep: &dyn Fn(usize, usize) -> bool| {
        let rates: Vec<_> = scores.iter().map(|score| format!("{:.1}", score.rate(keep))).collect();
        println!("| {label} | {} |", rates.join(" | "));
    };
    for &kind in &options.kinds {
        row(KINDS[kind].0, &|k, _| k == kind);
    }
    row("**all**", &|_, _| true);
    row("print", &|k, _| KINDS[k].1);
    row("camera", &|k, _| !KINDS[k].1);
    for &severity in &options.severities {
        row(&format!("severity {severity}"), &|_, s| s == severity);
    }
    row("severities 1–3", &|_, s| s <= 3);
    row("camera, severities 1–3", &|k, s| !KINDS[k].1 && s <= 3);
    println!(
        "\n| decoder | CPU ms median | mean | p99 | worst | wrong reads | panics |\n|---|---|---|---|---|---|---|"
    );
    for (score, name) in scores.iter_mut().zip(&names) {
        println!("| {name} | {} | {} | {} |", score.time(), score.wrong, score.panics);
    }
    println!("\n| beside | it reads, we lose | of what it reads | we read, it loses | ours − it, points |");
    println!("|---|---|---|---|---|");
    let ours = scores.first().map_or(0.0, |score| score.rate(|_, _| true));
    for ((pair, score), name) in pairs.iter().zip(&scores).zip(&names).skip(1) {
        println!(
            "| {name} | {} | {:.2} % | {} | {:+.1} |",
            pair.1,
            f64::from(pair.1) * 100.0 / f64::from(pair.0.max(1)),
            pair.2,
            ours - score.rate(|_, _| true)
        );
    }
}

/// Photographs, each with its expected text in a file of the same name that ends in `.txt`. Some sets have a code's corners there
/// instead, after a line that begins with `#`: then any text counts.
fn photos(decoders: &[&Decoder], folder: &Path, lost: Option<&Path>) {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.with_extension("txt").exists() && path.extension().is_some_and(|e| e != "txt") {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut shown = 0;
    let mut scores: Vec<(u32, Score)> = decoders.iter().map(|_| Default::default()).collect();
    let mut pairs: Vec<Pair> = decoders.iter().map(|_| Pair::default()).collect();
    let steps = Steps::default();
    for file in files {
        let picture = std::fs::read(&file).ok().and_then(|bytes| image::load(&bytes).ok());
        let expected = std::fs::read_to_string(file.with_extension("txt"));
        let (Some(picture), Ok(expected)) = (picture, expected) else { continue };
        shown += 1;
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut read_by = Vec::new();
        for (decoder, (read_here, score)) in decoders.iter().zip(&mut scores) {
            let (texts, took, panicked) = if decoder.name == OURS.name {
                // These need not be Wayseal labels: any text counts.
                timed(&|| steps.read(&picture))
            } else {
                read(decoder, &picture)
            };
            let hit = texts.iter().any(|text| expected.starts_with('#') || plain(text) == plain(&expected));
            *read_here += u32::from(hit);
            score.wrong += u32::from(!hit && !texts.is_empty());
            score.panics += u32::from(panicked);
            score.times.push(took);
            read_by.push(hit);
        }
        for (pair, hit) in pairs.iter_mut().zip(&read_by) {
            let own = file.strip_prefix(folder).unwrap_or(&file).display().to_string();
            match (read_by.first() == Some(&true), *hit) {
                (true, false) => pair.ours_alone.push(own),
                (false, true) => pair.its_alone.push(own),
                _ => {}
            }
        }
        if let (Some(lost), Some(false)) = (lost, read_by.first()) {
            let others = if read_by.contains(&true) { "others-read-" } else { "" };
            let own = file.strip_prefix(folder).unwrap_or(&file).with_extension("png");
            save(&lost.join(format!("{others}{}", own.to_string_lossy().replace('/', "-"))), &picture);
        }
    }
    println!("{shown} photographs of {}\n", folder.display());
    println!(
        "| decoder | read % | CPU ms median | mean | p99 | worst | other text | panics |\n|---|---|---|---|---|---|---|---|"
    );
    for (decoder, (hits, score)) in decoders.iter().zip(&mut scores) {
        let rate = f64::from(*hits) * 100.0 / f64::from(shown.max(1));
        println!("| {} | {rate:.1} | {} | {} | {} |", decoder.name, score.time(), score.wrong, score.panics);
    }
    steps.print();
    print_pairs(decoders, &scores, &pairs);
}

/// Calls, time and reads of each step of our reader.
#[derive(Default)]
struct Steps(RefCell<BTreeMap<Step, (u32, Duration, u32)>>);

impl Steps {
    fn read(&self, picture: &Gray) -> Vec<String> {
        let mut from = cpu_time();
        let mut last = None;
        let reads = ladder::read_by_step(picture, &mut |_| true, &mut |step| {
            let mut steps = self.0.borrow_mut();
            let own = steps.entry(step).or_default();
            let now = cpu_time();
            *own = (own.0 + 1, own.1 + (now - from), own.2);
            (from, last) = (now, Some(step));
        });
        if let (Some(step), false) = (last, reads.is_empty()) {
            self.0.borrow_mut().entry(step).or_default().2 += 1;
        }
        reads.into_iter().map(|read| read.text).collect()
    }

    fn print(&self) {
        let steps = self.0.borrow();
        if steps.is_empty() {
            return;
        }
        println!("\n| step of ours | calls | CPU s | pictures read |\n|---|---|---|---|");
        for (step, (calls, took, reads)) in steps.iter() {
            println!("| {step:?} | {calls} | {:.2} | {reads} |", took.as_secs_f64());
        }
    }
}

/// The pictures that only one of two decoders reads.
#[derive(Default)]
struct Pair {
    ours_alone: Vec<String>,
    its_alone: Vec<String>,
}

/// Prints the first decoder beside each of the others, and names the pictures that only one of the two reads.
fn print_pairs(decoders: &[&Decoder], scores: &[(u32, Score)], pairs: &[Pair]) {
    let total = |score: &Score| score.times.iter().sum::<Duration>().as_secs_f64();
    let Some((own, _)) = scores.split_first() else { return };
    println!("\n| beside | it reads, we lose | we read, it loses | our reads to its | our time to its |");
    println!("|---|---|---|---|---|");
    for ((decoder, score), pair) in decoders.iter().zip(scores).zip(pairs).skip(1) {
        println!(
            "| {} | {} | {} | {:.3} | {:.1} |",
            decoder.name,
            pair.its_alone.len(),
            pair.ours_alone.len(),
            f64::from(own.0) / f64::from(score.0.max(1)),
            total(&own.1) / total(&score.1).max(f64::MIN_POSITIVE)
        );
    }
    for (decoder, pair) in decoders.iter().zip(pairs).skip(1) {
        for (who, files) in [
            (format!("{} alone", decoder.name), &pair.its_alone),
            (format!("not {}", decoder.name), &pair.ours_alone),
        ] {
            for file in files {
                println!("{who}: {file}");
            }
        }
    }
}

fn save(path: &Path, picture: &Gray) {
    let _made = path.parent().map(std::fs::create_dir_all);
    let saved = ::image::save_buffer(
        path,
        &picture.pixels,
        picture.width,
        picture.height,
        ::image::ExtendedColorType::L8,
    );
    if let Err(error) = saved {
        eprintln!("{}: {error}", path.display());
    }
}
