//! The sheets of a workbook, whatever its format.

use super::facts::{SheetEntry, SheetFacts};
use super::ods::Ods;
use super::row::SheetRows;
use super::xls::Xls;
use super::xlsx::Xlsx;
use crate::batch::input::error::InputError;
use crate::batch::input::form::FileForm;
use std::fs::File;

/// A workbook of any format.
pub(super) enum Book {
    Xlsx(Xlsx),
    Ods(Ods),
    Xls(Xls),
}

impl Book {
    pub(super) fn open(file: File, form: FileForm) -> Result<Self, InputError> {
        Ok(match form {
            FileForm::Ods => Self::Ods(Ods::open(file)?),
            FileForm::Xls => Self::Xls(Xls::open(file)?),
            _ => Self::Xlsx(Xlsx::open(file)?),
        })
    }

    pub(super) fn sheets(&self) -> &[SheetEntry] {
        match self {
            Self::Xlsx(book) => book.sheets(),
            Self::Ods(book) => book.sheets(),
            Self::Xls(book) => book.sheets(),
        }
    }

    /// The rows of a sheet by its index, from its first.
    pub(super) fn rows(&self, at: usize) -> Result<Box<dyn SheetRows>, InputError> {
        Ok(match self {
            Self::Xlsx(book) => book.rows(at)?,
            Self::Ods(book) => book.rows(at)?,
            Self::Xls(book) => book.rows(at)?,
        })
    }

    /// What people should know of a sheet that is read.
    pub(super) fn facts(&self, at: usize) -> Result<SheetFacts, InputError> {
        match self {
            Self::Xlsx(book) => book.facts(at),
            Self::Ods(book) => book.facts(at),
            Self::Xls(book) => Ok(book.facts(at)),
        }
    }
}
