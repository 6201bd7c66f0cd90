//! Parses files of orders to rows, one row at a time.
//!
//! In goes a path or a stream; out come a header and [rows](Row) of text cells, each with its line number. Format and
//! encoding are detected from the content. CSV and JSON Lines take constant memory, Parquet one page per column, a
//! workbook its strings. Nothing is written to disk, errors never quote the content, and rows wipe
//! themselves.
//!
//! - `form`: detects the format; `survey`: a first pass for encoding, digest and number of lines; `options`: what is
//!   told instead of found.
//! - `encoding`: judges the encoding of text that is not UTF-8; `utf16`: recognises UTF-16.
//! - `source`: rows of any format; `csv`, `jsonl`, `workbook`, `parquet`: the parser of each; `split`: a record of CSV
//!   to its cells.
//! - `text`: decodes any encoding to UTF-8 in constant memory.
//! - `row`: a row of cells; `header`: finds the row that names the columns; `remark`: what people should know of a file.
//! - `table`: a small table held in memory.
//! - `folder`: lists the files of a folder; `guard`: cells of rejects that a spreadsheet would take for formulas.
//!
//! [`Dialect`] exposes a type of the crate [`encoding_rs`], which is re-exported.

mod csv;
mod encoding;
mod error;
mod folder;
mod form;
mod guard;
mod header;
mod jsonl;
mod options;
#[cfg(feature = "parquet")]
mod parquet;
mod remark;
mod row;
mod source;
mod split;
mod survey;
mod table;
mod text;
mod utf16;
mod workbook;

pub use encoding_rs;
pub use error::InputError;
pub use folder::files;
pub use form::{Dialect, FileForm};
pub use guard::{ADDED, guard, unguarded};
pub use options::InputOptions;
pub use remark::InputRemark;
pub use row::{Row, RowFault};
pub use source::RowSource;
pub use survey::Survey;
pub use table::{InputTable, parse};
