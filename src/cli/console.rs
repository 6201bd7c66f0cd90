//! The only way to the standard output, the standard error and the screen.
//!
//! Names of files, columns and devices, and texts of records, come from others. Here alone they become what a terminal gets: a
//! character that would steer it, turn a line around or hide is shown as its code ([`files::shown`]). A newline begins a
//! line only where two blanks follow, as in the messages of this program: nobody else's text begins a line of its own.
//! JSON goes the same way, since a code within a text is JSON's own escape.

use crate::cli::failure::Failure;
use std::borrow::Cow;
use std::io::{self, IsTerminal as _, Write};
use wayseal::files;

/// What parts the lines of one message.
const BREAK: &str = "\n  ";

/// The longest part of a line that waits for its end on a terminal, in bytes.
const LINE_MAX: usize = 1 << 16;

/// Writes a message to the standard output; a reader that has gone ends the output, not the program.
pub fn say(line: &str) -> Result<(), Failure> {
    match tell(line) {
        Err(error) if is_gone(&error) => std::process::exit(0),
        result => result.map_err(Failure::standard_output),
    }
}

/// Writes a message to the standard output, for programs that continue when nobody reads.
pub fn tell(line: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{}", message(line))
}

/// Writes a message to the standard error. A reader that has gone stops nothing.
pub fn warn(line: &str) {
    let _gone = writeln!(io::stderr(), "{}", message(line));
}

/// The standard output for what is no message: labels, rows, completions. A terminal gets it line by line as text that is shown.
pub fn data() -> Box<dyn Write + Send> {
    let out = io::stdout();
    if out.is_terminal() { Box::new(ShownLines { to: out, line: Vec::new() }) } else { Box::new(out) }
}

/// Whether somebody sees the standard output.
pub fn is_seen() -> bool {
    io::stdout().is_terminal()
}

/// Whether somebody sees the standard error.
pub fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// A text on a line of a screen.
pub fn text(text: &str) -> Cow<'_, str> {
    files::shown(text)
}

/// A message of one line, or of more that are indented.
fn message(text: &str) -> Cow<'_, str> {
    match files::shown(text) {
        Cow::Owned(_) => text.split(BREAK).map(files::shown).collect::<Vec<_>>().join(BREAK).into(),
        shown => shown,
    }
}

/// Writes lines of what need be no text as text that is shown.
struct ShownLines<W: Write> {
    to: W,
    line: Vec<u8>,
}

impl<W: Write> ShownLines<W> {
    fn end(&mut self, with: &str) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        write!(self.to, "{}{with}", files::shown(&String::from_utf8_lossy(&line)))
    }
}

impl<W: Write> Write for ShownLines<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let (text, ends) = piece.strip_suffix(b"\n").map_or((piece, false), |text| (text, true));
            for part in text.chunks(LINE_MAX) {
                self.line.extend_from_slice(part);
                if self.line.len() >= LINE_MAX {
                    self.end("")?;
                }
            }
            if ends {
                self.end("\n")?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl<W: Write> Drop for ShownLines<W> {
    fn drop(&mut self) {
        if !self.line.is_empty() {
            let _gone = self.end("\n");
        }
    }
}

/// Whether the reader of a pipe has gone. Windows has three errors for that, and the standard library knows two of them.
fn is_gone(error: &io::Error) -> bool {
    const ERROR_PIPE_NOT_CONNECTED: i32 = 233;
    let not_connected = cfg!(windows) && error.raw_os_error() == Some(ERROR_PIPE_NOT_CONNECTED);
    error.kind() == io::ErrorKind::BrokenPipe || not_connected
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn only_an_indented_line_is_begun(text in "[a\n \t\r\u{1b}\u{202e}]{0,60}") {
            let said = message(&text);
            for (at, line) in said.split('\n').enumerate() {
                prop_assert!(at == 0 || line.starts_with("  "), "{said:?}");
                prop_assert!(!line.chars().any(char::is_control), "{said:?}");
            }
            prop_assert_eq!(&*message(&said), &*said);
        }

        #[test]
        fn a_terminal_gets_data_as_text(bytes in prop::collection::vec(any::<u8>(), 0..300), cut in 1_usize..40) {
            let mut seen = Vec::new();
            let mut lines = ShownLines { to: &mut seen, line: Vec::new() };
            for piece in bytes.chunks(cut) {
                lines.write_all(piece).unwrap();
            }
            drop(lines);
            let seen = String::from_utf8(seen).unwrap();
            prop_assert!(!seen.chars().any(|c| c.is_control() && c != '\n'));
            let ends = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count();
            let unfinished = bytes.last().is_some_and(|last| *last != b'\n');
            prop_assert_eq!(ends(seen.as_bytes()), ends(&bytes) + usize::from(unfinished));
        }
    }

    #[test]
    fn a_name_forges_no_line_of_ours() {
        assert_eq!(message("a\nwayseal: all well"), r"a\u000awayseal: all well");
        assert_eq!(message("columns:\n  a\tb\n  c"), "columns:\n  a\\u0009b\n  c");
    }
}
