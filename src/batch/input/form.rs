//! Detects the format of a file of orders from its first bytes.
//!
//! The extension is not looked at: exports often have the wrong one.

use super::error::InputError;
use encoding_rs::{Encoding, UTF_8};

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileForm {
    /// Cells separated by comma, semicolon or tab.
    Csv,
    /// JSON Lines: one object per line.
    Jsonl,
    /// A sheet of an Excel workbook.
    Xlsx,
    /// A sheet of an OpenDocument spreadsheet.
    Ods,
    /// A sheet of an Excel workbook as it was before 2007.
    Xls,
    /// A Parquet file; needs the feature `parquet`.
    Parquet,
}

/// Format, encoding and separator of a file, so that its rejects can be written likewise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dialect {
    /// Its format.
    pub form: FileForm,
    /// Its encoding.
    pub encoding: &'static Encoding,
    /// Whether it begins with a byte order mark.
    pub mark: bool,
    /// The separator of its cells, an ASCII byte.
    pub separator: u8,
}

impl Dialect {
    /// The dialect for rejects of a binary format: CSV in UTF-8 with a byte order mark, which Excel opens correctly.
    pub(super) const fn marked(form: FileForm) -> Self {
        Self { form, encoding: UTF_8, mark: true, separator: b',' }
    }
}

impl Dialect {
    /// One object a line, in UTF-8, whatever the format of the input.
    #[must_use]
    pub const fn objects() -> Self {
        Self { form: FileForm::Jsonl, encoding: UTF_8, mark: false, separator: b',' }
    }
}

impl FileForm {
    /// Whether it is a workbook.
    #[must_use]
    pub const fn is_workbook(self) -> bool {
        matches!(self, Self::Xlsx | Self::Ods | Self::Xls)
    }

    /// The format of a file that begins with `start`. Text is the fallback, since it has no signature.
    ///
    /// # Errors
    /// [`InputError`] for known formats that cannot be read.
    pub(super) fn detect(start: &[u8]) -> Result<Self, InputError> {
        if start.starts_with(b"PK\x03\x04") {
            // An OpenDocument begins with a part `mimetype`, not compressed.
            let ods = memchr::memmem::find(&start[..start.len().min(128)], b"opendocument.spreadsheet");
            return Ok(if ods.is_some() { Self::Ods } else { Self::Xlsx });
        }
        // The signature of compound files: old workbooks, and new ones with a password.
        if start.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Ok(Self::Xls);
        }
        if start.starts_with(b"PAR1") {
            return Ok(Self::Parquet);
        }
        Ok(Self::Csv)
    }

    /// The format of a text that begins with `start`.
    ///
    /// # Errors
    /// [`InputError::JsonArray`].
    pub(super) fn of_text(start: &[u8], encoding: &'static Encoding) -> Result<Self, InputError> {
        let (text, _) = encoding.decode_with_bom_removal(start);
        match text.trim_start().bytes().next() {
            Some(b'[') => Err(InputError::JsonArray),
            Some(b'{') => Ok(Self::Jsonl),
            _ => Ok(Self::Csv),
        }
    }
}
