//! Parses a small table held in memory, such as a list of stations. Orders are read row by row instead: see
//! [`RowSource`](super::RowSource).

use super::encoding::{Judge, Verdict};
use super::error::InputError;
use std::borrow::Cow;

/// A table with named columns.
#[non_exhaustive]
pub struct InputTable {
    /// The columns' names, as the file spells them.
    pub header: Vec<String>,
    /// The rows, each with its line in the file, counted from 1.
    pub rows: Vec<(u64, Vec<String>)>,
}

/// The most rows of a table.
pub(in crate::batch) const ROWS_MAX: usize = 1 << 20;
/// The most columns of a table.
pub(in crate::batch) const COLUMNS_MAX: usize = 64;
/// The most cells of a table.
const CELLS_MAX: usize = 1 << 22;

/// Parses a table in CSV, of at most 64 columns, 2^20 rows and 2^22 cells.
///
/// The encoding is that of a byte order mark, else UTF-8 if the text is valid UTF-8, else the one that is certain. Lines that begin with `#` are comments.
///
/// # Errors
/// [`InputError`] with the line.
pub fn parse(bytes: &[u8]) -> Result<InputTable, InputError> {
    let text = decode(bytes)?;
    let separator = separator(&text);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .comment(Some(b'#'))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let error = |error: &csv::Error| {
        let line = error.position().map_or(0, csv::Position::line);
        InputError::Form(line)
    };
    let header: Vec<String> =
        reader.headers().map_err(|cause| error(&cause))?.iter().map(str::to_owned).collect();
    if header.len() < 2 {
        return Err(InputError::NoTable);
    }
    if header.len() > COLUMNS_MAX {
        return Err(InputError::TableSize(1));
    }
    let (mut rows, mut cells) = (Vec::new(), 0);
    let mut lines = TableLines { text: text.as_bytes(), at: 0, line: 1 };
    for record in reader.records() {
        let record = record.map_err(|cause| error(&cause))?;
        let line = lines.of(record.position().map_or(0, csv::Position::byte));
        if record.iter().any(|cell| cell.contains(|c: char| c.is_control() && !c.is_ascii_whitespace())) {
            return Err(InputError::Control(line));
        }
        cells += record.len();
        if record.len() > COLUMNS_MAX || rows.len() == ROWS_MAX || cells > CELLS_MAX {
            return Err(InputError::TableSize(line));
        }
        rows.push((line, record.iter().map(str::to_owned).collect()));
    }
    Ok(InputTable { header, rows })
}

/// Counts lines up to a record. The line number of the `csv` crate is one too low after CR LF: it takes the LF as the
/// beginning of the next record.
struct TableLines<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl TableLines<'_> {
    fn of(&mut self, byte: u64) -> u64 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX);
        let mut comment = false;
        while let Some(&character) = self.text.get(self.at) {
            // The crate reports that a record begins where the one before it ended: skip empty lines and comments.
            if self.at >= byte {
                let begins = self.at == 0 || self.text[self.at - 1] == b'\n';
                comment = (comment && !begins) || (begins && character == b'#');
                if !comment && !matches!(character, b'\r' | b'\n') {
                    break;
                }
            }
            self.line += u64::from(character == b'\n');
            self.at += 1;
        }
        self.line
    }
}

fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, InputError> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return if damaged { Err(InputError::Encoding(0)) } else { Ok(text) };
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    let mut judge = Judge::new();
    judge.feed(bytes);
    let Verdict::Is(encoding) = judge.verdict() else { return Err(InputError::Encoding(0)) };
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    if damaged { Err(InputError::Encoding(0)) } else { Ok(text) }
}

/// The most frequent separator in the first line that is not a comment.
fn separator(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.starts_with('#')).unwrap_or_default();
    let count = |separator: &u8| header.bytes().filter(|byte| byte == separator).count();
    [b',', b'\t', b';'].into_iter().rev().max_by_key(count).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::GB18030;

    #[test]
    fn encodings_and_separators_are_found() {
        let (gbk, _, _) = GB18030.encode("姓名,电话\n王芳,138\n");
        for (bytes, what) in [
            (gbk.as_ref(), "GB18030"),
            ("姓名,电话\n王芳,138\n".as_bytes(), "UTF-8"),
            ("\u{feff}姓名;电话\n王芳;138\n".as_bytes(), "UTF-8 with a mark"),
            ("# note\n姓名\t电话\n王芳\t138\n".as_bytes(), "tabs and a comment"),
        ] {
            let table = parse(bytes).unwrap();
            assert_eq!(table.header, ["姓名", "电话"], "{what}");
            assert_eq!(table.rows[0].1, ["王芳", "138"], "{what}");
        }
    }

    #[test]
    fn lines_are_those_an_editor_shows() {
        for end in ["\n", "\r\n"] {
            let text = ["a,b", "1,2", "# note", "\"3", "x\",4", "", "5,6", ""].join(end);
            let lines: Vec<u64> = parse(text.as_bytes()).unwrap().rows.iter().map(|row| row.0).collect();
            assert_eq!(lines, [2, 4, 7], "{end:?}");
        }
    }

    #[test]
    fn content_without_a_header_is_refused() {
        assert!(matches!(parse(b""), Err(InputError::NoTable)));
        assert!(matches!(parse(b"one\n1\n"), Err(InputError::NoTable)));
        assert!(matches!(parse(&[0xff, 0x00, 0x81, 0x20]), Err(InputError::Encoding(0))));
    }
}
