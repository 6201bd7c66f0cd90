//! Parses workbooks to rows, one row at a time: XLSX (ISO/IEC 29500, transitional and strict), ODS (ISO/IEC 26300) and
//! XLS (BIFF8, as Excel wrote it from 1997 to 2003).
//!
//! In goes a file; out come a header and rows. The library's own parsers stand in place of a crate, since a file of orders
//! is untrusted and everything in it is bounded before memory is taken: bytes unpacked, strings, rows, columns, nesting.
//! XLSX and ODS take the memory of their strings, XLS that of its cells.
//!
//! - `book`: the sheets of a workbook of any format; `facts`: what is known of them; `choice`: which one is read;
//!   `ahead`: its first rows; `sheet`: its header and rows.
//! - `archive`: the parts of a ZIP, each a stream; `xml`: their elements; `strings`: shared strings.
//! - `row`: the cells of a row while it is read; `merged`: rows that merged cells cover; `number`: numbers, dates and times as text; `formats`: which numbers are dates.
//! - `xlsx`, `ods`, `xls`: the parser of each; `package`: the parts of an XLSX; `scan`: a quick pass over its sheet;
//!   `compound`: the streams within an XLS; `records`: its records and strings.

mod ahead;
mod archive;
mod book;
mod choice;
mod compound;
mod facts;
mod formats;
mod merged;
mod number;
mod ods;
mod package;
mod records;
mod row;
mod scan;
mod sheet;
mod strings;
mod xls;
mod xlsx;
mod xml;

#[cfg(feature = "parquet")]
pub(super) use number::rounded;
pub(super) use sheet::SheetReader;
