//! Writes rejected rows to a file or a stream, to be corrected and fed in again.
//!
//! In go rows and reasons; out comes a file in the format of its input with two columns added, the line and the reason;
//! or objects, which may be sealed to whoever corrects them. Rejects hold people's data in plain text, as their input does,
//! unless they are sealed.

use super::input::{Dialect, FileForm, Row, guard};
use crate::signed::envelope;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use encoding_rs::UTF_8;
use std::io::{self, Write};
use zeroize::Zeroizing;

pub use super::input::ADDED;

/// Writes rejects in the format and separator of their input, in UTF-8: other encodings lack characters of the reasons, and
/// of a few rows alone they could not be told from each other. Unless the input was UTF-8 without one, the file begins with
/// a byte order mark, by which Excel opens it correctly. No cell is one that a spreadsheet takes for a [formula](super::input::guard).
///
/// They hold people's data: `to` should be a file that only its owner can read.
pub struct Rejects<W> {
    to: W,
    dialect: Dialect,
    header: Vec<String>,
    /// Whether line and reason are added.
    added: bool,
    /// The name of the input, where rejects of several go to one stream.
    input: Option<String>,
    /// The age recipient who alone can read the rows.
    recipient: Option<String>,
}

impl<W: Write> Rejects<W> {
    /// Begins a file: writes the input's header.
    ///
    /// # Errors
    /// Errors of `to`.
    pub fn new(to: W, dialect: Dialect, header: &[String]) -> io::Result<Self> {
        let mut rejects = Self::resume(to, dialect, header);
        rejects.begin()?;
        Ok(rejects)
    }

    /// Writes the mark and the header.
    ///
    /// # Errors
    /// Errors of the writer.
    pub fn begin(&mut self) -> io::Result<()> {
        if self.dialect.mark {
            self.to.write_all("\u{feff}".as_bytes())?;
        }
        if self.dialect.form != FileForm::Jsonl {
            let own = self.header.iter().map(String::as_str).filter(|name| !ADDED.contains(name));
            let line = self.record(own.chain(ADDED.into_iter().take(2).filter(|_| self.added)));
            self.to.write_all(&line)?;
        }
        Ok(())
    }

    /// The same file with the rows alone: without line and reason.
    #[must_use]
    pub fn as_they_came(self) -> Self {
        Self { added: false, ..self }
    }

    /// Resumes a file that has a header already: `to` writes at its end.
    pub fn resume(to: W, mut dialect: Dialect, header: &[String]) -> Self {
        if dialect.encoding != UTF_8 {
            dialect = Dialect { encoding: UTF_8, mark: true, ..dialect };
        }
        Self { to, dialect, header: header.to_vec(), added: true, input: None, recipient: None }
    }

    /// Rejects of an input by its name, as objects: several inputs may share one stream.
    pub fn objects(to: W, header: &[String], input: Option<String>) -> Self {
        Self { input, ..Self::resume(to, Dialect::objects(), header) }
    }

    /// The same, each row sealed to an age recipient.
    #[must_use]
    pub fn sealed_to(self, recipient: Option<String>) -> Self {
        Self { recipient, ..self }
    }

    /// Writes a row and the reason for its rejection.
    ///
    /// # Errors
    /// Errors of `to`, or of sealing.
    pub fn write(&mut self, row: &Row, reason: &str) -> io::Result<()> {
        let line = row.line.to_string();
        let own = self.header.iter().enumerate().filter(|(_, name)| !ADDED.contains(&name.as_str()));
        let text = if self.dialect.form == FileForm::Jsonl {
            let cells =
                own.map(|(at, name)| (name.as_str(), row.cell(at))).filter(|(_, cell)| !cell.is_empty());
            // A row that could not be split, or has more cells than columns, is kept as one text.
            let whole = row.fault.map(|_| whole(row));
            let text = whole.as_ref().map(|text| (ADDED[2], text.as_str()));
            let cells = cells.filter(|_| text.is_none()).chain(text);
            let added = [(ADDED[0], &*line), (ADDED[1], reason)].into_iter().filter(|_| self.added);
            let added = self.input.iter().map(|input| (ADDED[3], input.as_str())).chain(added);
            match &self.recipient {
                None => object(cells.chain(added))?,
                Some(recipient) => {
                    let plain = object(cells.chain(added.clone()))?;
                    let sealed = envelope::seal(&plain, recipient).map_err(io::Error::other)?;
                    object(added.chain([(ADDED[4], &*STANDARD.encode(sealed))]))?
                }
            }
        } else {
            let cells = own.map(|(at, _)| row.cell(at));
            // Surplus cells come last, so that none is lost.
            let beyond = row.cells().skip(self.header.len());
            let added = [&*line, reason].into_iter().filter(|_| self.added);
            self.record(cells.chain(added).chain(beyond))
        };
        self.to.write_all(&text)
    }

    fn record<'a>(&self, cells: impl Iterator<Item = &'a str>) -> Zeroizing<Vec<u8>> {
        // A guard is taken off again by the two added columns alone.
        record(char::from(self.dialect.separator), self.added, cells)
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

/// All cells of a row as one text: the only cell, or a record of CSV.
fn whole(row: &Row) -> Zeroizing<String> {
    if row.cells().count() < 2 {
        return Zeroizing::new(row.cell(0).to_owned());
    }
    let line = record(',', true, row.cells());
    Zeroizing::new(String::from_utf8_lossy(&line).trim_end().to_owned())
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

fn record<'a>(separator: char, safe: bool, cells: impl Iterator<Item = &'a str>) -> Zeroizing<Vec<u8>> {
    let mut line = Zeroizing::new(Vec::with_capacity(1024));
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            line.push(separator as u8);
        }
        let before = if safe { guard(cell) } else { "" };
        if cell.contains([separator, '"', '\n', '\r']) || (before.is_empty() && cell.starts_with('#')) {
            line.push(b'"');
            line.extend_from_slice(before.as_bytes());
            for byte in cell.bytes() {
                line.extend_from_slice(if byte == b'"' { b"\"\"" } else { std::slice::from_ref(&byte) });
            }
            line.push(b'"');
        } else {
            line.extend_from_slice(before.as_bytes());
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
        let (read, written) = (second.dialect(), first.dialect());
        assert_eq!((read.form, read.separator, read.encoding), (written.form, written.separator, UTF_8));
        assert_eq!(read.mark, written.mark || written.encoding != UTF_8);
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
        again(b"a,=b\n=1,+86 138\n'=2,@x\n-3,'s-Hertogenbosch\n");
    }

    #[test]
    fn no_reject_is_a_formula() {
        let mut first = source(b"=a,b\n\"=cmd|'/C calc'!A0\",@SUM(1)\n+1;2,-1\n");
        let mut rejects = Rejects::new(Vec::new(), first.dialect(), first.header()).unwrap();
        for row in first.by_ref() {
            rejects.write(&row.unwrap(), "=wrong").unwrap();
        }
        let file = String::from_utf8(rejects.finish().unwrap()).unwrap();
        for cell in file.lines().flat_map(|line| line.split(',')) {
            assert!(!cell.trim_matches('"').starts_with(['=', '+', '-', '@']), "{cell}");
        }
    }

    #[test]
    fn objects_name_their_input_and_keep_what_could_not_be_split() {
        let mut first = source(b"a,b\n1,2\n3,4,=5\n\"6,7\n");
        let header = first.header().to_vec();
        let mut rejects = Rejects::objects(Vec::new(), &header, Some("orders.csv".to_owned()));
        for row in first.by_ref() {
            rejects.write(&row.unwrap(), "why").unwrap();
        }
        let lines = String::from_utf8(rejects.finish().unwrap()).unwrap();
        let objects: Vec<serde_json::Value> =
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(objects[0]["a"], "1");
        assert_eq!(objects[0]["reject_input"], "orders.csv");
        assert_eq!(objects[1]["reject_text"], "3,4,'=5");
        assert_eq!(objects[2]["reject_text"], "\"6,7");
        assert_eq!(objects[2]["reject_line"], "4");
    }

    #[test]
    fn sealed_rejects_are_read_by_their_recipient_alone() {
        let identity = envelope::Identity::generate();
        let mut first = source("姓名,电话\n王芳,138\n".as_bytes());
        let header = first.header().to_vec();
        let mut rejects = Rejects::objects(Vec::new(), &header, None).sealed_to(Some(identity.recipient()));
        rejects.write(&first.next_row().unwrap().unwrap(), "why").unwrap();
        let line = String::from_utf8(rejects.finish().unwrap()).unwrap();
        assert!(
            !line.contains("王芳") && !line.contains("138") && line.contains("\"reject_reason\":\"why\""),
            "{line}"
        );
        let object: serde_json::Value = serde_json::from_str(&line).unwrap();
        let sealed = STANDARD.decode(object["reject_sealed"].as_str().unwrap()).unwrap();
        let plain = envelope::open(&sealed, Some(&identity)).unwrap();
        let row: serde_json::Value = serde_json::from_slice(&plain).unwrap();
        assert_eq!((&row["姓名"], &row["reject_line"]), (&"王芳".into(), &"2".into()));
        assert!(envelope::open(&sealed, Some(&envelope::Identity::generate())).is_err());
    }
}
