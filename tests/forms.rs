//! Forms of CSV as shops, spreadsheets and old machines write them.

use std::io::Cursor;
use std::num::NonZero;
use wayseal::batch::input::{InputError, InputOptions, InputRemark, RowSource};

fn open(content: &[u8], options: &InputOptions) -> Result<RowSource, InputError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("orders");
    std::fs::write(&path, content).unwrap();
    let file = RowSource::open_as(&path, options);
    let stream = RowSource::stream_as(Box::new(Cursor::new(content.to_vec())), options);
    assert_eq!(
        file.as_ref().map(|source| source.header().to_vec()).map_err(ToString::to_string),
        stream.map(|source| source.header().to_vec()).map_err(|error| error.to_string())
    );
    file
}

/// The header, the remarks, and the line and first two cells of each row.
/// Line and first two cells of each row.
type Lines = Vec<(u64, [String; 2])>;

fn read(content: &str, options: &InputOptions) -> (Vec<String>, Vec<InputRemark>, Lines) {
    let source = open(content.as_bytes(), options).unwrap();
    let (header, remarks) = (source.header().to_vec(), source.remarks().to_vec());
    let rows = source
        .map(|row| {
            let row = row.unwrap();
            assert_eq!(row.fault, None, "line {}", row.line);
            (row.line, [row.cell(0).to_owned(), row.cell(1).to_owned()])
        })
        .collect();
    (header, remarks, rows)
}

fn rows(content: &str) -> Vec<(u64, [String; 2])> {
    read(content, &InputOptions::default()).2
}

fn row(line: u64, first: &str, second: &str) -> (u64, [String; 2]) {
    (line, [first.to_owned(), second.to_owned()])
}

#[test]
fn lines_may_end_with_any_line_end_and_the_last_with_none() {
    for end in ["\n", "\r\n", "\r"] {
        for last in ["", end] {
            let text = ["waybill,name", "1,\"a,b\"", "2,王芳"].join(end) + last;
            assert_eq!(rows(&text), [row(2, "1", "a,b"), row(3, "2", "王芳")], "{end:?}");
        }
    }
    let (gb18030, ..) = encoding_rs::GB18030.encode("运单号,收件人\r1,王芳\r2,李伟\r");
    let source = open(&gb18030, &InputOptions::default()).unwrap();
    assert_eq!(source.lines(), Some(4));
    assert_eq!(source.map(|row| row.unwrap().cell(1).to_owned()).collect::<Vec<_>>(), ["王芳", "李伟"]);
}

#[test]
fn the_separator_is_found_or_said_by_the_first_line() {
    for separator in [",", ";", "\t", "|"] {
        let text = ["waybill,name", "1,a", "2,b"].join("\n").replace(',', separator);
        assert_eq!(rows(&text), [row(2, "1", "a"), row(3, "2", "b")], "{separator:?}");
        for line in [
            format!("sep={separator}\r\n"),
            format!("\u{feff}SEP={separator}\n"),
            format!("\"sep={separator}\"\n"),
        ] {
            assert_eq!(rows(&(line.clone() + &text)), [row(3, "1", "a"), row(4, "2", "b")], "{line:?}");
        }
    }
    assert_eq!(rows("sep=^\nwaybill^name\n1^a,b;c|d\n"), [row(3, "1", "a,b;c|d")]);
    // The names of columns decide, not how often a character occurs in them.
    assert_eq!(rows("运单号;收件人(a,b,c,d)\n1;x\n"), [row(2, "1", "x")]);
}

#[test]
fn a_file_with_a_header_and_no_rows_is_an_error() {
    for content in [
        "waybill,name\n",
        "waybill,name",
        "waybill;name\r\n;\r\n\r\n",
        "sep=;\nwaybill;name\n",
        "题目\nwaybill,name\n",
    ] {
        let refused = open(content.as_bytes(), &InputOptions::default()).err();
        assert!(matches!(refused, Some(InputError::NoRows)), "{content:?}: {refused:?}");
    }
}

#[test]
fn rows_above_the_header_are_told_and_not_read() {
    let table = "运单号,网点,收件人\n1,A,王芳\n";
    for (titles, count) in [
        ("某某旗舰店发货单\n", 1),
        ("某某旗舰店发货单,,\n导出时间,2026-11-29,\n\n", 2),
        ("\"标题\n两行\"\n店铺;甲;乙\n", 2),
    ] {
        let (header, remarks, rows) = read(&format!("{titles}{table}"), &InputOptions::default());
        assert_eq!(header, ["运单号", "网点", "收件人"]);
        assert_eq!(remarks, [InputRemark::TitleRows { rows: count }]);
        let line = titles.matches('\n').count() as u64 + 2;
        assert_eq!(rows, [row(line, "1", "A")]);
    }
    assert!(read(table, &InputOptions::default()).1.is_empty());
    // More than twenty rows above it are no titles.
    let far = format!("{}{table}", "甲,乙\n".repeat(21));
    assert_eq!(open(far.as_bytes(), &InputOptions::default()).unwrap().header(), ["甲", "乙"]);
}

#[test]
fn the_header_is_found_by_names_that_were_chosen() {
    let mut options = InputOptions::default();
    options.names = vec!["No.".to_owned(), "Tel".to_owned()];
    let (header, remarks, _) = read("Report\nNo.,Tel\n1,2\n", &options);
    assert_eq!(header, ["No.", "Tel"]);
    assert_eq!(remarks, [InputRemark::TitleRows { rows: 1 }]);
}

#[test]
fn the_row_of_the_header_can_be_said() {
    let mut options = InputOptions::default();
    options.header_row = NonZero::new(3);
    let (header, _, rows) = read("waybill,name\nx,y\nA|B\n1|2\n", &options);
    assert_eq!(header, ["A", "B"]);
    assert_eq!(rows, [row(4, "1", "2")]);
    options.header_row = NonZero::new(9);
    let refused = open(b"waybill,name\nx,y\n", &options).err();
    assert!(matches!(refused, Some(InputError::NoHeaderRow)), "{refused:?}");
}
