//! Rows that gave no label, in a form that can be corrected and fed in again.

use super::input::{Form, Row};
use std::io::{self, Write};
use zeroize::Zeroizing;

/// The columns behind the file's own; they are left out when the file is fed in again.
pub const ADDED: [&str; 2] = ["reject_line", "reject_reason"];

/// Writes rejects: JSON Lines for JSON Lines, else CSV in UTF-8 with a mark, which Excel opens as it is.
///
/// They hold people's data: `to` should be a file that only its owner reads.
pub struct Rejects<W> {
    to: W,
    form: Form,
    header: Vec<String>,
    count: u64,
}

impl<W: Write> Rejects<W> {
    /// Begins the file, with the header of the input.
    ///
    /// # Errors
    /// What `to` says.
    pub fn new(mut to: W, form: Form, header: &[String]) -> io::Result<Self> {
        if form != Form::Jsonl {
            to.write_all("\u{feff}".as_bytes())?;
            let own = header.iter().map(String::as_str).filter(|name| !ADDED.contains(name));
            record(&mut to, own.chain(ADDED))?;
        }
        Ok(Self { to, form, header: header.to_vec(), count: 0 })
    }

    /// Writes a row with what is wrong with it.
    ///
    /// # Errors
    /// What the file says.
    pub fn write(&mut self, row: &Row, reason: &str) -> io::Result<()> {
        let line = row.line.to_string();
        self.count += 1;
        let own = self.header.iter().enumerate().filter(|(_, name)| !ADDED.contains(&name.as_str()));
        if self.form != Form::Jsonl {
            let cells = own.map(|(at, _)| row.cell(at));
            // Cells beyond the header come last, so that none is lost.
            let beyond = row.cells().skip(self.header.len());
            return record(&mut self.to, cells.chain([&*line, reason]).chain(beyond));
        }
        let cells = own.map(|(at, name)| (name.as_str(), row.cell(at))).filter(|(_, cell)| !cell.is_empty());
        // A line that is no object is one text.
        let text = row.fault.map(|_| ("reject_text", row.cell(0)));
        let cells = cells.filter(|_| text.is_none()).chain(text);
        self.to.write_all(b"{")?;
        for (name, cell) in cells.chain([(ADDED[0], &*line), (ADDED[1], reason)]) {
            json(&mut self.to, name)?;
            self.to.write_all(b":")?;
            json(&mut self.to, cell)?;
            self.to.write_all(if name == ADDED[1] { b"}\n" } else { b"," })?;
        }
        Ok(())
    }

    /// The rows written.
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// Ends the file, and gives it back to be synced.
    ///
    /// # Errors
    /// What the file says.
    pub fn finish(mut self) -> io::Result<W> {
        self.to.flush()?;
        Ok(self.to)
    }
}

fn json(to: &mut impl Write, text: &str) -> io::Result<()> {
    serde_json::to_writer(to, text).map_err(io::Error::from)
}

fn record<'a>(to: &mut impl Write, cells: impl Iterator<Item = &'a str>) -> io::Result<()> {
    let mut line = Zeroizing::new(Vec::with_capacity(1024));
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            line.push(b',');
        }
        if cell.contains([',', '"', '\n', '\r', ';', '\t']) || cell.starts_with('#') {
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
    to.write_all(&line)
}

#[cfg(test)]
mod tests {
    use super::super::input::Source;
    use super::*;
    use std::io::Cursor;

    fn source(text: &[u8]) -> Source {
        Source::stream(Box::new(Cursor::new(text.to_vec()))).unwrap()
    }

    /// What is rejected, read again, has the same cells.
    fn again(text: &str) -> String {
        let mut first = source(text.as_bytes());
        let mut rejects = Rejects::new(Vec::new(), first.form(), first.header()).unwrap();
        let rows: Vec<Row> = first.by_ref().map(Result::unwrap).collect();
        for row in &rows {
            rejects.write(row, "wrong, \"so\"").unwrap();
        }
        assert_eq!(rejects.count(), rows.len() as u64);
        let file = rejects.finish().unwrap();
        let mut second = source(&file);
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
        String::from_utf8(file).unwrap()
    }

    #[test]
    fn rejects_can_be_fed_in_again() {
        let file = again("a,b\n1,\"x, \"\"y\"\"\n\"\n#3,\n");
        assert!(file.starts_with("\u{feff}a,b,reject_line,reject_reason\r\n"), "{file}");
        let twice = again(&file.replace("1,", "2,"));
        assert_eq!(twice.matches("reject_line").count(), 1, "{twice}");
        again("{\"a\":\"1\",\"b\":12345678901234567890}\n{\"b\":\"\\\"x\"}\n");
    }
}
