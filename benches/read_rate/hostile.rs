//! Worst cases: pictures designed to keep a reader busy, and video frames without anything readable.

use crate::frames::Generator;
use crate::random::Random;
use crate::table::{cpu_time, ours};
use ::image::{DynamicImage, GrayImage, ImageFormat, Luma, codecs::jpeg::JpegEncoder};
use std::io::Cursor;
use wayseal::read::image::{self, Gray};
use wayseal::read::{code128, frames::Frames, ladder};

/// A hostile picture: its name, its side in pixels, and its pixels.
type Case = (&'static str, u32, fn(u32, u32) -> u8);

const SIDE: u32 = 4096;

const CASES: [Case; 12] = [
    ("white", SIDE, |_, _| 255),
    ("lines, 1 pixel", SIDE, |x, _| stripe(x)),
    ("chequers, 1 pixel", SIDE, |x, y| stripe(x + y)),
    ("chequers, 5 pixels", SIDE, |x, y| stripe(x / 5 + y / 5)),
    ("noise", SIDE, |x, y| hash(x, y)),
    ("noise", 2048, |x, y| hash(x, y)),
    ("finders, 1 pixel a module", SIDE, |x, y| finder(x, y)),
    ("finders, 3", SIDE, |x, y| finder(x / 3, y / 3)),
    ("finders, 8", SIDE, |x, y| finder(x / 8, y / 8)),
    ("finders, 12", SIDE, |x, y| finder(x / 12, y / 12)),
    ("finders, 4", 1600, |x, y| finder(x / 4, y / 4)),
    ("bars", SIDE, |x, y| if hash(x / 2, y / 64) < 128 { 0 } else { 255 }),
];

fn stripe(at: u32) -> u8 {
    if at.is_multiple_of(2) { 0 } else { 255 }
}

fn hash(x: u32, y: u32) -> u8 {
    (Random::new(u64::from(x) << 32 | u64::from(y)).next() >> 56) as u8
}

/// Finder patterns one module apart.
fn finder(x: u32, y: u32) -> u8 {
    let ring = |at: u32| (at % 8).abs_diff(3);
    if matches!(ring(x).max(ring(y)), 2 | 4) { 255 } else { 0 }
}

/// Prints the CPU time of each picture, read as by `wayseal scan`, and the peak memory.
pub fn main() {
    println!("| picture | pixels | load, CPU s | codes | bar code |\n|---|---|---|---|---|");
    let mut worst = 0f64;
    for (name, side, pixel) in CASES {
        let picture = GrayImage::from_fn(side, side, |x, y| Luma([pixel(x, y)]));
        let picture = Gray { width: side, height: side, pixels: picture.into_raw() };
        worst = worst.max(row(name, 0.0, Some(&picture)));
    }
    // A file of a few kilobytes that decodes to hundreds of megabytes of pixels.
    let bomb = DynamicImage::ImageRgb8(::image::RgbImage::new(12_000, 12_000));
    for format in [ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff] {
        let mut file = Cursor::new(Vec::new());
        bomb.write_to(&mut file, format).expect("a picture in memory");
        let start = cpu_time();
        let picture = image::load(file.get_ref());
        worst = worst.max(row(
            &format!("{format:?} of 12,000²"),
            (cpu_time() - start).as_secs_f64(),
            picture.ok().as_ref(),
        ));
    }
    println!("\nworst: {worst:.1} s");
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    for line in status.lines().filter(|line| line.starts_with("VmHWM")) {
        println!("most memory, the set's own included: {}", line["VmHWM:".len()..].trim());
    }
    video();
}

fn row(name: &str, load: f64, picture: Option<&Gray>) -> f64 {
    let start = cpu_time();
    if let Some(picture) = picture {
        ladder::read_all(picture, &mut ours);
    }
    let codes = (cpu_time() - start).as_secs_f64();
    let start = cpu_time();
    picture.map(code128::read);
    let bars = (cpu_time() - start).as_secs_f64();
    let size = picture.map_or("refused".into(), |picture| format!("{}²", picture.width));
    println!("| {name} | {size} | {load:.2} | {codes:.2} | {bars:.2} |");
    load + codes + bars
}

/// Prints the frames per CPU second of videos whose frame is readable, and of some whose frame never is; the time of their
/// slowest frame, decoding included; and which frame is read first.
fn video() {
    println!(
        "\n| video | pixels | frames/s | slowest, ms | frames read | first read |\n|---|---|---|---|---|---|"
    );
    let label = Generator::new(1).frame(0, 1, 0).picture;
    let faint = Generator::new(1).frame(0, 4, 0).picture;
    let noise = |width: u32, height: u32| {
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| hash(x / 3, y / 3))).collect();
        Gray { width, height, pixels }
    };
    for (name, picture) in [
        ("a label", in_scene(1280, 720, Some(&label))),
        ("a label", in_scene(1920, 1080, Some(&label))),
        ("a label in heavy ink", in_scene(1280, 720, Some(&faint))),
        ("boxes and text", in_scene(1280, 720, None)),
        ("boxes and text", in_scene(1920, 1080, None)),
        ("noise", noise(1280, 720)),
        ("noise", noise(1920, 1080)),
    ] {
        let mut frame = Vec::new();
        let (width, height) = (picture.width, picture.height);
        JpegEncoder::new(&mut frame)
            .encode(&picture.pixels, width, height, ::image::ExtendedColorType::L8)
            .expect("a picture in memory");
        let stream = frame.repeat(120);
        let mut frames = Frames::new(&stream[..]);
        let (mut shown, mut read, mut first, mut slowest) = (0u32, 0u32, None, 0f64);
        let start = cpu_time();
        loop {
            let before = cpu_time();
            let Some(reads) = frames.next(&mut ours).expect("a stream in memory") else { break };
            slowest = slowest.max((cpu_time() - before).as_secs_f64());
            shown += 1;
            read += u32::from(!reads.is_empty());
            first = first.or((!reads.is_empty()).then_some(shown));
        }
        let rate = f64::from(shown) / (cpu_time() - start).as_secs_f64();
        let first = first.map_or("never".into(), |frame| frame.to_string());
        println!(
            "| {name} | {width} × {height} | {rate:.0} | {:.0} | {read} of {shown} | {first} |",
            slowest * 1000.0
        );
    }
}

/// A frame of a camera over a table: uneven light, edges of boxes and lines of small print, with or without a label.
fn in_scene(width: u32, height: u32, label: Option<&Gray>) -> Gray {
    let pixel = |x: u32, y: u32| {
        let light = 90 + 100 * x / width;
        let edge = (x / 3 + y).is_multiple_of(190) || (x + y / 4).is_multiple_of(260);
        let print = y % 40 < 12 && x % 300 > 120 && hash(x / 2, y / 3) < 110;
        let grain = u32::from(hash(x, y)) / 16;
        if edge || print { (light / 3 + grain) as u8 } else { (light + grain) as u8 }
    };
    let mut pixels: Vec<u8> = (0..height).flat_map(|y| (0..width).map(move |x| pixel(x, y))).collect();
    if let Some(label) = label {
        let (left, top) = ((width - label.width) / 2, (height - label.height) / 2);
        for (y, row) in label.pixels.chunks_exact(label.width as usize).enumerate() {
            let at = (top as usize + y) * width as usize + left as usize;
            pixels[at..at + row.len()].copy_from_slice(row);
        }
    }
    Gray { width, height, pixels }
}
