//! What is known of a sheet besides its cells.

use super::merged::Range;

/// A sheet as the workbook lists it.
pub(super) struct SheetEntry {
    pub(super) name: String,
    pub(super) hidden: bool,
}

/// What is found in a sheet by a quick pass over it.
#[derive(Clone, Debug, Default)]
pub(super) struct SheetFacts {
    pub(super) hidden_rows: u64,
    pub(super) hidden_columns: u64,
    /// The number of its last row, if known.
    pub(super) last: Option<u64>,
    pub(super) merged: Vec<Range>,
}
