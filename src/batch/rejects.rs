//! Writes rejected rows to a file that can be corrected and fed in again.
//!
//! In go rows and reasons; out comes a file in the format of its input, with two columns added: the line and the reason.
//! It holds people's data in plain text, as its input does.

use super::input::{Dialect, FileForm, Row};
use encoding_rs::{GB18030, UTF_8};
use std::io::{self, Write};
use zeroize::Zeroizing;

/// The columns added after the file's own; they are ignored when the file is fed in again.
pub const ADDED: [&str; 2] = ["reject_line", "reject_reason"];

/// Writes rejects in the format and separator of their input, and in its encoding if that is UTF-8 or GB18030: others lack
/// characters of the reasons. The rest, workbooks among them, is UTF-8 with a byte order mark, which Excel opens
/// correctly.
///
/// They hold people's data: `to` should be a file that only its owner can read.
pub struct Rejects<W> {
    to: W,
    dialect: Dialect,
    header: Vec<String>,
}

impl<W: Write> Rejects<W> {
    /// Begins a file: writes the input's header.
    ///
    /// # Errors
    /// Errors of `to`.
    pub fn new(to: W, dialect: Dialect, header: &[String]) -> io::Result<Self> {
        let mut rejects = Self::resume(to, dialect, header);
        if rejects.dialect.mark {
            rejects.to.write_all("\u{feff}".as_bytes())?;
        }
        if dialect.form != FileForm::Jsonl {
            let own = header.iter().map(String::as_str).filter(|name| !ADDED.contains(name));
            let line = rejects.record(own.chain(ADDED));
            rejects.put(&line)?;
        }
        Ok(rejects)
    }

    /// Resumes a file that has a header already: `to` writes at its end.
    pub fn resume(to: W, mut dialect: Dialect, header: &[String]) -> Self {
        if ![UTF_8, GB18030].contains(&dialect.encoding) {
            dialect = Dialect { encoding: UTF_8, mark: true, ..dialect };
        }
        dialect.mark &= dialect.encoding == UTF_8;
        Self { to, dialect, header: header.to_vec() }
    }

    /// Writes a row and the reason for its rejection.
    ///
    /// # Errors
    /// Errors of `to`.
    pub fn write(&mut self, row: &Row, reason: &str) -> io::Result<()> {
        let line = row.line.to_string();
        let own = self.header.iter().enumerate().filter(|(_, name)| !ADDED.contains(&name.as_str()));
        let text = if self.dialect.form == FileForm::Jsonl {
            let cells =
                own.map(|(at, name)| (name.as_str(), row.cell(at))).filter(|(_, cell)| !cell.is_empty());
            // A line that is not an object is kept as one text.
            let text = row.fault.map(|_| ("reject_text", row.cell(0)));
            let cells = cells.filter(|_| text.is_none()).chain(text);
            object(cells.chain([(ADDED[0], &*line), (ADDED[1], reason)]))?
        } else {
            let cells = own.map(|(at, _)| row.cell(at));
            // Surplus cells come last, so that none is lost.
            let beyond = row.cells().skip(self.header.len());
            self.record(cells.chain([&*line, reason]).chain(beyond))
        };
        self.put(&text)
    }

    fn record<'a>(&self, cells: impl Iterator<Item = &'a str>) -> Zeroizing<Vec<u8>> {
        record(char::from(self.dialect.separator), cells)
    }

    /// Writes UTF-8 text in the file's encoding.
    fn put(&mut self, line: &[u8]) -> io::Result<()> {
        if self.dialect.encoding == UTF_8 {
            return self.to.write_all(line);
        }
        let (encoded, _, _) = self.dialect.encoding.encode(std::str::from_utf8(line).unwrap_or_default());
        self.to.write_all(&Zeroizing::new(encoded.into_owned()))
    }

    /// The writer.
    pub fn file(&mut self) -> &mut W {
        &mut self.to
    }

    /// Flushes, and returns the writer, to be synced.
    ///
    /// # Errors
    /// Errors of `to`.
    pub fn finish(mut self) -> io::Result<W> {
        self.to.flush()?;
        Ok(self.to)
    }
}

fn object<'a>(cells: impl Iterator<Item = (&'a str, &'a str)>) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut line = Zeroizing::new(Vec::with_capacity(1024));
    for (at, (name, cell)) in cells.enumerate() {
        line.push(if at == 0 { b'{' } else { b',' });
        serde_json::to_writer(&mut *line, name)?;
        line.push(b':');
        serde_json::to_writer(&mut *line, cell)?;
    }
    line.extend_from_slice(b"}\n");
    Ok(line)
}

fn record<'a>(separator: char, cells: impl Iterator<Item = &'a str>) -> Zeroizing<Vec<u8>> {
    let mut line = Zeroizing::new(Vec::with_capacity(1024));
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            line.push(separator as u8);
        }
        if cell.contains([separator, '"', '\n', '\r']) || cell.starts_with('#') {
            line.push(b'"');
            for byte in cell.bytes() {
                line.extend_from_slice(if byte == b'"' { b"\"\"" } else { std::slice::from_ref(&byte) });
            }
            line.push(b'"');
        } else {
            line.extend_from_slice(cell.as_bytes());
        }
    }
    line.extend_from_slice(b"\r\n");
    line
}

#[cfg(test)]
mod tests {
    use super::super::input::RowSource;
    use super::*;
    use std::io::Cursor;

    fn source(text: &[u8]) -> RowSource {
        RowSource::stream(Box::new(Cursor::new(text.to_vec()))).unwrap()
    }

    /// Rejects every row, and checks that the file of rejects has the same cells and dialect when read again.
    fn again(content: &[u8]) -> Vec<u8> {
        let mut first = source(content);
        let mut rejects = Rejects::new(Vec::new(), first.dialect(), first.header()).unwrap();
        let rows: Vec<Row> = first.by_ref().map(Result::unwrap).collect();
        for row in &rows {
            rejects.write(row, "wrong, \"so\"").unwrap();
        }
        let file = rejects.finish().unwrap();
        let mut second = source(&file);
        assert_eq!(second.dialect(), first.dialect());
        let place = |name: &String| second.header().iter().position(|known| known == name).unwrap();
        let own = first.header().iter().enumerate().filter(|(_, name)| !ADDED.contains(&name.as_str()));
        let places: Vec<(usize, usize)> = own.map(|(at, name)| (at, place(name))).collect();
        for row in &rows {
            let read = second.next_row().unwrap().unwrap();
            for &(at, place) in &places {
                assert_eq!(read.cell(place), row.cell(at));
            }
        }
        assert!(second.next_row().is_none());
        file
    }

    #[test]
    fn rejects_can_be_fed_in_again() {
        let file = again(b"a,b\n1,\"x, \"\"y\"\"\n\"\n#3,\n");
        let text = std::str::from_utf8(&file).unwrap();
        assert!(text.starts_with("a,b,reject_line,reject_reason\r\n"), "{text}");
        let twice = again(text.replace("1,", "2,").as_bytes());
        assert_eq!(String::from_utf8(twice).unwrap().matches("reject_line").count(), 1);
        again(b"{\"a\":\"1\",\"b\":12345678901234567890}\n{\"b\":\"\\\"x\"}\n");
        again("\u{feff}姓名;电话\r\n王芳;\"1;2\"\r\n".as_bytes());
        let (gb18030, _, _) = encoding_rs::GB18030.encode("姓名\t电话\n王芳\t1\n㐂\t\"2\t3\"\n");
        again(&gb18030);
    }
}
