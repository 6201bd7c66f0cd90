//! Orders in Parquet, as databases export them; the test files are written by the library's writer.

mod common;

use common::command::printed;
use common::print_room::PrintRoom;
use parquet::basic::{Compression, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use wayseal::batch::input::{InputError, RowSource};

const COUNT: usize = 700;

/// Orders in row groups of 300: stations in a dictionary, phones as integers, no phone in every tenth row.
fn write(path: &Path, compression: Compression) {
    let schema = "message orders {
        required binary 运单号 (UTF8); required binary 网点 (UTF8); required binary 收件人 (UTF8);
        optional int64 手机; required binary 详细地址 (UTF8);
        optional double 重量; optional int32 金额 (DECIMAL(9, 2)); }";
    let properties =
        WriterProperties::builder().set_compression(compression).set_dictionary_enabled(true).build();
    let mut file = SerializedFileWriter::new(
        File::create(path).unwrap(),
        Arc::new(parse_message_type(schema).unwrap()),
        Arc::new(properties),
    )
    .unwrap();
    for rows in (0..COUNT).collect::<Vec<_>>().chunks(300) {
        let mut group = file.next_row_group().unwrap();
        let mut at = 0;
        while let Some(mut column) = group.next_column().unwrap() {
            let phoned = |row: &&usize| *row % 10 != 9;
            let there: Vec<i16> = rows.iter().map(|row| i16::from(phoned(&row))).collect();
            let text = |of: &dyn Fn(usize) -> String| -> Vec<ByteArray> {
                rows.iter().map(|&row| of(row).into_bytes().into()).collect()
            };
            match column.untyped() {
                ColumnWriter::ByteArrayColumnWriter(writer) => {
                    let values = match at {
                        0 => text(&|row| format!("YT66{}", 73_519_260_000 + row as u64)),
                        1 => text(&|row| ["SZ-NS-012", "XX-00"][usize::from(row == 420)].to_owned()),
                        2 => text(&|row| ["王芳", "欧阳娜娜"][row % 2].to_owned()),
                        _ => text(&|row| format!("人民路{row}号")),
                    };
                    writer.write_batch(&values, None, None).unwrap();
                }
                ColumnWriter::Int64ColumnWriter(writer) => {
                    let phones: Vec<i64> =
                        rows.iter().filter(phoned).map(|&row| 13_800_000_000 + row as i64).collect();
                    writer.write_batch(&phones, Some(&there), None).unwrap();
                }
                ColumnWriter::DoubleColumnWriter(writer) => {
                    writer.write_batch(&vec![1e16; rows.len()], Some(&vec![1; rows.len()]), None).unwrap();
                }
                ColumnWriter::Int32ColumnWriter(writer) => {
                    writer.write_batch(&vec![-1250; rows.len()], Some(&vec![1; rows.len()]), None).unwrap();
                }
                _ => unreachable!("a type that the schema has not"),
            }
            column.close().unwrap();
            at += 1;
        }
        group.close().unwrap();
    }
    file.close().unwrap();
}

#[test]
fn every_value_is_given_as_text_in_each_compression() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("orders.parquet");
    let zstd = Compression::ZSTD(ZstdLevel::default());
    for compression in [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::LZ4_RAW, zstd] {
        write(&path, compression);
        let mut source = RowSource::open(&path).unwrap();
        assert_eq!(source.header(), ["运单号", "网点", "收件人", "手机", "详细地址", "重量", "金额"]);
        assert_eq!(source.lines(), Some(COUNT as u64));
        for at in 0..COUNT {
            let row = source.next_row().unwrap().unwrap();
            let phone = if at % 10 == 9 { String::new() } else { (13_800_000_000 + at as u64).to_string() };
            let station = if at == 420 { "XX-00" } else { "SZ-NS-012" };
            let name = ["王芳", "欧阳娜娜"][at % 2];
            let (waybill, address) = (format!("YT66{}", 73_519_260_000 + at as u64), format!("人民路{at}号"));
            let cells: Vec<&str> = row.cells().collect();
            assert_eq!(
                cells,
                [&waybill, station, name, &phone, &address, "1.00000E+16", "-12.5"],
                "row {at}"
            );
            assert_eq!(row.line, at as u64 + 1);
        }
        assert!(source.next_row().is_none());
    }
}

#[test]
fn orders_are_sealed_and_what_is_rejected_is_csv() {
    let room = PrintRoom::new();
    write(&room.at("orders.parquet"), Compression::SNAPPY);
    let said =
        printed(&room.sealed(&["orders.parquet", "--out", "out.jsonl", "--allow-missing", "phone"], 1));
    assert!(said.contains("700 orders = 699 labels + 1 rejected"), "{said}");
    assert_eq!(fs::read_to_string(room.at("out.jsonl")).unwrap().lines().count(), 699);
    let rejects = fs::read_to_string(room.at("out.jsonl.rejects.csv")).unwrap();
    assert!(
        rejects.starts_with("\u{feff}运单号,网点")
            && rejects.contains("\nYT6673519260420,XX-00,王芳,13800000420")
    );
}

/// With any byte changed, reading terminates, with rows or with an error that names the place.
#[test]
fn damage_is_an_error_with_its_row_and_column_and_never_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("orders.parquet");
    write(&path, Compression::SNAPPY);
    let whole = fs::read(&path).unwrap();
    let (mut pages, mut ends) = (0, 0);
    for at in (0..whole.len()).step_by(whole.len() / 300) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0xff;
        fs::write(&path, &damaged).unwrap();
        let outcome = RowSource::open(&path).and_then(|mut source| source.try_for_each(|row| row.map(drop)));
        match outcome {
            Ok(()) => {}
            Err(InputError::ParquetPage { row, column }) => {
                assert!((1..=COUNT as u64).contains(&row) && !column.is_empty());
                pages += 1;
            }
            Err(InputError::ParquetEnd) => ends += 1,
            // The format is detected from the first bytes, and the names of columns are in the footer.
            Err(_) if at < 4 || at > whole.len() * 2 / 3 => {}
            Err(error) => panic!("byte {at}: {error}"),
        }
    }
    assert!(pages > 20 && ends > 5, "{pages} in pages, {ends} in ends");
    for cut in [8, whole.len() / 2, whole.len() - 1] {
        fs::write(&path, &whole[..cut]).unwrap();
        assert!(matches!(RowSource::open(&path), Err(InputError::ParquetEnd)));
    }
}
