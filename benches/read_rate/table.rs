//! Runs the decoders over the same frames and prints a table of decoder × defect.

use crate::frames::{Generator, KINDS};
use crate::photos::photos;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;
use wayseal::payload::Payload;
use wayseal::read::image::Gray;
use wayseal::read::ladder;

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

pub fn timed(texts: &dyn Fn() -> Vec<String>) -> (Vec<String>, Duration, bool) {
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

pub fn save(path: &Path, picture: &Gray) {
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
