//! Parses the sheets of an XLS (MS-XLS, BIFF8).

use super::compound::{Compound, f64_at, u16_at, u32_at};
use super::facts::{SheetEntry, SheetFacts};
use super::formats;
use super::merged::{self, Range};
use super::number::{NumberShown, spelt};
use super::records::{Record, Records};
use super::row::{RowCells, SheetRows};
use super::strings::Strings;
use crate::batch::input::error::InputError;
use std::collections::HashMap;
use std::fs::File;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The version of the records that Excel 97 and later write.
const BIFF8: u16 = 0x0600;
const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;

/// A workbook, its sheets parsed.
pub(super) struct Xls {
    sheets: Vec<SheetEntry>,
    tables: Vec<Arc<XlsTable>>,
    book: Arc<BookParts>,
}

/// What cells of all sheets refer to.
struct BookParts {
    strings: Strings,
    shown: Vec<NumberShown>,
    since_1904: bool,
}

/// The cells of a sheet, by row and column.
#[derive(Default)]
struct XlsTable {
    cells: Vec<(u16, u16, XlsValue)>,
    texts: Strings,
    facts: SheetFacts,
}

/// What a cell holds.
#[derive(Clone, Copy)]
enum XlsValue {
    Shared(u32),
    /// A text of this sheet alone.
    Own(u32),
    Number(f64, u16),
    Bool(bool),
    Error(u8),
}

impl Xls {
    pub(super) fn open(file: File) -> Result<Self, InputError> {
        let file = Compound::read(file)?;
        if file.has("EncryptedPackage") {
            return Err(InputError::Locked);
        }
        let stream = file.stream("Workbook").ok_or(if file.has("Book") || !file.has("Workbook") {
            InputError::OldExcel
        } else {
            InputError::Workbook
        })?;
        drop(file);
        let mut records = Records::new(&stream, 0);
        match records.next() {
            Some(first) if first.kind == BOF && u16_at(first.data, 0) == Some(BIFF8) => {}
            _ => return Err(InputError::OldExcel),
        }
        let (mut sheets, mut places) = (Vec::new(), Vec::new());
        let (mut strings, mut since_1904) = (Strings::default(), false);
        let (mut customs, mut formats) = (HashMap::new(), Vec::new());
        for record in records {
            match record.kind {
                EOF => break,
                // FilePass: everything after it is encrypted.
                0x002f => return Err(InputError::Locked),
                0x0022 => since_1904 = u16_at(record.data, 0) == Some(1),
                0x0085 => {
                    let (place, state) = (u32_at(record.data, 0), record.data.get(4).copied());
                    let name = record.text(6).short().ok_or(InputError::Workbook)?;
                    sheets.push(SheetEntry {
                        name: name.to_string(),
                        hidden: state.unwrap_or_default() & 3 != 0,
                    });
                    // A chart or a module of macros has no cells.
                    places.push(place.filter(|_| record.data.get(5) == Some(&0)));
                }
                0x041e => {
                    if let (Some(id), Some(code)) = (u16_at(record.data, 0), record.text(2).long()) {
                        customs.insert(id, formats::custom(&code));
                    }
                }
                0x00e0 => formats.push(u16_at(record.data, 2).unwrap_or_default()),
                0x00fc => strings = shared(&record)?,
                _ => {}
            }
        }
        let shown = formats
            .iter()
            .map(|id| customs.get(id).copied().unwrap_or_else(|| formats::built_in(*id)))
            .collect();
        let table = |place: Option<u32>| match place {
            Some(place) => XlsTable::parse(&stream, place as usize, strings.len()),
            None => Ok(XlsTable::default()),
        };
        let tables = places.into_iter().map(|place| table(place).map(Arc::new)).collect::<Result<_, _>>()?;
        Ok(Self { sheets, tables, book: Arc::new(BookParts { strings, shown, since_1904 }) })
    }

    pub(super) fn sheets(&self) -> &[SheetEntry] {
        &self.sheets
    }

    pub(super) fn rows(&self, at: usize) -> Result<Box<dyn SheetRows>, InputError> {
        Ok(Box::new(XlsRows { table: self.tables[at].clone(), book: self.book.clone(), next: 0 }))
    }

    pub(super) fn facts(&self, at: usize) -> SheetFacts {
        self.tables[at].facts.clone()
    }
}

/// The strings that all cells share.
fn shared(record: &Record<'_>) -> Result<Strings, InputError> {
    let count = u32_at(record.data, 4).ok_or(InputError::Workbook)?;
    let mut strings = Strings::default();
    let mut texts = record.text(8);
    for _ in 0..count {
        strings.push(&texts.long().ok_or(InputError::Workbook)?)?;
    }
    Ok(strings)
}

impl XlsTable {
    fn parse(stream: &[u8], place: usize, shared: usize) -> Result<Self, InputError> {
        let mut table = Self::default();
        let mut records = Records::new(stream, place);
        if records.next().is_none_or(|first| first.kind != BOF) {
            return Err(InputError::Workbook);
        }
        // The cell whose formula gave a text, which the next record holds.
        let mut formula = None;
        for record in records {
            if record.kind == EOF {
                table.cells.sort_by_key(|(row, column, _)| (*row, *column));
                table.facts.last = table.cells.last().map(|(row, ..)| u64::from(*row) + 1);
                return Ok(table);
            }
            table.add(&record, shared, &mut formula).ok_or(InputError::Workbook)??;
        }
        Err(InputError::Workbook)
    }

    /// Adds what a record says; `None` if it is cut short.
    fn add(
        &mut self,
        record: &Record<'_>,
        shared: usize,
        formula: &mut Option<(u16, u16)>,
    ) -> Option<Result<(), InputError>> {
        let data = record.data;
        let (first, second) = (u16_at(data, 0), u16_at(data, 2));
        match record.kind {
            // Rows and columns, some of them hidden.
            0x0208 => self.facts.hidden_rows += u64::from(u32_at(data, 12)? & 0x20 != 0),
            0x007d if u16_at(data, 8)? & 1 != 0 => {
                self.facts.hidden_columns += u64::from(second?.min(255).saturating_sub(first?)) + 1;
            }
            0x00fd => {
                let at = u32_at(data, 6).filter(|at| (*at as usize) < shared)?;
                self.cells.push((first?, second?, XlsValue::Shared(at)));
            }
            0x0204 | 0x00d6 => return Some(self.own(first?, second?, &record.text(6).long()?)),
            0x0203 => {
                self.cells.push((first?, second?, XlsValue::Number(f64_at(data, 6)?, u16_at(data, 4)?)))
            }
            0x027e => self.cells.push((
                first?,
                second?,
                XlsValue::Number(short(u32_at(data, 6)?), u16_at(data, 4)?),
            )),
            0x00bd => {
                for (at, cell) in data.get(4..data.len().checked_sub(2)?)?.chunks_exact(6).enumerate() {
                    let column = second?.checked_add(u16::try_from(at).ok()?)?;
                    self.cells.push((
                        first?,
                        column,
                        XlsValue::Number(short(u32_at(cell, 2)?), u16_at(cell, 0)?),
                    ));
                }
            }
            0x0205 => {
                let value = *data.get(6)?;
                let value =
                    if *data.get(7)? == 0 { XlsValue::Bool(value != 0) } else { XlsValue::Error(value) };
                self.cells.push((first?, second?, value));
            }
            0x0006 => {
                let result = data.get(6..14)?;
                let value = match (result[0], u16_at(result, 6)?) {
                    (0, 0xffff) => {
                        *formula = Some((first?, second?));
                        return Some(Ok(()));
                    }
                    (1, 0xffff) => XlsValue::Bool(result[2] != 0),
                    (2, 0xffff) => XlsValue::Error(result[2]),
                    (_, 0xffff) => return Some(Ok(())),
                    _ => XlsValue::Number(f64_at(result, 0)?, u16_at(data, 4)?),
                };
                self.cells.push((first?, second?, value));
            }
            0x0207 => {
                if let Some((row, column)) = formula.take() {
                    return Some(self.own(row, column, &record.text(0).long()?));
                }
            }
            0x00e5 => {
                for range in data.get(2..)?.chunks_exact(8) {
                    let [top, bottom, left, right] =
                        [0, 2, 4, 6].map(|at| u16_at(range, at).unwrap_or_default());
                    let rows = (u64::from(top) + 1, u64::from(bottom) + 1);
                    let range = Range { rows, columns: (left.into(), right.into()) };
                    if let Err(error) = merged::add(&mut self.facts.merged, range) {
                        return Some(Err(error));
                    }
                }
            }
            _ => {}
        }
        Some(Ok(()))
    }

    fn own(&mut self, row: u16, column: u16, text: &str) -> Result<(), InputError> {
        self.cells.push((row, column, XlsValue::Own(self.texts.len() as u32)));
        self.texts.push(text)
    }
}

/// A number in four bytes: an integer, or the upper half of a number, and perhaps a hundredth of it.
fn short(bits: u32) -> f64 {
    let number = if bits & 2 != 0 {
        f64::from(bits.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(bits & !3) << 32)
    };
    if bits & 1 != 0 { number / 100.0 } else { number }
}

struct XlsRows {
    table: Arc<XlsTable>,
    book: Arc<BookParts>,
    next: usize,
}

impl SheetRows for XlsRows {
    fn next(&mut self, cells: &mut RowCells) -> Result<bool, InputError> {
        let rest = &self.table.cells[self.next..];
        let Some(&(row, ..)) = rest.first() else { return Ok(false) };
        cells.begin(u64::from(row) + 1)?;
        let count = rest.iter().take_while(|(other, ..)| *other == row).count();
        for &(_, column, value) in &rest[..count] {
            let column = column.into();
            match value {
                XlsValue::Shared(at) => {
                    cells.push(column, self.book.strings.get(at as usize).unwrap_or_default())?
                }
                XlsValue::Own(at) => {
                    cells.push(column, self.table.texts.get(at as usize).unwrap_or_default())?
                }
                XlsValue::Number(number, format) if number.is_finite() => {
                    let shown = self.book.shown.get(usize::from(format)).copied().unwrap_or_default();
                    cells.push(column, &Zeroizing::new(spelt(number, shown, self.book.since_1904)))?;
                }
                XlsValue::Number(..) => return Err(InputError::Workbook),
                XlsValue::Bool(value) => cells.push(column, if value { "TRUE" } else { "FALSE" })?,
                XlsValue::Error(code) => cells.push(column, failed(code))?,
            }
        }
        self.next += count;
        Ok(true)
    }
}

/// What a formula that failed shows.
const fn failed(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        0x2a => "#N/A",
        _ => "#VALUE!",
    }
}
