//! Reads a finished label back, as a scanner would, before it counts as made.
//!
//! In goes a label's file, with the text expected; out comes whether its QR code gives that text and the text opens. Each format
//! is parsed by code that shares nothing with its writer, and whatever is not of the form that a writer of ours gives is a
//! label that is not read:
//!
//! | format | what is parsed | what is read |
//! |---|---|---|
//! | PNG | the file | the QR code in its pixels |
//! | SVG | the file as XML 1.0, and every path of it that is not text | the QR code in what the paths draw |
//! | PDF | header, cross-reference table, objects, page, and its content as operators, but its text | the same |
//! | ZPL, TSPL, CPCL | each command; each bitmap is unpacked, and its checksum compared | the QR code in the dots |
//! | `zpl-native`, `tspl-native` | each command | nothing: the printer draws the codes, whose texts are compared |
//!
//! Opening uses the leaves of the sealer's own grant, so it can open nothing but that sealer's labels of the day.
//!
//! - `reader`: the check; `svg`, `pdf`, `zpl`, `tspl`, `cpcl`: a label's file to dots; `numbers`: their numbers; `texts`:
//!   the texts of codes that a printer draws.

mod cpcl;
mod numbers;
mod pdf;
mod reader;
mod svg;
mod texts;
mod tspl;
mod zpl;

#[cfg(test)]
mod tests;

pub use reader::{Check, gray};
