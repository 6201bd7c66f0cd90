//! What was found in a file of orders that people should know, although its rows are read.

use serde::Serialize;

/// One finding; for the whole file, not for a row. It serialises to the fields of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "found", rename_all = "snake_case")]
#[non_exhaustive]
pub enum InputRemark {
    /// Rows above the one that names the columns are not read.
    TitleRows {
        /// Their number.
        rows: u64,
    },
    /// Only this sheet of a workbook is read.
    Sheet {
        /// Its name.
        read: String,
        /// The sheets with content that are not read, hidden ones included.
        others: Vec<String>,
    },
    /// Rows that are hidden or filtered out in the workbook are read like the others.
    HiddenRows {
        /// Their number.
        rows: u64,
    },
    /// Columns that are hidden in the workbook are read like the others.
    HiddenColumns {
        /// Their number.
        columns: u64,
    },
}
