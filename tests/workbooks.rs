//! Workbooks as people have them: sheets, hidden rows, merged cells, dates; and workbooks made to exhaust memory.

pub mod book;
mod compound;

use book::{Ods, Xlsx, cell};
use compound::Xls;
use std::io::Read as _;
use std::path::PathBuf;
use wayseal::batch::input::{FileForm, InputError, InputOptions, InputRemark, RowFault, RowSource};

/// A file in a folder that lasts as long as it.
struct Saved(tempfile::TempDir);

impl Saved {
    fn new(content: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("book"), content).unwrap();
        Self(folder)
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("book")
    }
}

fn open(content: &[u8], sheet: Option<&str>) -> Result<RowSource, InputError> {
    let mut options = InputOptions::default();
    options.sheet = sheet.map(str::to_owned);
    RowSource::open_as(&Saved::new(content).path(), &options)
}

fn refusal(content: &[u8]) -> InputError {
    match open(content, None) {
        Err(error) => error,
        Ok(mut source) => source.find_map(Result::err).expect("the workbook is read"),
    }
}

type ReadRow = (u64, Option<RowFault>, Vec<String>);

fn rows(source: RowSource) -> Vec<ReadRow> {
    source
        .map(|row| {
            let row = row.unwrap();
            (row.line, row.fault, row.cells().map(str::to_owned).collect())
        })
        .collect()
}

fn row(line: u64, cells: &[&str]) -> ReadRow {
    (line, None, cells.iter().map(|cell| (*cell).to_owned()).collect())
}

const HEADER: &str = "<row r=\"1\"><c t=\"inlineStr\"><is><t>运单号</t></is></c><c t=\"inlineStr\"><is><t>收件人</t></is></c><c t=\"inlineStr\"><is><t>手机</t></is></c></row>";

#[test]
fn an_xlsx_gives_its_rows_and_no_digit_that_excel_made_up() {
    let sheet = format!(
        "{HEADER}<row r=\"4\"><c r=\"A4\" t=\"s\"><v>1</v></c><c r=\"B4\" t=\"s\"><v>0</v></c><c r=\"C4\"><v>1.3812345678E10</v></c></row>\
         <row><c r=\"C5\"><v>6932171234567890123</v></c></row>\
         <row r=\"7\"><c r=\"A7\" t=\"str\"><f>1</f><v>x&amp;&#65;</v></c><c><f>2</f><v>3</v></c><c t=\"b\"><v>1</v></c></row>"
    );
    let book = Xlsx {
        strings: "<si><t>王_x000D_芳</t></si><si><r><t>YT</t></r><r><t xml:space=\"preserve\">1</t></r><rPh><t>no</t></rPh></si>",
        ..Xlsx::of(&sheet)
    };
    for strict in [false, true] {
        let source = open(&Xlsx { strict, ..book.clone() }.bytes(), None).unwrap();
        assert_eq!(source.form(), FileForm::Xlsx);
        assert_eq!(source.header(), ["运单号", "收件人", "手机"]);
        assert_eq!(source.lines(), Some(7));
        assert_eq!(
            rows(source),
            [
                row(4, &["YT1", "王\r芳", "13812345678"]),
                row(5, &["", "", "6.93217E+18"]),
                row(7, &["x&A", "3", "TRUE"])
            ]
        );
    }
    let bytes = book.bytes();
    assert!(matches!(refusal(&bytes[..bytes.len() / 2]), InputError::Workbook));
    let stream = RowSource::stream(Box::new(std::io::Cursor::new(bytes)));
    assert!(matches!(stream, Err(InputError::SheetOnStdin)));
}

#[test]
fn dates_and_padded_numbers_are_as_the_cells_show_them() {
    let styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"m&quot;月&quot;d&quot;日&quot;\"/><numFmt numFmtId=\"165\" formatCode=\"00000\"/></numFmts>\
                  <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs>";
    let sheet = format!(
        "{HEADER}<row><c s=\"1\"><v>46093</v></c><c s=\"2\"><v>46093.25</v></c><c s=\"3\"><v>2134</v></c></row>"
    );
    let source = open(&Xlsx { styles, ..Xlsx::of(&sheet) }.bytes(), None).unwrap();
    assert_eq!(rows(source), [row(2, &["2026-03-12", "2026-03-12 06:00:00", "02134"])]);
}

#[test]
fn rows_whose_text_is_elsewhere_or_nowhere_are_faulty() {
    let sheet = format!(
        "{HEADER}<row><c t=\"inlineStr\"><is><t>1</t></is></c><c><f>A1</f></c></row>\
         <row><c t=\"inlineStr\"><is><t>2</t></is></c><c t=\"e\"><f>A1/0</f><v>#DIV/0!</v></c></row>\
         <row><c t=\"inlineStr\"><is><t>3</t></is></c><c t=\"str\"><f>\"\"</f><v></v></c></row>\
         <row><c t=\"inlineStr\"><is><t>4</t></is></c></row><row><c t=\"inlineStr\"><is><t>5</t></is></c></row>\
         <row><c r=\"A7\" t=\"inlineStr\"><is><t>6</t></is></c><c r=\"AB7\"><v>7</v></c></row>"
    );
    let after = "<mergeCells><mergeCell ref=\"B5:B6\"/><mergeCell ref=\"AA2:AB3\"/></mergeCells>";
    let found = rows(open(&Xlsx { after, ..Xlsx::of(&sheet) }.bytes(), None).unwrap());
    let faults: Vec<_> = found.iter().map(|(line, fault, _)| (*line, *fault)).collect();
    assert_eq!(
        faults,
        [
            (2, Some(RowFault::Formula)),
            (3, None),
            (4, None),
            (5, None),
            (6, Some(RowFault::Merged)),
            (7, Some(RowFault::Cells)),
        ]
    );
    assert_eq!(found[1].2[1], "#DIV/0!");
}

#[test]
fn hidden_rows_and_columns_are_read_and_told() {
    let rows_xml = (2..6).map(|at| {
        format!(
            "<row r=\"{at}\"{}>{}</row>",
            if at % 2 == 0 { " hidden=\"1\"" } else { " hidden=\"0\"" },
            cell("x hidden=\"1\"")
        )
    });
    let sheet = HEADER.to_owned() + &rows_xml.collect::<String>();
    let before = "<cols><col min=\"2\" max=\"2\" hidden=\"true\"/></cols>";
    let source = open(&Xlsx { before, ..Xlsx::of(&sheet) }.bytes(), None).unwrap();
    assert_eq!(
        source.remarks(),
        [InputRemark::HiddenRows { rows: 2 }, InputRemark::HiddenColumns { columns: 1 }]
    );
    assert_eq!(source.count(), 4);
}

#[test]
fn title_rows_are_told_and_a_header_row_can_be_said() {
    let titled = format!("<row>{}</row>", cell("某某旗舰店"))
        + &HEADER.replace("r=\"1\"", "r=\"3\"")
        + &format!("<row>{}{}</row>", cell("1"), cell("王芳"));
    let source = open(&Xlsx::of(&titled).bytes(), None).unwrap();
    assert_eq!(source.remarks(), [InputRemark::TitleRows { rows: 1 }]);
    assert_eq!(rows(source), [row(4, &["1", "王芳"])]);
    let mut options = InputOptions::default();
    options.header_row = std::num::NonZero::new(4);
    let saved = Saved::new(&Xlsx::of(&titled).bytes());
    assert!(matches!(RowSource::open_as(&saved.path(), &options), Err(InputError::NoRows)));
    options.header_row = std::num::NonZero::new(2);
    assert!(matches!(RowSource::open_as(&saved.path(), &options), Err(InputError::NoHeaderRow)));
}

#[test]
fn a_sheet_is_chosen_only_where_no_order_could_be_lost() {
    let orders = format!("{HEADER}<row>{}{}</row>", cell("1"), cell("王芳"));
    let note = format!("<row>{}</row>", cell("请勿修改"));
    let list: String = (0..3).map(|_| format!("<row>{}{}</row>", cell("广东省"), cell("深圳市"))).collect();
    let one = |sheets: &[(&'static str, bool, &str)]| {
        let mut book = Xlsx::of("");
        book.sheets =
            sheets.iter().map(|(name, hidden, sheet)| (*name, *hidden, (*sheet).to_owned())).collect();
        book.bytes()
    };
    let read = |bytes: &[u8], sheet| open(bytes, sheet).map(|source| source.remarks().to_vec());
    let told = |read: &str, others: &[&str]| {
        vec![InputRemark::Sheet {
            read: read.to_owned(),
            others: others.iter().map(|name| (*name).to_owned()).collect(),
        }]
    };
    assert_eq!(read(&one(&[("a", false, &orders), ("b", false, "")]), None).unwrap(), []);
    assert_eq!(
        read(&one(&[("说明", false, &note), ("b", false, &orders)]), None).unwrap(),
        told("b", &["说明"])
    );
    assert_eq!(
        read(&one(&[("a", false, &orders), ("省市", true, &list)]), None).unwrap(),
        told("a", &["省市"])
    );
    for sheets in [
        [("a", false, &*orders), ("b", false, &*orders)],
        [("a", false, &*orders), ("b", false, &*list)],
        [("a", false, &*orders), ("b", true, &*orders)],
        [("a", true, &*orders), ("b", false, &*note)],
    ] {
        let bytes = one(&sheets);
        assert!(matches!(read(&bytes, None), Err(InputError::Sheets(names)) if names == ["a", "b"]));
        assert_eq!(read(&bytes, Some("a")).unwrap(), told("a", &["b"]));
        assert_eq!(read(&bytes, Some("1")).unwrap(), told("a", &["b"]));
        assert!(matches!(read(&bytes, Some("c")), Err(InputError::NoSheet(names)) if names == ["a", "b"]));
        assert!(matches!(read(&bytes, Some("3")), Err(InputError::NoSheet(_))));
    }
}

#[test]
fn an_ods_gives_its_rows_whatever_is_repeated() {
    let text = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let sheet = format!(
        "<table:table-column table:visibility=\"collapse\"/><table:table-row>{}{}{}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"2\" table:visibility=\"filter\">{}{}\
         <table:table-cell office:value-type=\"float\" office:value=\"2134\"><text:p>02134</text:p></table:table-cell></table:table-row>\
         <table:table-row><table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"string\"><office:annotation><text:p>no</text:p></office:annotation><text:p>a<text:s text:c=\"2\"/>b</text:p><text:p>c</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"date\" office:date-value=\"2026-03-12T08:30:00\"><text:p>3/12</text:p></table:table-cell></table:table-row>\
         <table:table-row>{}<table:table-cell table:number-rows-spanned=\"2\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>\
         <table:table-row>{}<table:covered-table-cell/></table:table-row>\
         <table:table-row><table:table-cell table:formula=\"of:=1/0\" office:value-type=\"string\"><text:p>Err:502</text:p></table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048569\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>",
        text("运单号"),
        text("收件人"),
        text("邮编"),
        text("1"),
        text("王芳"),
        text("4"),
        text("5")
    );
    let source = open(&Ods { sheets: vec![("订单", &sheet)] }.bytes(), None).unwrap();
    assert_eq!(source.form(), FileForm::Ods);
    assert_eq!(
        source.remarks(),
        [InputRemark::HiddenRows { rows: 2 }, InputRemark::HiddenColumns { columns: 1 }]
    );
    let found = rows(source);
    let mut expected = vec![
        row(2, &["1", "王芳", "02134"]),
        row(3, &["1", "王芳", "02134"]),
        row(4, &["a  b\nc", "a  b\nc", "2026-03-12 08:30:00"]),
        row(5, &["4", "x"]),
        row(6, &["5"]),
        row(7, &["#VALUE!"]),
    ];
    expected[4].1 = Some(RowFault::Merged);
    assert_eq!(found, expected);
}

#[test]
fn an_xls_gives_its_rows_its_strings_cut_between_records() {
    let long = "长".repeat(5000);
    let mut book = Xls::new();
    book.strings(&["运单号", "收件人", "手机", "YT1", "王芳", "Müller", &long]);
    for (row, cells) in [[0, 1, 2].as_slice(), &[3, 4], &[3, 5], &[3, 6]].into_iter().enumerate() {
        cells.iter().enumerate().for_each(|(column, at)| book.shared(row as u16, column as u16, *at));
    }
    book.number(1, 2, 13_812_345_678.0);
    book.integer(2, 2, 100);
    book.failed(3, 2, 0x17);
    book.hide_row(2);
    book.merge([2, 3, 1, 1]);
    let source = open(&book.bytes(), None).unwrap();
    assert_eq!(source.form(), FileForm::Xls);
    assert_eq!(source.remarks(), [InputRemark::HiddenRows { rows: 1 }]);
    let mut expected = vec![
        row(2, &["YT1", "王芳", "13812345678"]),
        row(3, &["YT1", "Müller", "100"]),
        row(4, &["YT1", &long, "#REF!"]),
    ];
    expected[2].1 = Some(RowFault::Merged);
    assert_eq!(rows(source), expected);
}

#[test]
fn workbooks_with_a_password_and_other_kinds_are_named() {
    let mut book = Xls::new();
    book.strings(&["a", "b"]);
    book.encrypt();
    assert!(matches!(refusal(&book.bytes()), InputError::Locked));
    assert!(matches!(refusal(&Xls::with_stream("EncryptedPackage", &[0; 5000])), InputError::Locked));
    assert!(matches!(refusal(&Xls::with_stream("WordDocument", &[0; 5000])), InputError::OldExcel));
    let binary = Xlsx::of(HEADER).bytes_of("xl/workbook.bin");
    assert!(matches!(refusal(&binary), InputError::BinaryWorkbook));
}

#[test]
fn a_workbook_that_unpacks_without_end_is_refused() {
    // Each is an event without end: text, text that looks like tags, a comment, a value.
    for (begin, again) in [("", "\n"), ("", ">"), ("<!--", "<>"), ("<row r='", "<>"), ("<![CDATA[", "<a>")] {
        let endless = begin.as_bytes().chain(std::io::Cursor::new(again.repeat(3 << 20)));
        let refused = refusal(&Xlsx::of("").bytes_with(&mut { endless }));
        assert!(matches!(refused, InputError::Large), "{begin}{again}: {refused}");
    }
    // So is a gigabyte of empty rows and columns.
    let blank = "<worksheet><sheetData>".as_bytes().chain(std::io::repeat(b' ').take(1 << 20));
    let many = (0..1100).fold(Box::new(blank) as Box<dyn std::io::Read>, |whole, _| {
        Box::new(whole.chain("<x/>".as_bytes()).chain(std::io::repeat(b' ').take(1 << 20)))
    });
    assert!(matches!(refusal(&Xlsx::of("").bytes_with(&mut { many })), InputError::Large));
    let text = format!("{HEADER}<row>{}</row>", cell(&"x".repeat(2 << 20)));
    assert!(matches!(refusal(&Xlsx::of(&text).bytes()), InputError::Large));
}

#[test]
fn a_text_that_a_short_file_repeats_without_end_is_refused() {
    let text = "x".repeat(60_000);
    let row = format!(
        "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell></table:table-row>"
    );
    let header = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>运单号</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><text:p>收件人</text:p></table:table-cell></table:table-row>";
    let sheet = header.to_owned() + &row;
    assert!(matches!(refusal(&Ods { sheets: vec![("s", &sheet)] }.bytes()), InputError::Large));
}

#[test]
fn cells_at_the_end_of_a_sheet_cost_nothing() {
    let far =
        format!("{HEADER}<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row>");
    let found: Vec<_> =
        rows(open(&Xlsx::of(&far).bytes(), None).unwrap()).iter().map(|row| (row.0, row.1)).collect();
    assert_eq!(found, [(1_048_576, Some(RowFault::Cells))]);
    for wrong in [
        "<row r=\"1048577\"/>",
        "<row r=\"1\"/>",
        "<row r=\"x\"/>",
        "<row r=\"2\"><c r=\"XFE2\"><v>1</v></c></row>",
        "<row><c r=\"B2\"><v>1</v></c><c r=\"B2\"><v>1</v></c></row>",
        "<row><c t=\"s\"><v>9</v></c></row>",
        "<row><c><v>no</v></c></row>",
        "<row><c><v>&lol;</v></c></row>",
    ] {
        let sheet = format!("{HEADER}{wrong}");
        assert!(matches!(refusal(&Xlsx::of(&sheet).bytes()), InputError::Workbook), "{wrong}");
    }
}

/// Each byte of small workbooks in turn is damaged: rows or an error, and no panic.
#[test]
fn damage_never_makes_it_panic() {
    let mut xls = Xls::new();
    xls.strings(&["运单号", "收件人", "a"]);
    (0..3).for_each(|at| xls.shared(at / 2, at % 2, at.into()));
    xls.merge([0, 1, 0, 1]);
    let content = xls.bytes();
    let used = content.iter().rposition(|byte| *byte != 0).unwrap();
    for at in (0..used).filter(|at| content[*at] != 0 || at % 16 == 0) {
        for value in [0, 0xff, content[at] ^ 1] {
            let mut damaged = content.clone();
            damaged[at] = value;
            if let Ok(source) = open(&damaged, Some("1")) {
                assert!(source.count() < 70_000);
            }
        }
    }
    let content = Xlsx::of(&format!("{HEADER}<row>{}{}</row>", cell("1"), cell("2"))).bytes();
    for at in 0..content.len() {
        let mut damaged = content.clone();
        damaged[at] ^= 0x55;
        if let Ok(source) = open(&damaged, None) {
            assert!(source.count() < 3);
        }
    }
}
