//! Files of orders as people have them, parsed to rows.

use proptest::prelude::*;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use wayseal::batch::input::{InputError, Row, RowFault, RowSource, files};

fn at(folder: &Path, name: &str, content: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, content).unwrap();
    path
}

/// The header, and line and cells of each row.
type Read_ = (Vec<String>, Vec<(u64, Vec<String>)>);

fn whole(mut source: RowSource) -> Read_ {
    let header = source.header().to_vec();
    let cells = |row: Row| {
        assert_eq!(row.fault, None, "line {}", row.line);
        (row.line, (0..header.len()).map(|at| row.cell(at).to_owned()).collect())
    };
    let rows = source.by_ref().map(|row| cells(row.unwrap())).collect();
    (header, rows)
}

/// Parses the content as a file and as a stream, and compares.
fn both(content: &[u8]) -> Read_ {
    let folder = tempfile::tempdir().unwrap();
    let file = whole(RowSource::open(&at(folder.path(), "orders", content)).unwrap());
    let stream = whole(RowSource::stream(Box::new(Cursor::new(content.to_vec()))).unwrap());
    assert_eq!(file, stream);
    file
}

fn refusal(content: &[u8]) -> InputError {
    let folder = tempfile::tempdir().unwrap();
    RowSource::open(&at(folder.path(), "orders", content)).err().unwrap()
}

#[test]
fn encodings_and_separators_are_found() {
    let (gb18030, _, _) =
        encoding_rs::GB18030.encode("姓名,电话\r\n王芳,138\r\n㐂,\"a\r\nb\"\r\n,\r\n李,1\r\n");
    let utf16: Vec<u8> = "\u{feff}姓名\t电话\n王芳\t138\n㐂\t\"a\nb\"\n\n李\t1"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (content, break_) in [
        (gb18030.as_ref(), "\r\n"),
        (utf16.as_slice(), "\n"),
        ("\u{feff}姓名;电话\n王芳;138\n㐂;\"a\nb\"\n;\n李; 1 \n".as_bytes(), "\n"),
    ] {
        let (header, rows) = both(content);
        assert_eq!(header, ["姓名", "电话"]);
        let rows: Vec<_> = rows.into_iter().filter(|(_, cells)| !cells[0].is_empty()).collect();
        assert_eq!(rows[0], (2, vec!["王芳".to_owned(), "138".to_owned()]));
        assert_eq!(rows[1], (3, vec!["㐂".to_owned(), format!("a{break_}b")]));
        assert_eq!(rows[2], (6, vec!["李".to_owned(), "1".to_owned()]));
    }
}

#[test]
fn a_number_sign_begins_a_comment_before_the_header_and_nowhere_else() {
    let (_, rows) = both(b"# made by hand\n\na,b\n#1001,2\n");
    assert_eq!(rows, [(4, vec!["#1001".to_owned(), "2".to_owned()])]);
}

#[test]
fn numbers_of_json_keep_their_digits_and_new_keys_are_not_lost() {
    let (header, rows) = both(b"{\"a\":12345678901234567890,\"b\":null}\n\n{\"b\":\"\\u738b\",\"c\":true}\n");
    assert_eq!(header, ["a", "b", "c"]);
    assert_eq!(rows[0], (1, ["12345678901234567890", "", ""].map(str::to_owned).to_vec()));
    assert_eq!(rows[1], (3, ["", "王", "true"].map(str::to_owned).to_vec()));

    let mut text = "{\"a\":1,\"b\":2}\n".repeat(1500);
    text += "{\"a\":1,\"z\":2}\n{\"a\":1,\"a\":2}\n[1]\nno\n{\"a\":3}\n";
    let source = RowSource::stream(Box::new(Cursor::new(text.into_bytes()))).unwrap();
    let last: Vec<_> = source.map(Result::unwrap).skip(1500).map(|row| (row.line, row.fault)).collect();
    let json = Some(RowFault::Json);
    assert_eq!(
        last,
        [(1501, Some(RowFault::NewKey)), (1502, json), (1503, json), (1504, json), (1505, None)]
    );
}

#[test]
fn broken_rows_are_given_with_what_is_wrong_and_reading_goes_on() {
    let long = "x".repeat(70_000);
    let text = format!("a,b\n1,\"2\n3,4\n{long},5\n6,7,8\n9,10,\n");
    let source = RowSource::stream(Box::new(Cursor::new(text.into_bytes()))).unwrap();
    let rows: Vec<_> = source.map(Result::unwrap).map(|row| (row.line, row.fault)).collect();
    let expected = [
        (2, Some(RowFault::Quote)),
        (3, None),
        (4, Some(RowFault::TooLong)),
        (5, Some(RowFault::Cells)),
        (6, None),
    ];
    assert_eq!(rows, expected);

    // In GB18030 an invalid byte makes only its own row faulty.
    let (text, _, _) = encoding_rs::GB18030.encode("姓名,电话\n王芳,1\n李伟,人民路三号\n张敏,解放路东街\n");
    let mut bytes = text.into_owned();
    bytes.extend_from_slice(b"\xff,2\nb,3\n");
    let source = RowSource::stream(Box::new(Cursor::new(bytes))).unwrap();
    let faults: Vec<_> = source.map(|row| row.unwrap().fault).collect();
    assert_eq!(faults, [None, None, None, Some(RowFault::Encoding), None]);
}

#[test]
fn a_line_of_a_gigabyte_is_one_reject() {
    let text = b"a,b\n".chain(std::io::repeat(b'x').take(1 << 30)).chain(&b"\n1,2\n"[..]);
    let source = RowSource::stream(Box::new(text)).unwrap();
    let rows: Vec<_> = source.map(Result::unwrap).map(|row| (row.line, row.fault)).collect();
    assert_eq!(rows, [(2, Some(RowFault::TooLong)), (3, None)]);
}

#[test]
fn a_stream_that_changes_its_encoding_is_refused_with_the_line() {
    let mut text = b"a,b\n".to_vec();
    text.extend(b"1,2\n".repeat(1 << 18));
    text.extend_from_slice(
        b"\xd0\xd5\xc3\xfb\xb5\xe7\xbb\xb0,2\n\xcd\xf5\xb7\xbc,\xc9\xee\xdb\xda\xca\xd0\n",
    );
    let line = (1 << 18) + 2;
    let mut source = RowSource::stream(Box::new(Cursor::new(text.clone()))).unwrap();
    let error = source.find_map(Result::err).unwrap();
    assert!(matches!(error, InputError::Encoding(at) if at == line), "{error}");
    assert!(error.to_string().contains("save it as CSV UTF-8"), "{error}");
    // A file is surveyed as a whole first, so its encoding is known.
    let folder = tempfile::tempdir().unwrap();
    let source = RowSource::open(&at(folder.path(), "orders.csv", &text)).unwrap();
    assert_eq!(source.last().unwrap().unwrap().cell(0), "王芳");
}

#[test]
fn what_is_no_file_of_orders_says_what_it_is() {
    for (content, error) in [
        (&b""[..], InputError::NoTable),
        (b"one\n1\n", InputError::NoTable),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", InputError::Workbook),
        (b"PAR1....", if cfg!(feature = "parquet") { InputError::ParquetEnd } else { InputError::Parquet }),
        (b"[{\"a\":1}]", InputError::JsonArray),
        (b"PK\x03\x04cut short", InputError::Workbook),
        (b"a\0,b\0\n1,2\n", InputError::NoTable),
        (b"\x7fELF,\xff\xff\xff\n", InputError::AmbiguousEncoding),
    ] {
        assert_eq!(refusal(content).to_string(), error.to_string());
    }
    assert!(matches!(RowSource::open(Path::new("not there")), Err(InputError::Read(_))));
}

#[test]
fn folders_stand_for_their_files_in_order() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["b.csv", "a.CSV", "~$c.xlsx", ".d.csv", "notes.md"] {
        at(folder.path(), name, b"a,b\n");
    }
    let found = files(&[PathBuf::from("-"), folder.path().to_owned()]).unwrap();
    assert_eq!(found, [PathBuf::from("-"), folder.path().join("a.CSV"), folder.path().join("b.csv")]);
    assert!(matches!(files(&[tempfile::tempdir().unwrap().path().to_owned()]), Err(InputError::EmptyFolder)));
}

#[test]
fn the_digest_is_the_files() {
    use sha2::Digest as _;
    let folder = tempfile::tempdir().unwrap();
    let content = "a,b\n王,2\n".repeat(30_000);
    let source = RowSource::open(&at(folder.path(), "orders", content.as_bytes())).unwrap();
    assert_eq!(source.digest(), Some(sha2::Sha256::digest(content.as_bytes()).into()));
}

proptest! {
    #[test]
    fn csv_is_read_as_it_was_written(rows in prop::collection::vec(prop::array::uniform3("[a王 ,\"\n;é]{0,6}"), 1..20)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["a", "b", "c"]).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let source = RowSource::stream(Box::new(Cursor::new(writer.into_inner().unwrap())));
        if rows.iter().flatten().all(|cell| cell.trim_ascii().is_empty()) {
            prop_assert!(matches!(source, Err(InputError::NoRows)));
            return Ok(());
        }
        let read: Vec<Vec<String>> = source.unwrap().map(|row| row.unwrap().cells().map(str::to_owned).collect()).collect();
        let written: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| cell.trim_ascii().to_owned()).collect()).collect();
        let written: Vec<Vec<String>> =
            written.into_iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
        prop_assert_eq!(read, written);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for start in [&b""[..], b"a,b\n", b"{\"a\":1,\"b\":2}\n"] {
            let content = [start, &bytes].concat();
            let lines = content.len() as u64;
            if let Ok(source) = RowSource::stream(Box::new(Cursor::new(content))) {
                prop_assert!(source.count() as u64 <= lines);
            }
        }
    }
}
