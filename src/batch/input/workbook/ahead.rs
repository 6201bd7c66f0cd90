//! Rows that have text, one by one or the first of a sheet.

use super::row::{RowCells, SheetRows};
use crate::batch::input::error::InputError;
use crate::batch::input::header::TITLES_MAX;
use crate::batch::input::options::InputOptions;
use crate::batch::input::row::Row;
use std::collections::VecDeque;

/// The next row that has text.
pub(super) fn next(rows: &mut dyn SheetRows, cells: &mut RowCells) -> Result<Option<Row>, InputError> {
    while rows.next(cells)? {
        if let Some(row) = cells.row() {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

/// As many rows as may be above a header, and one; with a row that was said, that one is first.
pub(super) fn first_rows(
    rows: &mut dyn SheetRows,
    cells: &mut RowCells,
    options: &InputOptions,
) -> Result<VecDeque<Row>, InputError> {
    let mut ahead = VecDeque::new();
    while ahead.len() <= TITLES_MAX {
        let Some(row) = next(rows, cells)? else { break };
        if options.header_row.is_none_or(|said| row.line >= said.get()) {
            ahead.push_back(row);
        }
    }
    Ok(ahead)
}
