//! The form of a table.

/// English texts, each with the Chinese.
pub(super) type Table = [(&'static str, &'static str)];
