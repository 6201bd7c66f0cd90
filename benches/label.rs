//! Composing, encoding, and the whole label from an order to a PNG, compared with common crates: `cargo bench
//! --bench label`.
#![allow(missing_docs)]

mod common;
#[path = "../src/cli/commands/bench/usual.rs"]
mod usual;

use common::{BenchKeys, BenchLabel, config, cycle, envelopes, orders};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use wayseal::batch::order::Order;
use wayseal::label::{Canvas, Codes, Composer, Dpi, Format, Page, PrintJob, Template};

const KINDS: [(&str, (u32, u32), Dpi); 3] = [
    ("76x130/203", Page::SMALL, Dpi::D203),
    ("100x150/203", Page::MEDIUM, Dpi::D203),
    ("100x180/300", Page::LARGE, Dpi::D300),
];
const COUNT: usize = 120;

fn composer(size: (u32, u32), dpi: Dpi) -> Composer {
    Composer::new(&Template::default(), Page::new(size, dpi), Vec::new()).unwrap()
}

/// Labels of one page size.
struct Labels {
    composer: Composer,
    labels: Vec<(Order, BenchLabel)>,
    pages: Vec<Canvas>,
    usual: Vec<(usual::UsualPage, String)>,
}

impl Labels {
    fn new(size: (u32, u32), dpi: Dpi) -> Self {
        let keys = BenchKeys::default();
        let mut composer = composer(size, dpi);
        let mut labels = Vec::new();
        let (mut pages, mut usual) = (Vec::new(), Vec::new());
        for order in orders(COUNT) {
            let label = BenchLabel::new(&keys, &order);
            // Skip pages that are too small for an order's text: refusals are not measured.
            let Ok(composed) = composer.compose(&label.content(&order)) else { continue };
            let (canvas, symbol) = (composed.canvas, composed.symbol);
            let place = [symbol.x as u32, symbol.y as u32, symbol.choice.dots.min(4)];
            let page = usual::UsualPage::new(canvas.bits(), canvas.stride(), canvas.width(), place);
            usual.push((page, symbol.text.clone()));
            pages.push(canvas.clone());
            labels.push((order, label));
        }
        assert!(labels.len() > COUNT / 2, "too few labels fit");
        Self { composer, labels, pages, usual }
    }
}

fn compose(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("compose");
    group.throughput(Throughput::Elements(1));
    for (kind, size, dpi) in KINDS {
        let Labels { mut composer, labels, pages, .. } = Labels::new(size, dpi);
        group.bench_function(BenchmarkId::new("compose", kind), |b| {
            let mut next = cycle(&labels);
            b.iter(|| {
                let (order, label) = next();
                composer.compose(&label.content(order)).map(|label| label.missing)
            });
        });
        group.bench_function(BenchmarkId::new("floor: copy of a page", kind), |b| {
            let mut next = cycle(&pages);
            let mut page = pages[0].clone();
            b.iter(|| page.copy_from(next()));
        });
    }
    group.finish();
}

fn png(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("png");
    group.throughput(Throughput::Elements(1));
    for (kind, size, dpi) in KINDS {
        let Labels { pages, usual, .. } = Labels::new(size, dpi);
        let page = Page::new(size, dpi);
        group.bench_function(BenchmarkId::new("ours, 1 bit", kind), |b| {
            let mut next = cycle(&pages);
            b.iter(|| wayseal::label::png::encode(next(), &page));
        });
        group.bench_function(BenchmarkId::new("floor: rows compared, CRC-32 of 12 KB", kind), |b| {
            let mut next = cycle(&pages);
            b.iter(|| {
                let page = next();
                let mut rows = page.bits().chunks_exact(page.stride());
                let mut above = rows.next();
                let changed = rows.filter(|row| above.replace(row) != Some(row)).count();
                (changed, crc32fast::hash(&page.bits()[..12_000]))
            });
        });
        group.bench_function(BenchmarkId::new("png crate, 1 bit, Up, fdeflate", kind), |b| {
            let mut next = cycle(&pages);
            b.iter(|| png_crate(next()));
        });
        group.sample_size(10);
        group.bench_function(BenchmarkId::new("image crate as it comes, 8 bit", kind), |b| {
            let mut next = cycle(&usual);
            b.iter(|| usual::encode(next().0.blank()));
        });
    }
    group.finish();
}

fn png_crate(page: &Canvas) -> Vec<u8> {
    let mut out = Vec::with_capacity(32 * 1024);
    let mut encoder = png::Encoder::new(&mut out, page.width() as u32, page.height() as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    encoder.set_filter(png::Filter::Up);
    encoder.set_deflate_compression(png::DeflateCompression::FdeflateUltraFast);
    let mut writer = encoder.write_header().unwrap();
    let white: Vec<u8> = page.bits().iter().map(|byte| !byte).collect();
    writer.write_image_data(&white).unwrap();
    writer.finish().unwrap();
    out
}

fn backends(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("backends");
    let (kind, size, dpi) = KINDS[1];
    let Labels { mut composer, labels, .. } = Labels::new(size, dpi);
    for format in Format::ALL {
        for (codes, drawn) in [(Codes::Dots, "dots"), (Codes::Native, "own codes")] {
            let job = match (codes, format.language()) {
                (Codes::Dots, _) => None,
                (Codes::Native, Some(language)) => Some(PrintJob::stream(language)),
                (Codes::Native, None) => continue,
            };
            let (order, label) = &labels[0];
            let bytes =
                format.encode(&composer.compose(&label.content(order)).unwrap(), codes).unwrap().len();
            group.throughput(Throughput::Bytes(bytes as u64));
            let mut next = cycle(&labels);
            let id = BenchmarkId::new(format!("compose and {format}, {drawn}"), kind);
            let Some(mut job) = job else {
                group.bench_function(id, |b| {
                    b.iter(|| {
                        let (order, label) = next();
                        format.encode(&composer.compose(&label.content(order)).unwrap(), codes)
                    });
                });
                continue;
            };
            // In a stream the printer stores glyphs, so a single label has no fixed size.
            let mut out = Vec::new();
            group.throughput(Throughput::Elements(1));
            group.bench_function(id, |b| {
                b.iter(|| {
                    let (order, label) = next();
                    out.clear();
                    assert!(job.add(&composer.sketch(&label.content(order)).unwrap(), &mut out));
                    out.len()
                });
            });
        }
    }
    group.finish();
}

/// From an order to a finished PNG. The common way starts from a finished payload and gets its text for free.
fn label(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("label");
    group.throughput(Throughput::Elements(1));
    let keys = BenchKeys::default();
    for (kind, size, dpi) in KINDS {
        let Labels { mut composer, labels, usual, .. } = Labels::new(size, dpi);
        group.bench_function(BenchmarkId::new("order to PNG", kind), |b| {
            let mut next = cycle(&labels);
            b.iter(|| {
                let (order, _) = next();
                let label = BenchLabel::new(&keys, order);
                Format::Png.encode(&composer.compose(&label.content(order)).unwrap(), Codes::Dots)
            });
        });
        group.bench_function(BenchmarkId::new("payload and masks to PNG", kind), |b| {
            let contents: Vec<_> = labels.iter().map(|(order, label)| label.content(order)).collect();
            let mut next = cycle(&contents);
            b.iter(|| Format::Png.encode(&composer.compose(next()).unwrap(), Codes::Dots));
        });
        group.sample_size(10);
        group.bench_function(BenchmarkId::new("usual way: QrCode::new, 8 bit, image's PNG", kind), |b| {
            let mut next = cycle(&usual);
            b.iter(|| {
                let (page, payload) = next();
                black_box(page.finish(payload.as_bytes()))
            });
        });
        // Their codes are larger, so their modules have fewer dots.
        let order_and_page = |dots| -> Vec<_> {
            let pages = labels.iter().zip(&usual);
            pages.map(|((order, _), (page, _))| (order, page.with_dots(dots))).collect()
        };
        group.bench_function(BenchmarkId::new("usual way with CBOR, COSE_Encrypt0, Base45", kind), |b| {
            let pages = order_and_page(3);
            let mut next = cycle(&pages);
            let mut number = 0;
            b.iter(|| {
                let (order, page) = next();
                number += 1;
                black_box(page.finish(envelopes::cose(order, &[7; 32], number).as_bytes()))
            });
        });
        group.bench_function(BenchmarkId::new("usual way with CBOR, age, Base45", kind), |b| {
            let recipient = age::x25519::Identity::generate().to_public();
            let pages = order_and_page(2);
            let mut next = cycle(&pages);
            b.iter(|| {
                let (order, page) = next();
                black_box(page.finish(envelopes::age(order, &recipient).as_bytes()))
            });
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = config();
    targets = compose, png, backends, label
}
criterion_main!(benches);
