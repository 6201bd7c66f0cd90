//! How rows of dots are bytes of the stream.

/// How a page's dots are written in the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::label::encode) enum PageRows {
    /// As they are: a set bit is ink.
    Ink,
    /// As PNG has them: before each row a byte 0, for no filter, and a set bit is white.
    Png,
}
