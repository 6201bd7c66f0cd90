//! Why a file gives no rows.

use std::io;
use thiserror::Error;

/// Why a file gives no rows, or no more of them. Says nothing of the content.
///
/// What the readers of workbooks, Parquet and JSON say is not kept as a cause: they quote cells.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum InputError {
    /// Neither UTF-8, UTF-16 with a mark nor GB18030, from this line on; 0 where no line is known.
    #[error("{}", encoding(*.0))]
    Encoding(u64),
    /// No header of two columns or more.
    #[error("no table: the first line must name the columns, separated by comma, semicolon or tab")]
    NoTable,
    /// A line that cannot be read as CSV.
    #[error("line {0} cannot be read as CSV; look for a stray quote")]
    Form(u64),
    /// A workbook of before 2007.
    #[error("an Excel workbook of before 2007, or one with a password; save it as .xlsx or CSV UTF-8")]
    OldExcel,
    /// A Parquet file, and a build without the feature.
    #[error("this build does not read Parquet")]
    Parquet,
    /// A Parquet file on the standard input.
    #[error("Parquet cannot be read from the standard input; give its file")]
    ParquetOnStdin,
    /// A Parquet file whose description, at its end, cannot be read.
    #[error("not a Parquet file that can be read, or cut short; export it again")]
    ParquetEnd,
    /// A column of lists or maps.
    #[error("column {0} holds lists, not one value a row; leave it out of the export")]
    ParquetList(String),
    /// A column that cannot be read from this row on, or from one of the few hundred behind it.
    #[error("row {row} or soon after it, column {column}: damaged; export it again")]
    ParquetPage {
        /// The row, from one.
        row: u64,
        /// The column's name.
        column: String,
    },
    /// One JSON array in place of lines.
    #[error("one JSON array; write one object a line (jq -c '.[]' does)")]
    JsonArray,
    /// A workbook on the standard input.
    #[error("a workbook cannot be read from the standard input; give its file")]
    SheetOnStdin,
    /// A workbook that cannot be read.
    #[error("not a workbook that can be read, or cut short; save it again as .xlsx or CSV UTF-8")]
    Workbook,
    /// A workbook that unpacks to more than is read.
    #[error("the workbook unpacks to more than 1 GiB; save it as CSV UTF-8")]
    Large,
    /// A folder without a file of orders.
    #[error("no .csv, .tsv, .txt, .jsonl, .ndjson, .xlsx or .parquet file in the folder")]
    EmptyFolder,
    /// The system could not read.
    #[error("cannot be read: {0}")]
    Read(#[from] io::Error),
}

/// Zero stands for a file whose lines are not known.
fn encoding(line: u64) -> String {
    if line == 0 {
        return "neither UTF-8 nor GB18030; save it as CSV UTF-8".to_owned();
    }
    format!(
        "line {line} is not in the encoding of the lines before it; save it as CSV UTF-8, and give it as a file if it \
         came on the standard input"
    )
}
