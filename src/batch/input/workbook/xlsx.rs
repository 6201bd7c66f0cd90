//! Parses the sheets of an XLSX.

use super::archive::Archive;
use super::facts::{SheetEntry, SheetFacts};
use super::merged::{self, Range};
use super::number::spelt;
use super::package::{Package, push, unescaped};
use super::row::{COLUMNS_MAX, RowCells, SheetRows};
use super::scan::Scan;
use super::xml::{Xml, XmlTag, XmlToken};
use crate::batch::input::error::InputError;
use crate::batch::input::row::RowFault;
use std::fs::File;
use std::sync::Arc;
use zeroize::Zeroizing;

/// An XLSX whose cells are read sheet by sheet.
pub(super) struct Xlsx(Arc<Package>);

impl Xlsx {
    pub(super) fn open(file: File) -> Result<Self, InputError> {
        Ok(Self(Arc::new(Package::read(Archive::new(file)?)?)))
    }

    pub(super) fn sheets(&self) -> &[SheetEntry] {
        &self.0.sheets
    }

    pub(super) fn rows(&self, at: usize) -> Result<Box<dyn SheetRows>, InputError> {
        let part = &self.0.parts[at];
        if part.is_empty() {
            return Ok(Box::new(NoRows));
        }
        Ok(Box::new(XlsxRows {
            xml: Xml::new(self.0.archive.part(part)?),
            package: self.0.clone(),
            within: false,
            row: 0,
            value: Zeroizing::new(String::new()),
        }))
    }

    pub(super) fn facts(&self, at: usize) -> Result<SheetFacts, InputError> {
        let part = &self.0.parts[at];
        if part.is_empty() {
            return Ok(SheetFacts::default());
        }
        let scan = Scan::over(self.0.archive.part(part)?)?;
        Ok(SheetFacts { merged: ranges(&scan.tail)?, ..scan.facts })
    }
}

/// A chart's rows.
struct NoRows;

impl SheetRows for NoRows {
    fn next(&mut self, _: &mut RowCells) -> Result<bool, InputError> {
        Ok(false)
    }
}

struct XlsxRows {
    xml: Xml,
    package: Arc<Package>,
    /// Whether the cells have begun.
    within: bool,
    row: u64,
    /// The text of a cell while it is read.
    value: Zeroizing<String>,
}

impl SheetRows for XlsxRows {
    fn next(&mut self, cells: &mut RowCells) -> Result<bool, InputError> {
        loop {
            match self.xml.next()? {
                None => return Ok(false),
                Some(XmlToken::Start(tag)) => match tag.name() {
                    b"sheetData" => self.within = true,
                    b"row" if self.within => {
                        let said =
                            tag.attributes().find(|(name, _)| *name == b"r").map(|(_, value)| digits(value));
                        self.row = said.unwrap_or(Some(self.row + 1)).ok_or(InputError::Workbook)?;
                        cells.begin(self.row)?;
                        self.cells(cells)?;
                        return Ok(true);
                    }
                    _ if !self.within => {}
                    _ => self.xml.skip()?,
                },
                Some(XmlToken::End(b"sheetData")) => return Ok(false),
                Some(XmlToken::End(_) | XmlToken::Text(_)) => {}
            }
        }
    }
}

/// What a cell is said to hold.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum CellKind {
    #[default]
    Number,
    Shared,
    Text,
    Bool,
}

/// A cell's column, kind and format.
#[derive(Clone, Copy, Default)]
struct XlsxCell {
    column: Option<u32>,
    kind: CellKind,
    format: usize,
}

impl XlsxCell {
    fn of(tag: XmlTag<'_>) -> Result<Self, InputError> {
        let mut head = Self::default();
        for (name, value) in tag.attributes() {
            match name {
                b"r" => head.column = Some(reference(value).ok_or(InputError::Workbook)?.0),
                b"t" => {
                    head.kind = match value {
                        b"s" => CellKind::Shared,
                        b"b" => CellKind::Bool,
                        // A formula's text, one of its own, an error or a date in ISO 8601.
                        b"str" | b"inlineStr" | b"e" | b"d" => CellKind::Text,
                        _ => CellKind::Number,
                    }
                }
                b"s" => head.format = digits(value).unwrap_or_default() as usize,
                _ => {}
            }
        }
        Ok(head)
    }
}

impl XlsxRows {
    /// Reads the cells up to the end of the row.
    fn cells(&mut self, cells: &mut RowCells) -> Result<(), InputError> {
        let mut column = 0;
        loop {
            match self.xml.next()?.ok_or(InputError::Workbook)? {
                XmlToken::End(b"row") => return Ok(()),
                XmlToken::Start(tag) if tag.name() == b"c" => {
                    let head = XlsxCell::of(tag)?;
                    column = head.column.unwrap_or(column);
                    self.cell(head, column, cells)?;
                    column += 1;
                }
                XmlToken::Start(_) => self.xml.skip()?,
                XmlToken::End(_) | XmlToken::Text(_) => {}
            }
        }
    }

    fn cell(&mut self, head: XlsxCell, column: u32, cells: &mut RowCells) -> Result<(), InputError> {
        let (mut within, mut formula, mut valued) = (false, false, false);
        self.value.clear();
        loop {
            match self.xml.next()?.ok_or(InputError::Workbook)? {
                XmlToken::Start(tag) => match tag.name() {
                    b"v" | b"t" => within = true,
                    b"is" | b"r" => {}
                    b"f" => {
                        formula = true;
                        self.xml.skip()?;
                    }
                    _ => self.xml.skip()?,
                },
                XmlToken::End(b"c") => break,
                XmlToken::End(b"v" | b"t") => within = false,
                XmlToken::Text(piece) if within => {
                    valued = true;
                    push(&mut self.value, piece)?;
                }
                XmlToken::End(_) | XmlToken::Text(_) => {}
            }
        }
        if formula && !valued && head.kind != CellKind::Text {
            // The program that wrote the formula did not compute it.
            cells.fault(RowFault::Formula);
            return Ok(());
        }
        let value = self.value.trim();
        match head.kind {
            CellKind::Text => cells.push(column, &unescaped(&self.value)),
            CellKind::Bool => cells.push(
                column,
                if value == "0" {
                    "FALSE"
                } else if value.is_empty() {
                    ""
                } else {
                    "TRUE"
                },
            ),
            CellKind::Shared if value.is_empty() => Ok(()),
            CellKind::Shared => {
                let at = value.parse().ok();
                cells
                    .push(column, at.and_then(|at| self.package.strings.get(at)).ok_or(InputError::Workbook)?)
            }
            CellKind::Number if value.is_empty() => Ok(()),
            CellKind::Number => match value.parse::<f64>() {
                Ok(number) if number.is_finite() => {
                    let shown = self.package.shown.get(head.format).copied().unwrap_or_default();
                    cells.push(column, &Zeroizing::new(spelt(number, shown, self.package.since_1904)))
                }
                _ => Err(InputError::Workbook),
            },
        }
    }
}

/// The merged ranges that the XML after the cells lists, by their first row.
fn ranges(tail: &[u8]) -> Result<Vec<Range>, InputError> {
    let mut ranges = Vec::new();
    for at in memchr::memmem::find_iter(tail, b"mergeCell ") {
        let tag = &tail[at..];
        let end = memchr::memchr(b'>', tag).ok_or(InputError::Workbook)?;
        let Some(from) = memchr::memmem::find(&tag[..end], b"ref=") else { continue };
        let value = &tag[from + 5..end];
        let value = &value[..memchr::memchr2(b'"', b'\'', value).unwrap_or(value.len())];
        let (first, last) =
            memchr::memchr(b':', value).map_or((value, value), |at| (&value[..at], &value[at + 1..]));
        if let (Some((left, top)), Some((right, bottom))) = (reference(first), reference(last)) {
            merged::add(&mut ranges, Range { rows: (top, bottom), columns: (left, right) })?;
        }
    }
    Ok(ranges)
}

/// Column, counted from 0, and row of a reference such as `C12`.
fn reference(text: &[u8]) -> Option<(u32, u64)> {
    let text: &[u8] = text.strip_prefix(b"$").unwrap_or(text);
    let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let column = text[..letters]
        .iter()
        .fold(0, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'@'));
    let row = digits(text[letters..].strip_prefix(b"$").unwrap_or(&text[letters..]))?;
    (column <= COLUMNS_MAX).then_some((column - 1, row))
}

fn digits(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > 9 || !text.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(text.iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_have_a_column_and_a_row() {
        assert_eq!(reference(b"A1"), Some((0, 1)));
        assert_eq!(reference(b"XFD1048576"), Some((16_383, 1_048_576)));
        assert_eq!(reference(b"$B$3"), Some((1, 3)));
        for wrong in [&b"1"[..], b"A", b"XFE1", b"AAAA1", b"A-1", b""] {
            assert_eq!(reference(wrong), None);
        }
    }
}
