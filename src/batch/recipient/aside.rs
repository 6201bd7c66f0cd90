//! What a name or an address holds beside itself: labelled fields, remarks, and an extension in brackets.
//!
//! A part is taken off only where a label, a bracket, a blank or a sign sets it apart, or where it follows a number of
//! a building or room: what could be part of a name or place stays.
//!
//! - `read`: all steps in order; `parts`: what they come to.
//! - `fields`: labelled fields; `brackets`: what stands in brackets; `requests`: what is asked of the courier.
//! - `words`: labels, requests and signs; `range`: ranges of a cell without what surrounds them.

mod brackets;
mod fields;
mod parts;
mod range;
mod read;
mod requests;
mod words;

pub(super) use parts::{BracketedDigits, Field, FieldKind, Holds, Parts};
pub(super) use read::parts;
