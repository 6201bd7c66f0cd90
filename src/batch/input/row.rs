//! A row of cells in one piece of memory.

use std::fmt;
use thiserror::Error;
use zeroize::Zeroize as _;

/// A row: two allocations however many cells it has. Wiped on drop, shows nothing in `Debug`.
#[non_exhaustive]
pub struct Row {
    /// The line in the file as an editor shows it, or the sheet's row.
    pub line: u64,
    /// Why the cells cannot be relied on; an order is not made of such a row.
    pub fault: Option<RowFault>,
    text: String,
    ends: Vec<u32>,
}

/// Why a row's cells cannot be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RowFault {
    /// The row is longer than 64 KiB.
    #[error("the line is longer than 64 KiB, and not copied to the rejects; shorten it")]
    TooLong,
    /// A quote is opened and not closed.
    #[error("a quote is opened and not closed; double it or take it off")]
    Quote,
    /// Bytes that are no text in the file's encoding.
    #[error("bytes that are no text in the file's encoding; enter the text again")]
    Encoding,
    /// The line is no JSON object.
    #[error("no JSON object of keys that stand once; write one object a line")]
    Json,
    /// The object has a key that those at the beginning of the file have not.
    #[error("a key that the first thousand objects have not; add it to the first, empty")]
    NewKey,
    /// The row has more cells than the header.
    #[error("more cells than columns; put quotes around the cell that holds the separator")]
    Cells,
}

impl Row {
    /// A row of cells that follow one another in `text` and end at `ends`.
    pub(super) fn new(line: u64, text: &str, ends: &[u32]) -> Self {
        Self { line, fault: None, text: text.to_owned(), ends: ends.to_vec() }
    }

    /// A row that cannot be split: its text is the one cell.
    pub(super) fn faulty(line: u64, fault: RowFault, text: &str) -> Self {
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let mut row = Self::new(line, text, &[end]);
        row.fault = Some(fault);
        row
    }

    /// Bytes of text.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether no cell has text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// A cell; empty where the row has none.
    #[must_use]
    pub fn cell(&self, at: usize) -> &str {
        let Some(&end) = self.ends.get(at) else { return "" };
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The cells in order.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|at| self.cell(at))
    }

    /// Puts other text in a cell that is there.
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
