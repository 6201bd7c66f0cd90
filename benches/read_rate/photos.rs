//! Runs the decoders over photographs of other people's codes: who reads how many in which folder, in which time, and what only one
//! of them reads.

use crate::table::{Decoder, OURS, cpu_time, read, save, timed};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;
use wayseal::read::image::{self, Gray};
use wayseal::read::ladder::{self, Step};

/// Photographs, each with its expected text in a file of the same name that ends in `.txt`. Some sets have a code's corners there
/// instead, after a line that begins with `#`: then any text counts as read.
pub fn photos(decoders: &[&Decoder], folder: &Path, lost: Option<&Path>) {
    let mut scores: Vec<Score> = decoders.iter().map(|_| Score::default()).collect();
    let mut pairs: Vec<Pair> = decoders.iter().map(|_| Pair::default()).collect();
    let mut folders: BTreeMap<String, Vec<Score>> = BTreeMap::new();
    let steps = Steps::default();
    let (mut shown, mut pixels, mut apart, mut others) = (0, 0u64, Vec::new(), Vec::new());
    for file in files(folder) {
        let picture = std::fs::read(&file).ok().and_then(|bytes| image::load(&bytes).ok());
        let expected = std::fs::read_to_string(file.with_extension("txt"));
        let (Some(picture), Ok(expected)) = (picture, expected) else { continue };
        shown += 1;
        pixels += u64::from(picture.width) * u64::from(picture.height);
        let own = file.strip_prefix(folder).unwrap_or(&file);
        let of = own.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
        let of = folders.entry(of).or_insert_with(|| decoders.iter().map(|_| Score::default()).collect());
        let (mut read_by, mut texts_by) = (Vec::new(), Vec::new());
        for (at, decoder) in decoders.iter().enumerate() {
            let (texts, took, panicked) = if decoder.name == OURS.name {
                // These need not be Wayseal labels: any text counts.
                timed(&|| steps.read(&picture))
            } else {
                read(decoder, &picture)
            };
            let texts: Vec<String> = texts.iter().map(|text| plain(text)).collect();
            let any = expected.starts_with('#') && !texts.is_empty();
            let hit = any || texts.contains(&plain(&expected));
            for score in [&mut scores[at], &mut of[at]] {
                score.read += u32::from(hit);
                score.other += u32::from(!hit && !texts.is_empty());
                score.panics += u32::from(panicked);
                score.times.push(took);
            }
            read_by.push(hit);
            texts_by.push(texts);
        }
        let own = own.display().to_string();
        if let (Some(false), Some(texts)) =
            (read_by.first(), texts_by.first().filter(|texts| !texts.is_empty()))
        {
            others.push(format!("{own}: {texts:?} for {:?}", plain(&expected)));
        }
        for (pair, hit) in pairs.iter_mut().zip(&read_by) {
            match (read_by.first() == Some(&true), *hit) {
                (true, false) => pair.ours_alone.push(own.clone()),
                (false, true) => pair.its_alone.push(own.clone()),
                _ => {}
            }
        }
        // Where the text is unknown, two decoders that have none in common show that one of them misreads.
        if let Some((ours, rivals)) = texts_by.split_first()
            && rivals
                .iter()
                .any(|its| !its.is_empty() && !ours.is_empty() && !ours.iter().any(|text| its.contains(text)))
        {
            apart.push(own.clone());
        }
        if let (Some(lost), Some(false)) = (lost, read_by.first()) {
            let others = if read_by.contains(&true) { "others-read-" } else { "" };
            let name = Path::new(&own).with_extension("png").to_string_lossy().replace('/', "-");
            save(&lost.join(format!("{others}{name}")), &picture);
        }
    }
    println!("{shown} photographs of {}, {:.1} megapixels\n", folder.display(), pixels as f64 / 1e6);
    println!(
        "| decoder | read | % | CPU s | ms a megapixel | ms median | p99 | worst | other text | panics |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for (decoder, score) in decoders.iter().zip(&mut scores) {
        println!("| {} | {} |", decoder.name, score.row(shown, pixels));
    }
    print_folders(decoders, &folders);
    steps.print(scores.first().map_or(0, |score| score.read));
    print_pairs(decoders, &scores, &pairs);
    for other in others {
        println!("other text: {other}");
    }
    for file in apart {
        println!("other texts than ours: {file}");
    }
}

/// A text with each of its spaces and line ends as one space: sets differ in them.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The pictures of a folder and those in it that have a text.
fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
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
    files
}

/// What a decoder made of some pictures.
#[derive(Default)]
struct Score {
    read: u32,
    /// Pictures in which it read another text alone.
    other: u32,
    panics: u32,
    times: Vec<Duration>,
}

impl Score {
    fn seconds(&self) -> f64 {
        self.times.iter().sum::<Duration>().as_secs_f64()
    }

    fn row(&mut self, shown: u32, pixels: u64) -> String {
        self.times.sort_unstable();
        let count = self.times.len();
        let ms = |at: usize| self.times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1000.0);
        format!(
            "{} | {:.1} | {:.2} | {:.1} | {:.1} | {:.0} | {:.0} | {} | {}",
            self.read,
            f64::from(self.read) * 100.0 / f64::from(shown.max(1)),
            self.seconds(),
            self.seconds() * 1e9 / (pixels.max(1)) as f64,
            ms(count / 2),
            ms(count * 99 / 100),
            ms(count.saturating_sub(1)),
            self.other,
            self.panics
        )
    }
}

/// Prints what each decoder reads in each folder, and in how many seconds.
fn print_folders(decoders: &[&Decoder], folders: &BTreeMap<String, Vec<Score>>) {
    let names: Vec<_> = decoders.iter().map(|decoder| format!("{} | CPU s", decoder.name)).collect();
    println!("\n| folder | pictures | {} |", names.join(" | "));
    println!("|---|---|{}", "---|---|".repeat(names.len()));
    for (name, scores) in folders {
        let shown = scores.first().map_or(0, |score| score.times.len());
        let cells: Vec<_> =
            scores.iter().map(|score| format!("{} | {:.2}", score.read, score.seconds())).collect();
        println!("| {name} | {shown} | {} |", cells.join(" | "));
    }
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
        reads.into_iter().map(|read| read.content.decoded().text).collect()
    }

    /// Prints each step's share of the time and of the pictures in which a text was read.
    fn print(&self, read: u32) {
        let steps = self.0.borrow();
        if steps.is_empty() {
            return;
        }
        let all = steps.values().map(|own| own.1).sum::<Duration>().as_secs_f64();
        println!(
            "\n| step of ours | calls | CPU s | of the time | pictures read | of {read} |\n|---|---|---|---|---|---|"
        );
        for (step, (calls, took, reads)) in steps.iter() {
            let took = took.as_secs_f64();
            let (time, share) = (
                100.0 * took / all.max(f64::MIN_POSITIVE),
                f64::from(*reads) * 100.0 / f64::from(read.max(1)),
            );
            println!("| {step:?} | {calls} | {took:.2} | {time:.1} % | {reads} | {share:.1} % |");
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
fn print_pairs(decoders: &[&Decoder], scores: &[Score], pairs: &[Pair]) {
    let Some((own, _)) = scores.split_first() else { return };
    println!("\n| beside | it reads, we lose | we read, it loses | our reads to its | our time to its |");
    println!("|---|---|---|---|---|");
    for ((decoder, score), pair) in decoders.iter().zip(scores).zip(pairs).skip(1) {
        println!(
            "| {} | {} | {} | {:.3} | {:.1} |",
            decoder.name,
            pair.its_alone.len(),
            pair.ours_alone.len(),
            f64::from(own.read) / f64::from(score.read.max(1)),
            own.seconds() / score.seconds().max(f64::MIN_POSITIVE)
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
