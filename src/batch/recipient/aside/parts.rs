//! The parts of a cell.

use std::ops::Range;
use zeroize::Zeroizing;

/// A cell in parts, as ranges in it.
#[derive(Default)]
pub(in crate::batch::recipient) struct Parts {
    /// The name or address itself.
    pub own: Range<usize>,
    /// Remarks for the courier.
    pub remarks: Vec<Range<usize>>,
    /// Fields after labels: `电话：13812345678`.
    pub fields: Vec<Field>,
    /// Whether a label before the name or address was taken off, or a word after it that says nothing.
    pub labelled: bool,
    /// Digits in brackets at the end, which may be a phone's extension.
    pub extension: Option<BracketedDigits>,
}

/// Digits in brackets at the end of a cell.
pub(in crate::batch::recipient) struct BracketedDigits {
    /// The digits, in ASCII.
    pub digits: Zeroizing<String>,
    /// The bracket and what is in it, as it is written.
    pub bracket: Zeroizing<String>,
    /// Whether the bracket says that they are an extension.
    pub named: bool,
}

/// A labelled field within another.
pub(in crate::batch::recipient) struct Field {
    pub kind: FieldKind,
    /// The label and the value.
    pub whole: Range<usize>,
    /// The value alone.
    pub value: Range<usize>,
}

/// What a label says of the field after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::batch::recipient) enum FieldKind {
    Name,
    Phone,
    Address,
    Postcode,
    Note,
}

/// What stands in the cell that is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::batch::recipient) enum Holds {
    Name,
    Address,
}
