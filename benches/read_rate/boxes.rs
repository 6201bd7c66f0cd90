//! Tests whether the symbol that a label chooses is read at least as often as any other that fits its box: `cargo
//! bench --bench read_rate -- --boxes`.
//!
//! Every version, level and number of whole dots that fits is printed at the same place of the same label, and gets
//! the same defects: a scratch and the camera have the same position, whatever the size of the symbol. A candidate
//! that is clearly worse than the default is dropped early.

use crate::frames::{Generator, Given, KINDS};
use crate::table::{self, Decoder};
use std::collections::BTreeMap;
use wayseal::label::{Composer, Dpi, Page, Template};
use wayseal::payload::SIZES;
use wayseal::symbol::{Choice, MODULE_MIN_UM, candidates};

const USAGE: &str = "read_rate --boxes [--size 76x130,100x150,100x180] [--dpi 203,300] [--bytes 78,100,144,204] \
[--box MM,MM] [--frames PER_CELL] [--seed N] [--choices v5-M-5,v6-M-5] [--only DECODER,DECODER]";

/// Threshold in standard errors: a larger difference is not chance.
const BEYOND: f64 = 3.0;

struct Options {
    sizes: Vec<(u32, u32)>,
    dpis: Vec<Dpi>,
    bytes: Vec<usize>,
    /// The template's `symbol_mm`.
    boxes: Vec<f32>,
    frames: usize,
    seed: u64,
    /// If not empty, only these candidates and the default.
    choices: Vec<String>,
    only: Vec<String>,
}

fn options() -> Option<Options> {
    let mut options = Options {
        sizes: vec![Page::SMALL, Page::MEDIUM, Page::LARGE],
        dpis: vec![Dpi::D203, Dpi::D300],
        bytes: SIZES.to_vec(),
        boxes: vec![Template::default().symbol_mm],
        frames: 4,
        seed: 1,
        choices: Vec::new(),
        only: Vec::new(),
    };
    let mut arguments =
        std::env::args().skip(1).filter(|argument| argument != "--bench" && argument != "--boxes");
    while let Some(name) = arguments.next() {
        let value = arguments.next()?;
        let parts = || value.split(',');
        match name.as_str() {
            "--size" => {
                let of = |text: &str| {
                    let (width, height) = text.split_once('x')?;
                    Some((width.parse().ok()?, height.parse().ok()?))
                };
                options.sizes = parts().map(of).collect::<Option<_>>()?;
            }
            "--dpi" => {
                let of = |text: &str| match text {
                    "203" => Some(Dpi::D203),
                    "300" => Some(Dpi::D300),
                    _ => None,
                };
                options.dpis = parts().map(of).collect::<Option<_>>()?;
            }
            "--bytes" => options.bytes = parts().map(|text| text.parse().ok()).collect::<Option<_>>()?,
            "--box" => options.boxes = parts().map(|text| text.parse().ok()).collect::<Option<_>>()?,
            "--frames" => options.frames = value.parse().ok()?,
            "--seed" => options.seed = value.parse().ok()?,
            "--choices" => options.choices = parts().map(str::to_owned).collect(),
            "--only" => options.only = parts().map(str::to_owned).collect(),
            _ => return None,
        }
    }
    Some(options)
}

/// A candidate: what each decoder read of each frame.
struct Runner {
    choice: Choice,
    reads: Vec<Vec<bool>>,
}

impl Runner {
    fn name(&self) -> String {
        let Choice { version, level, dots, .. } = self.choice;
        format!("{version}-{level}-{dots}")
    }

    fn rate(&self, decoder: usize) -> f64 {
        let reads = &self.reads[decoder];
        reads.iter().filter(|read| **read).count() as f64 * 100.0 / reads.len().max(1) as f64
    }

    /// The number of frames that this candidate reads and the other does not, and the reverse, of those both were
    /// shown.
    fn paired(&self, other: &Self, decoder: usize) -> (u32, u32) {
        self.reads[decoder].iter().zip(&other.reads[decoder]).fold((0, 0), |(more, less), pair| match pair {
            (true, false) => (more + 1, less),
            (false, true) => (more, less + 1),
            _ => (more, less),
        })
    }
}

/// McNemar's statistic: the lead of the first of two paired counts in standard errors.
fn errors((more, less): (u32, u32)) -> f64 {
    (f64::from(more) - f64::from(less)) / f64::from(more + less).max(1.0).sqrt()
}

pub fn main(decoders: &[Decoder]) {
    let Some(options) = options() else {
        eprintln!("{USAGE}");
        std::process::exit(2);
    };
    let wanted =
        |decoder: &&Decoder| options.only.is_empty() || options.only.iter().any(|name| name == decoder.name);
    let decoders: Vec<&Decoder> = decoders.iter().filter(wanted).collect();
    println!(
        "{} frames a choice at most: {} kinds × 5 severities × {}, seed {}",
        KINDS.len() * 5 * options.frames,
        KINDS.len(),
        options.frames,
        options.seed
    );
    for &dpi in &options.dpis {
        for &size in &options.sizes {
            for &symbol_mm in &options.boxes {
                for &bytes in &options.bytes {
                    race(&options, &decoders, Page::new(size, dpi), (symbol_mm, bytes));
                }
            }
        }
    }
}

/// Length of a payload's text in characters: the prefix, and three for two bytes.
fn characters(bytes: usize) -> usize {
    wayseal::payload::PREFIX.len() + bytes / 2 * 3 + bytes % 2 * 2
}

fn race(options: &Options, decoders: &[&Decoder], page: Page, (symbol_mm, bytes): (f32, usize)) {
    let mut template = Template::default();
    template.symbol_mm = symbol_mm;
    let chars = characters(bytes);
    let composer = Composer::new(&template, page, Vec::new()).expect("the default template");
    let Ok(default) = composer.choose(chars) else {
        println!(
            "\nno symbol of {chars} characters can be read in a box of {symbol_mm} mm at {} dpi",
            page.dpi.dots_per_inch()
        );
        return;
    };
    let box_um = composer.symbol_um(chars);
    let dpi = page.dpi.dots_per_inch();
    let mut runners: Vec<Runner> = every(chars, box_um, dpi)
        .map(|choice| Runner { choice, reads: vec![Vec::new(); decoders.len()] })
        .filter(|runner| {
            options.choices.is_empty() || runner.choice == default || options.choices.contains(&runner.name())
        })
        .collect();
    let at = runners.iter().position(|runner| runner.choice == default).expect("the default is a choice");
    runners.swap(0, at);
    let mut out = vec![false; runners.len()];
    let mut generator = Generator::on(page, options.seed);
    for index in 0..options.frames {
        for severity in [3, 2, 4, 1, 5] {
            for kind in 0..KINDS.len() {
                for (runner, out) in runners.iter_mut().zip(&out) {
                    if *out {
                        continue;
                    }
                    let given = Given { bytes, choice: runner.choice, box_um };
                    let frame = generator.frame_of(kind, severity, index, &given);
                    for (decoder, reads) in decoders.iter().zip(&mut runner.reads) {
                        reads.push(table::read(decoder, &frame.picture).0.contains(&frame.text));
                    }
                }
            }
            let (default, others) = runners.split_at(1);
            for (other, out) in others.iter().zip(&mut out[1..]) {
                *out |= errors(default[0].paired(other, 0)) > BEYOND;
            }
        }
    }
    print(page, bytes, box_um, decoders, &mut runners);
}

/// All candidates, including those with fewer dots than the box allows.
fn every(chars: usize, box_um: u32, dpi: u32) -> impl Iterator<Item = Choice> {
    candidates(chars, box_um, dpi).flat_map(move |widest| {
        let um = move |dots: u32| (dots * 25_400 + dpi / 2) / dpi;
        let whole = (1..widest.dots).rev().take_while(move |dots| um(*dots) >= MODULE_MIN_UM);
        // The composer's score is not used here, since it considers only the widest modules.
        let narrower = whole.map(move |dots| Choice { dots, module_um: um(dots), score: 0, ..widest });
        [widest].into_iter().chain(narrower)
    })
}

fn print(page: Page, bytes: usize, box_um: u32, decoders: &[&Decoder], runners: &mut [Runner]) {
    println!(
        "\n## {} × {} mm at {} dpi, {bytes} bytes ({} characters), box of {} mm\n",
        page.width_mm,
        page.height_mm,
        page.dpi.dots_per_inch(),
        characters(bytes),
        f64::from(box_um) / 1000.0
    );
    let names: Vec<_> = decoders.iter().map(|decoder| format!("{} %", decoder.name)).collect();
    println!(
        "| choice | module mm | score | frames | {} | reads alone | default alone | standard errors |",
        names.join(" | ")
    );
    println!("|---|---|---|---|{}---|---|---|", "---|".repeat(names.len()));
    let default = Runner { choice: runners[0].choice, reads: runners[0].reads.clone() };
    runners.sort_by(|a, b| {
        let shown = |runner: &Runner| runner.reads[0].len();
        shown(b).cmp(&shown(a)).then(b.rate(0).total_cmp(&a.rate(0)))
    });
    let mut ahead = BTreeMap::new();
    for runner in &*runners {
        let Choice { version, level, dots, module_um, score } = runner.choice;
        let rates: Vec<_> = (0..decoders.len()).map(|at| format!("{:.1}", runner.rate(at))).collect();
        let pair = runner.paired(&default, 0);
        let mark = if runner.choice == default.choice { "**" } else { "" };
        let score = if score == 0 { "–".to_owned() } else { format!("{:.1}", f64::from(score) / 10.0) };
        println!(
            "| {mark}{version}-{level} at {dots} dots{mark} | {:.3} | {score} | {} | {} | {} | {} | {:+.1} |",
            f64::from(module_um) / 1000.0,
            runner.reads[0].len(),
            rates.join(" | "),
            pair.0,
            pair.1,
            errors(pair)
        );
        if errors(pair) > 2.0 {
            ahead.insert(runner.name(), errors(pair));
        }
    }
    let best: Vec<_> = ahead.iter().map(|(name, errors)| format!("{name} by {errors:.1}")).collect();
    match best.len() {
        0 => println!("\nNone is ahead of the default by more than two standard errors."),
        _ => println!("\nAhead of the default by more than two standard errors: {}.", best.join(", ")),
    }
}
