//! Which form a file of orders has, and how it is written.

use super::error::InputError;
use encoding_rs::{Encoding, UTF_8};

/// The form of a file, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileForm {
    /// Cells separated by comma, semicolon or tab.
    Csv,
    /// One JSON object a line.
    Jsonl,
    /// The first sheet of an Excel workbook.
    Xlsx,
    /// A Parquet file; read with the feature `parquet`.
    Parquet,
}

/// How a file is written, so that what is rejected of it can be written alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dialect {
    /// Its form.
    pub form: FileForm,
    /// Its encoding.
    pub encoding: &'static Encoding,
    /// Whether it begins with a byte order mark.
    pub mark: bool,
    /// What separates its cells.
    pub separator: u8,
}

impl Dialect {
    /// Of a form that is no text: its rejects are CSV in UTF-8 with a mark.
    pub(super) const fn marked(form: FileForm) -> Self {
        Self { form, encoding: UTF_8, mark: true, separator: b',' }
    }
}

impl FileForm {
    /// The form of what begins with `start`.
    ///
    /// # Errors
    /// [`InputError`] for forms that are known and not read.
    pub(super) fn detect(start: &[u8]) -> Result<Self, InputError> {
        if start.starts_with(b"PK\x03\x04") {
            return Ok(Self::Xlsx);
        }
        if start.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(InputError::OldExcel);
        }
        if start.starts_with(b"PAR1") {
            return Ok(Self::Parquet);
        }
        let text = start.strip_prefix("\u{feff}".as_bytes()).unwrap_or(start).trim_ascii_start();
        if text.starts_with(b"[") {
            return Err(InputError::JsonArray);
        }
        Ok(if text.starts_with(b"{") { Self::Jsonl } else { Self::Csv })
    }
}
