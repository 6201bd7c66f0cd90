//! Errors of reading a file of orders.

use std::io;
use thiserror::Error;

/// Why a file cannot be read, or not to its end. Never quotes the content.
///
/// Errors of the libraries for workbooks, Parquet and JSON are not kept as causes, since they quote cells.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum InputError {
    /// The text is not in the encoding of the lines before, from this line on; 0 if it is in none that is read.
    #[error("{}", encoding(*.0))]
    Encoding(u64),
    /// Text that is not UTF-8, and not certainly in any one other encoding.
    #[error("not UTF-8, and its encoding is not certain; save it as CSV UTF-8")]
    AmbiguousEncoding,
    /// Text of which some is UTF-8 and some is not.
    #[error("some of it is UTF-8 and some is not, as if two files were joined; save each as CSV UTF-8")]
    MixedEncodings,
    /// The name of an encoding that is not known.
    #[error("no encoding has this name")]
    UnknownEncoding,
    /// There is no header of at least two columns.
    #[error("no table: the first line must name the columns, separated by comma, semicolon or tab")]
    NoTable,
    /// A header, and no row after it.
    #[error("the columns are named, and no row follows; export the orders again")]
    NoRows,
    /// The file ends before the row that was said to name the columns.
    #[error("the file ends before the row that is to name the columns; count its rows")]
    NoHeaderRow,
    /// A line with a character that no text has.
    #[error("line {0} has a control character; delete it")]
    Control(u64),
    /// From this line on the table is larger than any list of stations, points or numbers: 64 columns, 2^20 rows, 2^22 cells.
    #[error(
        "from line {0} on, the table has more than 64 columns, 1,048,576 rows or 4,194,304 cells; divide it"
    )]
    TableSize(u64),
    /// A line that cannot be read as CSV.
    #[error("line {0} cannot be read as CSV; look for a stray quote")]
    Form(u64),
    /// A workbook in the format before Excel 97, or another document of that time.
    #[error("not a workbook, or one of before Excel 97; save it as .xlsx or CSV UTF-8")]
    OldExcel,
    /// A workbook that needs a password.
    #[error("the workbook has a password; save it without one, or as CSV UTF-8")]
    Locked,
    /// A workbook in Excel's binary format `.xlsb`.
    #[error("a binary workbook (.xlsb); save it as .xlsx or CSV UTF-8")]
    BinaryWorkbook,
    /// Several sheets may hold orders, and none was named.
    #[error("several sheets may hold orders, or a hidden one does: {}", .0.join(", "))]
    Sheets(Vec<String>),
    /// The sheet that was named is not there.
    #[error("no such sheet; the workbook has {}", .0.join(", "))]
    NoSheet(Vec<String>),
    /// A Parquet file, but this build lacks the feature `parquet`.
    #[error("this build cannot read Parquet; export CSV, or use a build with the feature `parquet`")]
    Parquet,
    /// A Parquet file on the standard input.
    #[error("Parquet cannot be read from the standard input; name the file instead")]
    ParquetOnStdin,
    /// A Parquet file whose footer cannot be read.
    #[error("the Parquet file is damaged or incomplete; export it again")]
    ParquetEnd,
    /// A column of lists or maps.
    #[error("column {0} holds lists instead of one value per row; leave it out of the export")]
    ParquetList(String),
    /// A column that cannot be read from this row on, or from one of the next few hundred.
    #[error("row {row} or one soon after, column {column}: damaged; export it again")]
    ParquetPage {
        /// The row, counted from 1.
        row: u64,
        /// The column's name.
        column: String,
    },
    /// One JSON array instead of JSON Lines.
    #[error("one JSON array; write one object per line (jq -c '.[]' does)")]
    JsonArray,
    /// A workbook on the standard input.
    #[error("a workbook cannot be read from the standard input; name the file instead")]
    SheetOnStdin,
    /// A workbook that cannot be read.
    #[error("the workbook is damaged or incomplete; save it again as .xlsx or CSV UTF-8")]
    Workbook,
    /// A workbook that exceeds a bound: of bytes when unpacked, of texts, or of what a cell holds.
    #[error(
        "the workbook is larger than any list of orders, or made to exhaust memory; save it as CSV UTF-8"
    )]
    Large,
    /// A folder without a file of orders.
    #[error("no .csv, .tsv, .txt, .jsonl, .ndjson, .xlsx, .xlsm, .xls, .ods or .parquet file in the folder")]
    EmptyFolder,
    /// The operating system reports an error.
    #[error("cannot be read: {0}")]
    Read(#[from] io::Error),
}

/// The message for [`InputError::Encoding`]; line 0 means that the line is unknown.
fn encoding(line: u64) -> String {
    if line == 0 {
        return "not UTF-8, and its encoding is not certain; save it as CSV UTF-8".to_owned();
    }
    format!(
        "line {line} is not in the encoding of the lines before it; save it as CSV UTF-8, and as a file if it came from \
         the standard input"
    )
}
