//! Throughput of a batch, from a file of orders to framed labels, on one core and on two: `cargo bench --bench
//! batch`. `benches/batch.sh` times the whole command, disk writes and syncs included.

mod common;

use common::{config, csv, envelopes};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue};
use wayseal::authority::root::Root;
use wayseal::batch::columns::{ColumnChoices, Mapping};
use wayseal::batch::input::RowSource;
use wayseal::batch::make::ProductKind;
use wayseal::batch::order::Order;
use wayseal::batch::output::ContainerKind;
use wayseal::batch::pipeline::{BatchPlan, OrderFile, RowOutcome, run};
use wayseal::batch::press::SealingKeys;
use wayseal::batch::recipient::ReadingRules;
use wayseal::batch::stations::Stations;
use wayseal::keys::{Day, SealerId};
use wayseal::label::{Codes, Dpi, Format, Page, Template};
use wayseal::signed::grant::Grant;

const DAY: Day = Day::new(2519);
const ROWS: usize = 10_000;
const STATIONS: &[u8] = include_bytes!("../samples/stations.csv");

/// A sealer's grant for one day and all stations.
fn grant(stations: &Stations) -> Grant {
    let destinations: Vec<_> = stations.all().iter().map(|it| (it.region, it.site)).collect();
    let scope = Scope::Sealer { sealer: SealerId::new(7).unwrap(), destinations: &destinations };
    let issued = (u64::from(DAY.number()) + Day::UNIX_OFFSET) * 86_400;
    let root = Root::generate(0).unwrap();
    issue(&root, GrantTerms::new("sealer-7", 1, issued), &scope, Days::from(DAY, 1), Limits::Kept).unwrap()
}

fn batch(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("batch");
    group.sample_size(10).throughput(Throughput::Elements(ROWS as u64));
    let stations = Stations::parse(STATIONS).unwrap();
    let desk = SealingKeys::new(&grant(&stations), DAY).unwrap();
    let template = Template::default();
    let file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    std::fs::write(file.path(), csv(ROWS)).unwrap();
    let inputs = [OrderFile::new(file.path().to_owned())];
    let ways = [
        (ProductKind::label(Format::Png), ContainerKind::Zip),
        (ProductKind::label(Format::Zpl), ContainerKind::Stream),
        (ProductKind::label(Format::Tspl), ContainerKind::Stream),
        (ProductKind::Label(Format::Zpl, Codes::Native), ContainerKind::Stream),
        (ProductKind::Label(Format::Tspl, Codes::Native), ContainerKind::Stream),
        (ProductKind::Payload, ContainerKind::Lines),
    ];
    for (make, kind) in ways {
        for jobs in [1, 2] {
            let page = Page::new(Page::MEDIUM, Dpi::D203);
            let mut plan = BatchPlan::new(&inputs, &stations, &desk, &template, page, make, kind);
            plan.jobs = jobs;
            group.bench_function(BenchmarkId::new(make.to_string(), format!("{jobs} jobs")), |b| {
                b.iter(|| {
                    let mut labels = 0;
                    run(&plan, &mut |done| {
                        labels +=
                            done.outcomes.iter().filter(|it| matches!(it, RowOutcome::Label(_))).count();
                        black_box(&done.bytes);
                        true
                    })
                    .unwrap();
                    assert_eq!(labels, ROWS);
                });
            });
        }
    }
    // Only the unavoidable work, and a competitor that seals the same orders without drawing them.
    group.bench_function("floor: rows to orders/1 job", |b| {
        b.iter(|| {
            let mut source = RowSource::open(file.path()).unwrap();
            let mapping = Mapping::new(source.header(), &ColumnChoices::default()).unwrap();
            let mut orders = 0;
            while let Some(row) = source.next_row() {
                orders += usize::from(
                    Order::new(&mapping, &stations, ReadingRules::default(), row.unwrap()).is_ok(),
                );
            }
            assert_eq!(orders, ROWS);
        });
    });
    let orders = common::orders(ROWS);
    group.bench_function("CBOR, COSE_Encrypt0, Base45, nothing parsed or drawn/1 job", |b| {
        b.iter(|| {
            let sealed =
                orders.iter().zip(1..).map(|(order, number)| envelopes::cose(order, &[7; 32], number));
            sealed.map(|text| text.len()).sum::<usize>()
        });
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = config();
    targets = batch
}
criterion_main!(benches);
