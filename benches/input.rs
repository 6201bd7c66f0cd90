//! Parsing of input rows to orders, on one core: `cargo bench --bench input`.

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use encoding_rs::GB18030;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Cursor;
use wayseal::batch::columns::{ColumnChoices, Mapping};
use wayseal::batch::input::RowSource;
use wayseal::batch::order::Order;
use wayseal::batch::recipient::ReadingRules;
use wayseal::batch::stations::Stations;

const ROWS: u64 = 20_000;
const KEYS: [&str; 8] = ["waybill", "station", "name", "phone", "province", "city", "district", "detail"];

/// The cells of distinct orders.
fn rows() -> impl Iterator<Item = [String; 8]> {
    (0..ROWS).map(|number| {
        let spread = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        [
            format!("YT88{:011}", spread % 99_999_999_999),
            "S1".to_owned(),
            ["王芳", "李伟", "欧阳娜娜", "张敏"][(spread >> 40) as usize % 4].to_owned(),
            format!("138{:08}", spread % 99_999_999),
            "浙江省".to_owned(),
            "绍兴市".to_owned(),
            "新昌县".to_owned(),
            format!("人民路{}号{}栋{}室", spread % 997, number % 31, spread % 2903),
        ]
    })
}

fn csv() -> String {
    let mut text = KEYS.join(",");
    text.push('\n');
    rows().for_each(|row| writeln!(text, "{}", row.join(",")).unwrap());
    text
}

fn jsonl() -> String {
    let mut text = String::new();
    for row in rows() {
        let fields: Vec<String> =
            KEYS.iter().zip(&row).map(|(key, cell)| format!("\"{key}\":\"{cell}\"")).collect();
        writeln!(text, "{{{}}}", fields.join(",")).unwrap();
    }
    text
}

fn input(criterion: &mut Criterion) {
    let stations = Stations::parse(b"code,region,site\nS1,7,9\n").unwrap();
    let mut group = criterion.benchmark_group("input");
    group.throughput(Throughput::Elements(ROWS));
    let csv = csv();
    let (gb18030, _, _) = GB18030.encode(&csv);
    for (name, content) in [
        ("csv_utf8", csv.clone().into_bytes()),
        ("csv_gb18030", gb18030.into_owned()),
        ("jsonl", jsonl().into_bytes()),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter_batched(
                || content.clone(),
                |content| {
                    let mut source = RowSource::stream(Box::new(Cursor::new(content))).unwrap();
                    let mapping = Mapping::new(source.header(), &ColumnChoices::default()).unwrap();
                    let mut orders = 0;
                    while let Some(row) = source.next_row() {
                        black_box(
                            Order::new(&mapping, &stations, ReadingRules::default(), row.unwrap()).unwrap(),
                        );
                        orders += 1;
                    }
                    assert_eq!(orders, ROWS);
                },
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, input);
criterion_main!(benches);
