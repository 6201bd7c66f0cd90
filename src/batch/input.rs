//! Files of orders to rows, one row at a time.
//!
//! In goes a path or a stream; out come a header and [rows](Row) of text cells, each with its line. A file's form and
//! encoding are found by its content. Rows of CSV and JSON Lines take constant memory, those of Parquet a page of each
//! column; a workbook is held whole. Nothing is written to disk, errors repeat nothing of the content, and what the
//! rows here hold is wiped.
//!
//! - `form`: what a file is, by its content; `survey`: what reading it through once tells.
//! - `source`: a file's rows; `csv`, `jsonl`, `xlsx`, `parquet`: those of each form.
//! - `text`: bytes to UTF-8, whatever the encoding, in constant memory.
//! - `row`: a row of cells; `header`: the names of columns.
//! - `table`: a small table held whole.
//! - `folder`: the files of a folder.
//!
//! [`Dialect`] shows a type of the crate [`encoding_rs`], which is re-exported.

mod csv;
mod error;
mod folder;
mod form;
mod header;
mod jsonl;
#[cfg(feature = "parquet")]
mod parquet;
mod row;
mod source;
mod survey;
mod table;
mod text;
mod xlsx;

pub use encoding_rs;
pub use error::InputError;
pub use folder::files;
pub use form::{Dialect, FileForm};
pub use row::{Row, RowFault};
pub use source::RowSource;
pub use survey::Survey;
pub use table::{InputTable, parse};
