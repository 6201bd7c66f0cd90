//! Matches the columns of a file to the fields of an order, and accounts for each of them.
//!
//! - `column`: the fields of an order, which are the columns of the input format; `destination`: where each goes.
//! - `names`: the names that files use for each; `exports`: the exports of shops and carriers, known by their headers.
//! - `choices`: what the user says; `source`: which columns hold a field, joined or the first of them;
//!   `derived`: the cells that are made of them.
//! - `mapping`: from a file's header to a [`Mapping`]; `problem`: all that can be wrong with it.
//! - `inspection`: looks at unknown columns; `looks`: what cells look like.
//! - `accounting`: what becomes of each column.

mod accounting;
mod choices;
mod column;
mod derived;
mod destination;
mod exports;
mod inspection;
mod looks;
mod mapping;
pub(super) mod names;
mod problem;
mod source;

pub use accounting::{Accounting, ColumnUse, Unused};
pub use choices::{ColumnChoices, Fields};
pub use column::{Column, UnknownColumn};
pub use destination::{Destination, LabelParts};
pub(super) use exports::is_of_export;
pub use inspection::{ExamineError, Inspection, examine, examine_rows};
pub use looks::Looks;
pub use mapping::{ColumnRole, FileColumn, Mapping, Places};
pub use names::known;
pub use problem::{MappingError, MappingProblem, Remedy};
pub use source::{BadSource, ColumnSource, joined};
