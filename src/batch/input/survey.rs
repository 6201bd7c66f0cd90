//! What is learnt of a file by reading it through once: its form, encoding, digest and lines.

use super::error::InputError;
use super::form::FileForm;
use super::text::{Spelling, read_some, survey};
use std::fs::File;
use std::io::Seek as _;
use std::path::Path;

/// What a file is, known from reading it through once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Survey {
    /// SHA-256 of its bytes.
    pub digest: [u8; 32],
    /// Its lines, if it has lines.
    pub lines: Option<u64>,
    pub(super) form: FileForm,
    pub(super) spelling: Spelling,
}

impl Survey {
    /// Reads a file through.
    ///
    /// # Errors
    /// [`InputError`] if it cannot be read or has a form that is not.
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

    /// Whether a file is cheap to open for its header alone.
    #[must_use]
    pub fn is_light(&self) -> bool {
        self.form != FileForm::Xlsx
    }
}
