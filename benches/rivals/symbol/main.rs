//! Encoding of a payload text as modules, with libqrencode in the same run: `cargo bench --manifest-path
//! benches/rivals/Cargo.toml --bench symbol`.
//!
//! libqrencode tries eight mask patterns, like `QrCode::with_version`. Ours uses one, since a payload is random
//! already. Before measuring, the symbol of each encoder is compared module for module with our eight.

mod libqrencode;
#[allow(dead_code)]
#[path = "../../../src/cli/commands/bench/work.rs"]
mod work;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use wayseal::symbol::{EcLevel, MaskPattern, Symbol, SymbolTemplate, Version};
use work::{Keys, orders};

/// Lengths of a payload's text with the version and level that a label uses for it.
const KINDS: [(usize, u8, Level); 3] = [(121, 5, EcLevel::M), (154, 6, EcLevel::M), (220, 8, EcLevel::M)];

fn symbol(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("symbol");
    group.throughput(Throughput::Elements(1));
    let keys = Keys::default();
    let all: Vec<_> = orders(480).iter().map(|order| keys.seal(order)).collect();
    for (chars, number, level) in KINDS {
        let texts: Vec<_> =
            all.iter().map(|text| text.as_bytes()).filter(|text| text.len() == chars).take(64).collect();
        if texts.is_empty() {
            continue;
        }
        let version = Version::new(number).unwrap();
        let kind = format!("{version}-{level}/{chars}");
        let qrcode_version = qrcode::Version::Normal(number.into());
        let qrcode_level =
            [qrcode::EcLevel::L, qrcode::EcLevel::M, qrcode::EcLevel::Q, qrcode::EcLevel::H][level as usize];
        for text in &texts {
            let c = libqrencode::Symbol::encode(text, number, level as u8).unwrap();
            assert_is_ours(text, version, level, c.size(), |x, y| c.is_dark(x, y));
            let code = qrcode::QrCode::with_version(text, qrcode_version, qrcode_level).unwrap();
            let dark = |x, y| code[(x, y)] == qrcode::Color::Dark;
            assert_is_ours(text, version, level, code.width(), dark);
        }
        let mut cycle = texts.iter().cycle();
        let mut text = || black_box(*cycle.next().unwrap());
        let template = SymbolTemplate::new(version, level, MaskPattern::DEFAULT);
        group.bench_function(BenchmarkId::new("wayseal::symbol::Template, one mask", &kind), |b| {
            b.iter(|| template.encode(text()));
        });
        group.bench_function(BenchmarkId::new("wayseal::symbol::Symbol, one mask", &kind), |b| {
            b.iter(|| Symbol::encode(text(), version, level, MaskPattern::DEFAULT));
        });
        group.bench_function(BenchmarkId::new("libqrencode, best of eight masks", &kind), |b| {
            b.iter(|| libqrencode::Symbol::encode(text(), number, level as u8).unwrap());
        });
        group.bench_function(BenchmarkId::new("qrcode, best of eight masks", &kind), |b| {
            b.iter(|| qrcode::QrCode::with_version(text(), qrcode_version, qrcode_level));
        });
        group.bench_function(BenchmarkId::new("floor: copy of the rows", &kind), |b| {
            let symbol = template.encode(texts[0]).unwrap();
            b.iter(|| black_box(symbol.rows()).to_vec());
        });
    }
    group.finish();
}

/// Checks that a symbol equals one of our eight for the text.
fn assert_is_ours(
    text: &[u8],
    version: Version,
    level: Level,
    size: usize,
    dark: impl Fn(usize, usize) -> bool,
) {
    let same = MaskPattern::all().any(|mask| {
        let ours = Symbol::encode(text, version, level, mask).unwrap();
        assert_eq!(ours.size(), size);
        (0..size).all(|y| (0..size).all(|x| ours.is_dark(x, y) == dark(x, y)))
    });
    assert!(same, "{version}-{level}: none of our masks gives this symbol");
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
