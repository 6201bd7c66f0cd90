//! The header and the rows of the sheet that is read.

use super::ahead::{first_rows, next};
use super::book::Book;
use super::choice::choose;
use super::merged::Covered;
use super::row::{RowCells, SheetRows};
use crate::batch::input::error::InputError;
use crate::batch::input::form::FileForm;
use crate::batch::input::header::{clean_name, is_header};
use crate::batch::input::options::InputOptions;
use crate::batch::input::remark::InputRemark;
use crate::batch::input::row::{Row, RowFault};
use std::collections::VecDeque;
use std::fs::File;

/// Rows of one sheet of a workbook.
pub(in crate::batch::input) struct SheetReader {
    rows: Box<dyn SheetRows>,
    cells: RowCells,
    /// Rows that were read in search of the header.
    ahead: VecDeque<Row>,
    last: Option<u64>,
    covered: Covered,
}

impl SheetReader {
    /// Opens a workbook, chooses a sheet, and finds its header.
    pub(in crate::batch::input) fn open(
        file: File,
        form: FileForm,
        options: &InputOptions,
    ) -> Result<(Self, Vec<String>, Vec<InputRemark>), InputError> {
        let book = Book::open(file, form)?;
        let (at, mut remarks) = choose(&book, options)?;
        let facts = book.facts(at)?;
        let mut cells = RowCells::new();
        let mut rows = book.rows(at)?;
        let mut ahead = first_rows(&mut *rows, &mut cells, options)?;
        let (header, titles) = header(&mut ahead, options)?;
        let width = header.len() as u32;
        cells.set_width(width);
        let covered = Covered::by(&facts.merged, width);
        // Rows read before the width was known may have more cells than it.
        for row in &mut ahead {
            row.limit(header.len());
        }
        if titles > 0 {
            remarks.push(InputRemark::TitleRows { rows: titles });
        }
        if facts.hidden_rows > 0 {
            remarks.push(InputRemark::HiddenRows { rows: facts.hidden_rows });
        }
        if facts.hidden_columns > 0 {
            remarks.push(InputRemark::HiddenColumns { columns: facts.hidden_columns });
        }
        Ok((Self { rows, cells, ahead, last: facts.last, covered }, header, remarks))
    }

    /// The number of its last row, if known.
    pub(in crate::batch::input) const fn last(&self) -> Option<u64> {
        self.last
    }

    pub(in crate::batch::input) fn next(&mut self) -> Result<Option<Row>, InputError> {
        let mut row = match self.ahead.pop_front() {
            Some(row) => Some(row),
            None => next(&mut *self.rows, &mut self.cells)?,
        };
        if let Some(row) = &mut row
            && self.covered.holds(row.line)
        {
            row.fault.get_or_insert(RowFault::Merged);
        }
        Ok(row)
    }
}

/// Takes the rows up to the header, and returns its names and the number of rows above it.
fn header(ahead: &mut VecDeque<Row>, options: &InputOptions) -> Result<(Vec<String>, u64), InputError> {
    let at = match options.header_row {
        Some(said) if ahead.front().is_none_or(|row| row.line != said.get()) => {
            return Err(InputError::NoHeaderRow);
        }
        Some(_) => 0,
        None => ahead.iter().position(|row| is_header(row.cells(), options)).unwrap_or(0),
    };
    ahead.drain(..at);
    let header = ahead.pop_front().filter(|row| row.fault.is_none()).ok_or(InputError::NoTable)?;
    let names: Vec<String> = header.cells().map(clean_name).collect();
    if names.len() < 2 { Err(InputError::NoTable) } else { Ok((names, at as u64)) }
}
