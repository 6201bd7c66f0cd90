//! Encoding of a payload text as modules, compared with other encoders of the same symbol: `cargo bench --bench
//! symbol`.
//!
//! Each iteration uses another text, since a repeated text would train the branch predictor.
#![allow(missing_docs)]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use wayseal::label::reference;
use wayseal::symbol::{EcLevel, MaskPattern, Symbol, SymbolTemplate, Version};

/// The payload sizes, with the symbols that a label uses for them.
const KINDS: [(usize, u8, EcLevel); 5] = [
    (121, 5, EcLevel::M),
    (154, 6, EcLevel::M),
    (154, 8, EcLevel::Q),
    (220, 8, EcLevel::M),
    (310, 10, EcLevel::M),
];

fn texts(len: usize) -> Vec<String> {
    let mut state = 1u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let alphabet = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
        char::from(alphabet[(state >> 33) as usize % 45])
    };
    (0..64).map(|_| "WS1:".chars().chain((4..len).map(|_| next())).collect()).collect()
}

fn symbol(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("symbol");
    for (chars, number, level) in KINDS {
        let version = Version::new(number).expect("a version of this crate");
        let kind = format!("{version}-{level}/{chars}");
        let texts = texts(chars);
        let mut cycle = texts.iter().cycle();
        let mut text = || black_box(cycle.next().expect("a cycle has no end").as_str());
        group.throughput(Throughput::Elements(1));

        let template = SymbolTemplate::new(version, level, MaskPattern::DEFAULT);
        group.bench_function(BenchmarkId::new("template", &kind), |b| {
            b.iter(|| template.encode(text().as_bytes()));
        });
        group.bench_function(BenchmarkId::new("once", &kind), |b| {
            b.iter(|| Symbol::encode(text().as_bytes(), version, level, MaskPattern::DEFAULT));
        });
        group.bench_function(BenchmarkId::new("qrcode parts, one mask", &kind), |b| {
            b.iter(|| reference::encode(text().as_bytes(), version, level, MaskPattern::DEFAULT));
        });
        group.bench_function(BenchmarkId::new("QrCode::with_version", &kind), |b| {
            let level = [qrcode::EcLevel::L, qrcode::EcLevel::M, qrcode::EcLevel::Q, qrcode::EcLevel::H]
                [level as usize];
            let version = qrcode::Version::Normal(i16::from(number));
            b.iter(|| qrcode::QrCode::with_version(text(), version, level));
        });
        group.bench_function(BenchmarkId::new("fast_qr", &kind), |b| {
            let level = [fast_qr::ECL::L, fast_qr::ECL::M, fast_qr::ECL::Q, fast_qr::ECL::H][level as usize];
            b.iter(|| {
                fast_qr::QRBuilder::new(text())
                    .ecl(level)
                    .mask(fast_qr::Mask::VerticalLines)
                    .build()
                    .map(|code| code.size)
            });
        });
        group.bench_function(BenchmarkId::new("qrcodegen, one mask", &kind), |b| {
            use qrcodegen::{QrCode, QrCodeEcc, QrSegment};
            let level =
                [QrCodeEcc::Low, QrCodeEcc::Medium, QrCodeEcc::Quartile, QrCodeEcc::High][level as usize];
            let version = qrcodegen::Version::new(number);
            b.iter(|| {
                let segments = [QrSegment::make_alphanumeric(text())];
                let mask = Some(qrcodegen::Mask::new(2));
                QrCode::encode_segments_advanced(&segments, level, version, version, mask, false)
            });
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(std::time::Duration::from_millis(300))
        .measurement_time(std::time::Duration::from_millis(700));
    targets = symbol
}
criterion_main!(benches);
