//! What the reader of a file of orders is told about it.

use super::error::InputError;
use encoding_rs::{Encoding, GB18030, GBK};
use std::num::NonZero;

/// What is known of a file besides its content. The default is nothing: all of it is found.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct InputOptions {
    /// The encoding of text that has no byte order mark and is not UTF-8.
    pub encoding: Option<&'static Encoding>,
    /// The line or row that names the columns, counted from 1; otherwise it is found.
    pub header_row: Option<NonZero<u64>>,
    /// The sheet of a workbook, by its name or its number counted from 1.
    pub sheet: Option<String>,
    /// Names of columns that the user chose: by these a header is found too.
    pub names: Vec<String>,
}

impl InputOptions {
    /// The encoding of a name or alias of the WHATWG's Encoding Standard, such as `big5` or `windows-1252`. GB18030
    /// stands for GBK too, of which it is a superset.
    ///
    /// # Errors
    /// [`InputError::UnknownEncoding`].
    pub fn encoding(name: &str) -> Result<&'static Encoding, InputError> {
        let known = Encoding::for_label(name.trim().as_bytes());
        // `replacement` stands for encodings that are read as nothing, and `x-user-defined` for none.
        let known = known.map(|encoding| if encoding == GBK { GB18030 } else { encoding });
        known
            .filter(|encoding| !["replacement", "x-user-defined"].contains(&encoding.name()))
            .ok_or(InputError::UnknownEncoding)
    }
}
