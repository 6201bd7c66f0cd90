//! Parses CSV (RFC 4180) to rows, as shops and Excel write it.
//!
//! In goes decoded text; out come a header and rows. Separator, line ends and the row that names the columns are found;
//! cells are trimmed. A quote that
//! is never closed makes one faulty row instead of swallowing the rest of the file.

use super::error::InputError;
use super::guard::is_of_rejects;
use super::header::{TITLES_MAX, clean_name, is_header};
use super::options::InputOptions;
use super::row::{Row, RowFault};
use super::split::split;
use super::text::{DecodedText, RECORD_MAX};
use simdutf8::basic::from_utf8;
use zeroize::Zeroizing;

pub(super) struct Csv {
    text: DecodedText,
    separator: u8,
    width: usize,
    /// Whether it is a file of rejects, whose cells are guarded.
    guarded: bool,
    /// The cells of one record, concatenated. The capacity is the largest record's, so that it is never reallocated: a
    /// reallocation would leave an unwiped copy.
    cells: Zeroizing<Vec<u8>>,
    ends: Vec<u32>,
}

impl Csv {
    /// Reads the header, and the number of rows above it that are not read. Lines before it that begin with `#` are
    /// comments. After it `#` is content, since some shops' order numbers begin with it.
    pub(super) fn new(
        mut text: DecodedText,
        options: &InputOptions,
    ) -> Result<(Self, Vec<String>, u64), InputError> {
        let given = separator_line(&mut text)?;
        match options.header_row {
            Some(row) => {
                while text.line < row.get() {
                    text.skip_line()?;
                    if text.ended() && text.here().is_empty() {
                        return Err(InputError::NoHeaderRow);
                    }
                }
            }
            None => skip_comments(&mut text)?,
        }
        let separators = given.map_or(SEPARATORS.to_vec(), |separator| vec![separator]);
        let found = if options.header_row.is_some() { None } else { find(&mut text, &separators, options)? };
        let (separator, titles) = match found {
            Some(found) => found,
            None => {
                let end = text.line()?.unwrap_or_default();
                (most_frequent(&separators, &text.here()[..end]), 0)
            }
        };
        let cells = Zeroizing::new(Vec::with_capacity(RECORD_MAX));
        let mut csv = Self { text, separator, width: usize::MAX, guarded: false, cells, ends: Vec::new() };
        for _ in 0..titles {
            csv.next()?;
        }
        let Some(row) = csv.next()? else { return Err(InputError::NoTable) };
        match row.fault {
            Some(RowFault::Encoding) => return Err(InputError::Encoding(0)),
            Some(_) => return Err(InputError::NoTable),
            None => {}
        }
        if row.cells().any(|name| name.contains('\0')) {
            return Err(InputError::NoTable);
        }
        csv.guarded = is_of_rejects(&row.cells().map(clean_name).collect::<Vec<_>>());
        let row = if csv.guarded { row.unguarded() } else { row };
        let header: Vec<String> = row.cells().map(clean_name).collect();
        if header.len() < 2 {
            return Err(InputError::NoTable);
        }
        csv.width = header.len();
        Ok((csv, header, titles))
    }

    pub(super) const fn separator(&self) -> u8 {
        self.separator
    }

    pub(super) fn next(&mut self) -> Result<Option<Row>, InputError> {
        loop {
            if self.text.here().len() < RECORD_MAX && !self.text.ended() {
                self.text.more()?;
            }
            let here = self.text.here();
            if here.is_empty() {
                return Ok(None);
            }
            let line = self.text.line;
            self.cells.clear();
            self.ends.clear();
            let within = &here[..here.len().min(RECORD_MAX)];
            let ended = self.text.ended() && within.len() == here.len();
            let Some(end) = split(within, self.separator, ended, &mut self.cells, &mut self.ends) else {
                return self.broken().map(Some);
            };
            // Excel writes lines of only separators after a table.
            let blank = self.cells.is_empty();
            self.text.take(end);
            if blank {
                continue;
            }
            let Ok(text) = from_utf8(&self.cells) else {
                return Err(InputError::Encoding(line));
            };
            let mut row = Row::new(line, text, &self.ends);
            if self.text.replaces() && text.contains('\u{fffd}') {
                row.fault = Some(RowFault::Encoding);
            } else {
                row.limit(self.width);
            }
            return Ok(Some(if self.guarded { row.unguarded() } else { row }));
        }
    }

    /// A record that does not end: only its first line is rejected, and parsing resumes at the next line.
    fn broken(&mut self) -> Result<Row, InputError> {
        let line = self.text.line;
        let Some(end) = self.text.line()? else {
            self.text.skip_line()?;
            return Ok(Row::faulty(line, RowFault::TooLong, ""));
        };
        let text = from_utf8(&self.text.here()[..end]).map_err(|_| InputError::Encoding(line))?;
        let row = Row::faulty(line, RowFault::Quote, text.trim_end_matches(['\r', '\n']));
        self.text.take(end);
        Ok(row)
    }
}

/// The separators that exports use. Of two that are as frequent in the first line, the later one is taken.
const SEPARATORS: [u8; 4] = [b'|', b';', b'\t', b','];

fn most_frequent(separators: &[u8], line: &[u8]) -> u8 {
    let count = |separator: &u8| line.iter().filter(|byte| *byte == separator).count();
    separators.iter().copied().max_by_key(count).unwrap_or(b',')
}

/// Takes a first line such as `sep=;`, by which Excel is told the separator.
fn separator_line(text: &mut DecodedText) -> Result<Option<u8>, InputError> {
    let Some(end) = text.line()? else { return Ok(None) };
    let line = text.here()[..end].trim_ascii();
    let line = line.strip_prefix(b"\"").unwrap_or(line);
    let separator = match line {
        [s, e, p, b'=', separator, rest @ ..]
            if [*s, *e, *p].eq_ignore_ascii_case(b"sep")
                && separator.is_ascii()
                && !separator.is_ascii_alphanumeric()
                && rest.iter().all(|byte| b"\",;\t|".contains(byte)) =>
        {
            *separator
        }
        // A tab is blank space, and was trimmed.
        [s, e, p, b'='] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => b'\t',
        _ => return Ok(None),
    };
    text.take(end);
    Ok(Some(separator))
}

/// Takes blank lines and comments.
fn skip_comments(text: &mut DecodedText) -> Result<(), InputError> {
    loop {
        let Some(end) = text.line()? else { return Err(InputError::NoTable) };
        let line = &text.here()[..end];
        if end == 0 {
            return Err(InputError::NoTable);
        }
        if line[0] != b'#' && !line.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        text.take(end);
    }
}

/// Looks for a header among the first rows: its separator, and the number of rows above it that are not blank.
fn find(
    text: &mut DecodedText,
    separators: &[u8],
    options: &InputOptions,
) -> Result<Option<(u8, u64)>, InputError> {
    while text.here().len() < RECORD_MAX && !text.ended() {
        text.more()?;
    }
    let (mut cells, mut ends) = (Zeroizing::new(Vec::with_capacity(RECORD_MAX)), Vec::new());
    let mut best: Option<(u8, u64)> = None;
    for &separator in separators.iter().rev() {
        let (mut at, mut titles) = (0, 0);
        for _ in 0..=TITLES_MAX {
            cells.clear();
            ends.clear();
            let here = &text.here()[at..];
            let within = &here[..here.len().min(RECORD_MAX)];
            let ended = text.ended() && within.len() == here.len();
            let Some(end) =
                split(within, separator, ended, &mut cells, &mut ends).filter(|_| !within.is_empty())
            else {
                break;
            };
            at += end;
            let Ok(record) = from_utf8(&cells) else { break };
            let row = Row::new(0, record, &ends);
            if is_header(row.cells(), options) {
                if best.is_none_or(|(_, fewest)| titles < fewest) {
                    best = Some((separator, titles));
                }
                break;
            }
            titles += u64::from(!cells.is_empty());
        }
    }
    Ok(best)
}
