//! The two byte layouts of a page's rows in a stream.

/// The byte layout of rows in the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::label::encode) enum PageRows {
    /// Rows unchanged; a set bit is ink.
    Ink,
    /// PNG's layout: a filter byte 0 before each row; a set bit is white.
    Png,
}
