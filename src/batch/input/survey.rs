//! The first pass over a file: its format, encoding, digest and number of lines.
//!
//! The encoding of a file can only be decided by reading all of it; the digest goes into the manifest, and the number of
//! lines into the progress bar.

use super::error::InputError;
use super::form::FileForm;
use super::text::{Spelling, read_some, survey};
use std::fs::File;
use std::io::Seek as _;
use std::path::Path;

/// The result of a first pass over a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Survey {
    /// SHA-256 of the file's bytes.
    pub digest: [u8; 32],
    /// The number of lines, for text formats.
    pub lines: Option<u64>,
    pub(super) form: FileForm,
    pub(super) spelling: Spelling,
}

impl Survey {
    /// Reads a whole file once.
    ///
    /// # Errors
    /// [`InputError`] if it cannot be read, or its format is not supported.
    pub fn read(path: &Path) -> Result<Self, InputError> {
        Self::of_file(&mut File::open(path)?)
    }

    pub(super) fn of_file(file: &mut File) -> Result<Self, InputError> {
        let mut start = [0; 512];
        let count = read_some(file, &mut start)?;
        let form = FileForm::detect(&start[..count])?;
        file.rewind()?;
        let (spelling, digest, lines) = survey(&mut *file)?;
        file.rewind()?;
        Ok(Self {
            digest,
            lines: matches!(form, FileForm::Csv | FileForm::Jsonl).then_some(lines),
            form,
            spelling,
        })
    }

    /// Whether it is JSON Lines.
    #[must_use]
    pub fn is_jsonl(&self) -> bool {
        self.form == FileForm::Jsonl
    }

    /// Whether opening the file only for its header is cheap; a workbook has to be parsed whole.
    #[must_use]
    pub fn is_light(&self) -> bool {
        self.form != FileForm::Xlsx
    }
}
