//! The cells of a row while it is read.

use crate::batch::input::error::InputError;
use crate::batch::input::row::{Row, RowFault};
use zeroize::Zeroizing;

/// The most text of a row, in bytes, as in the other formats.
const ROW_MAX: usize = 1 << 16;
/// The most text of a sheet, in bytes.
const TEXT_MAX: u64 = 1 << 30;
/// The last column of a workbook, XFD, plus one.
pub(super) const COLUMNS_MAX: u32 = 1 << 14;
/// The last row of a workbook.
pub(super) const ROWS_MAX: u64 = 1 << 20;

/// Cells in the order of their columns. Its buffers never grow beyond a row.
pub(super) struct RowCells {
    /// The number of the row, counted from 1.
    pub(super) number: u64,
    text: Zeroizing<String>,
    ends: Vec<u32>,
    /// The number of columns that have a name; all, until they are known.
    width: u32,
    fault: Option<RowFault>,
    /// The bytes of text in all rows so far.
    total: u64,
}

impl RowCells {
    pub(super) fn new() -> Self {
        let text = Zeroizing::new(String::with_capacity(ROW_MAX));
        Self { number: 0, text, ends: Vec::new(), width: COLUMNS_MAX, fault: None, total: 0 }
    }

    pub(super) const fn set_width(&mut self, width: u32) {
        self.width = width;
    }

    /// Begins a row, whose number must be above the one before.
    pub(super) fn begin(&mut self, number: u64) -> Result<(), InputError> {
        if number <= self.number || number > ROWS_MAX {
            return Err(InputError::Workbook);
        }
        self.count(number)?;
        self.text.clear();
        self.ends.clear();
        self.fault = None;
        Ok(())
    }

    /// The same cells again, in a later row.
    pub(super) fn repeat(&mut self, number: u64) -> Result<(), InputError> {
        if number <= self.number || number > ROWS_MAX {
            return Err(InputError::Workbook);
        }
        self.count(number)
    }

    /// Counts the text of the row that ends: a short file may refer to one text, or repeat a row, a million times.
    fn count(&mut self, number: u64) -> Result<(), InputError> {
        self.number = number;
        self.total += self.text.len() as u64;
        if self.total > TEXT_MAX { Err(InputError::Large) } else { Ok(()) }
    }

    /// Adds a cell at a column, counted from 0; blank ones need not be added.
    pub(super) fn push(&mut self, column: u32, cell: &str) -> Result<(), InputError> {
        let cell = cell.trim();
        if column >= COLUMNS_MAX {
            return Err(InputError::Workbook);
        }
        if cell.is_empty() {
            return Ok(());
        }
        if self.text.len() + cell.len() > ROW_MAX {
            self.fault = Some(RowFault::TooLong);
            return Ok(());
        }
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        // What is beyond the named columns is appended without gaps: there may be thousands.
        let at = column.min(self.width) as usize;
        if at < self.ends.len() && column < self.width {
            // Two cells at one place.
            return Err(InputError::Workbook);
        }
        while self.ends.len() < at {
            self.ends.push(end);
        }
        self.text.push_str(cell);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        if column >= self.width {
            self.fault.get_or_insert(RowFault::Cells);
        }
        Ok(())
    }

    /// Marks the row as unreliable.
    pub(super) fn fault(&mut self, fault: RowFault) {
        self.fault.get_or_insert(fault);
    }

    /// The row; `None` if it has no text.
    pub(super) fn row(&self) -> Option<Row> {
        if self.fault == Some(RowFault::TooLong) {
            return Some(Row::faulty(self.number, RowFault::TooLong, ""));
        }
        if self.text.is_empty() && self.fault != Some(RowFault::Formula) {
            return None;
        }
        let mut row = Row::new(self.number, &self.text, &self.ends);
        row.fault = self.fault;
        Some(row)
    }
}

/// The rows of one sheet, read one after the other.
pub(super) trait SheetRows: Send {
    /// Reads the next row that has cells; false at the end.
    fn next(&mut self, cells: &mut RowCells) -> Result<bool, InputError>;
}
