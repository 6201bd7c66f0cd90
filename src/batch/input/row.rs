//! A row of text cells in one allocation.

use super::guard::unguarded;
use std::fmt;
use thiserror::Error;
use zeroize::{Zeroize as _, Zeroizing};

/// A row: two allocations, however many cells it has. Wiped on drop; `Debug` shows no cell.
#[non_exhaustive]
pub struct Row {
    /// The line in the file as an editor shows it, or the row of the sheet, counted from 1.
    pub line: u64,
    /// Why the cells are unreliable; such a row is always rejected.
    pub fault: Option<RowFault>,
    text: String,
    ends: Vec<u32>,
    /// The number of cells that the file has, if more were added.
    own: Option<u32>,
}

/// Why a row's cells are unreliable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RowFault {
    /// The row is longer than 64 KiB.
    #[error("the line is longer than 64 KiB, and is not copied to the rejects; shorten it")]
    TooLong,
    /// A quote is opened and never closed.
    #[error("a quote is opened and never closed; double it or remove it")]
    Quote,
    /// Bytes that are invalid in the file's encoding.
    #[error("bytes that are invalid in the file's encoding; enter the text again")]
    Encoding,
    /// The line is not a JSON object, or has a duplicate key.
    #[error("not a JSON object, or one with a duplicate key; write one object per line")]
    Json,
    /// The object has a key that the first thousand objects do not have.
    #[error(
        "a key that none of the first thousand objects has; add it to the first one, with an empty value"
    )]
    NewKey,
    /// The row has more cells than the header.
    #[error("more cells than columns; put quotes around the cell that holds the separator")]
    Cells,
    /// A cell has a formula whose result the workbook does not hold.
    #[error("a formula whose result was not saved; open the workbook in Excel, save it, and seal it again")]
    Formula,
    /// Some of the row's cells are merged with others, which hold their text.
    #[error("cells merged with others, so that it is unknown what this row holds; split them, and fill each")]
    Merged,
}

impl Row {
    /// A row of cells that are concatenated in `text` and end at `ends`.
    pub(super) fn new(line: u64, text: &str, ends: &[u32]) -> Self {
        Self { line, fault: None, text: text.to_owned(), ends: ends.to_vec(), own: None }
    }

    /// A row that cannot be split: its whole text is one cell.
    pub(super) fn faulty(line: u64, fault: RowFault, text: &str) -> Self {
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let mut row = Self::new(line, text, &[end]);
        row.fault = Some(fault);
        row
    }

    /// The row with each cell as it was before it was written to a file of rejects.
    pub(super) fn unguarded(&self) -> Self {
        let (mut text, mut ends) = (Zeroizing::new(String::with_capacity(self.text.len())), Vec::new());
        for cell in self.cells() {
            text.push_str(unguarded(cell));
            ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        }
        let mut row = Self::new(self.line, &text, &ends);
        row.fault = self.fault;
        row
    }

    /// Marks the row as faulty if it has text beyond so many columns.
    pub(super) fn limit(&mut self, columns: usize) {
        // Cells beyond are without text where the last of these ends with the text.
        let last = columns.checked_sub(1).map_or(Some(&0), |last| self.ends.get(last));
        if last.is_some_and(|end| (*end as usize) < self.text.len()) {
            self.fault.get_or_insert(RowFault::Cells);
        }
    }

    /// The bytes of text in all cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// The bytes of memory that it holds: a cell without text takes some too.
    #[must_use]
    pub fn held(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * size_of::<u32>()
    }

    /// Whether all cells are empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// A cell by index; empty if the row has fewer cells.
    #[must_use]
    pub fn cell(&self, at: usize) -> &str {
        let Some(&end) = self.ends.get(at) else { return "" };
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The cells of the file in order, without those [added](Self::extend).
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        let own = self.own.map_or(self.ends.len(), |own| own as usize);
        (0..own).map(|at| self.cell(at))
    }

    /// Whether cells were added.
    #[must_use]
    pub const fn is_extended(&self) -> bool {
        self.own.is_some()
    }

    /// Adds cells from the index `at` on, which is the number of the file's columns.
    pub fn extend(&mut self, at: usize, cells: &[impl AsRef<str>]) {
        // Cells beyond the header are empty, or the row is faulty.
        self.ends.truncate(at);
        self.own.get_or_insert(u32::try_from(self.ends.len()).unwrap_or(u32::MAX));
        let length = cells.iter().map(|cell| cell.as_ref().len()).sum::<usize>();
        let mut text = String::with_capacity(self.text.len() + length);
        text.push_str(&self.text);
        let end = |text: &String| u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.ends.resize(at.max(self.ends.len()), end(&text));
        for cell in cells {
            text.push_str(cell.as_ref());
            self.ends.push(end(&text));
        }
        self.text.zeroize();
        self.text = text;
    }

    /// Replaces the text of a cell, and wipes the old text.
    pub fn replace(&mut self, at: usize, cell: &str) {
        let mut ends = Vec::with_capacity(self.ends.len());
        let mut text = String::with_capacity(self.text.len() + cell.len());
        for other in 0..self.ends.len() {
            text.push_str(if other == at { cell } else { self.cell(other) });
            ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        }
        self.text.zeroize();
        self.text = text;
        self.ends = ends;
    }
}

impl Drop for Row {
    fn drop(&mut self) {
        self.text.zeroize();
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row").field("line", &self.line).field("fault", &self.fault).finish_non_exhaustive()
    }
}
