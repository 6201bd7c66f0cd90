//! A quick pass over the XML of a sheet: hidden rows and columns, the last row, and what follows the cells.
//!
//! Only bytes are searched, since parsing every cell twice would double the time of a workbook. Tags are found by the
//! attribute `hidden`, which no text can imitate: within text, the last angle bracket before it closes a tag.

use super::archive::PartReader;
use super::facts::SheetFacts;
use crate::batch::input::error::InputError;
use memchr::memmem;
use std::io::{self, Read as _};

/// The longest tag in which an attribute is looked for.
const TAG_MAX: usize = 1 << 10;
/// The longest list of merged cells and the like.
const TAIL_MAX: usize = 32 << 20;

/// What the pass found.
pub(super) struct Scan {
    pub(super) facts: SheetFacts,
    /// The XML after the last cell.
    pub(super) tail: Vec<u8>,
}

impl Scan {
    pub(super) fn over(mut part: PartReader) -> Result<Self, InputError> {
        let mut facts = SheetFacts::default();
        let (mut window, mut kept) = (vec![0; 1 << 18], 0);
        let mut tail: Option<Vec<u8>> = None;
        let hidden = memmem::Finder::new("hidden=");
        let row = memmem::FinderRev::new("row ");
        let end = memmem::FinderRev::new("sheetData>");
        loop {
            let count = part.read(&mut window[kept..]).map_err(|error| damage(&error))?;
            if count == 0 {
                return Ok(Self { facts, tail: tail.unwrap_or_default() });
            }
            let filled = &window[..kept + count];
            // What lies wholly within the bytes kept was looked at before.
            for at in hidden.find_iter(filled) {
                let value_end = at + "hidden=".len() + 2;
                if value_end > kept && value_end <= filled.len() {
                    count_hidden(&mut facts, &filled[..value_end]);
                }
            }
            if let Some(last) = row.rfind(filled).and_then(|at| number(&filled[at..])) {
                facts.last = Some(last);
            }
            match (&mut tail, end.rfind(filled)) {
                (tail, Some(at)) if at + "sheetData>".len() > kept => {
                    *tail = Some(filled[at + "sheetData>".len()..].to_vec());
                }
                (Some(tail), _) => tail.extend_from_slice(&filled[kept..]),
                (None, _) => {}
            }
            if tail.as_ref().is_some_and(|tail| tail.len() > TAIL_MAX) {
                return Err(InputError::Large);
            }
            let keep = filled.len().min(TAG_MAX);
            let from = filled.len() - keep;
            window.copy_within(from..from + keep, 0);
            kept = keep;
        }
    }
}

/// Counts the tag that ends with an attribute `hidden` and the beginning of its value.
fn count_hidden(facts: &mut SheetFacts, bytes: &[u8]) {
    let Some(open) = memchr::memrchr2(b'<', b'>', bytes).filter(|at| bytes[*at] == b'<') else { return };
    let name = bytes[open + 1..].split(u8::is_ascii_whitespace).next().unwrap_or_default();
    let name = name.rsplit(|byte| *byte == b':').next().unwrap_or_default();
    if !matches!(bytes.last(), Some(b'1' | b't')) {
        return;
    }
    match name {
        b"row" => facts.hidden_rows += 1,
        b"col" => facts.hidden_columns += 1,
        _ => {}
    }
}

/// The attribute `r` of a tag `row`.
fn number(tag: &[u8]) -> Option<u64> {
    let end = memchr::memchr(b'>', tag)?;
    let at = memmem::find(&tag[..end], b" r=")? + 4;
    let digits = tag[at..end].iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&tag[at..at + digits]).ok()?.parse().ok()
}

fn damage(error: &io::Error) -> InputError {
    if error.kind() == io::ErrorKind::FileTooLarge { InputError::Large } else { InputError::Workbook }
}
