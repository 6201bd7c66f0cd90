//! Values that several commands take.

use crate::cli::language::value::ValueError;
use clap::ValueEnum;
use wayseal::batch::columns::{Column, ColumnSource};
use wayseal::batch::input::encoding_rs::Encoding;
use wayseal::batch::input::{InputError, InputOptions};
use wayseal::label::{Dpi, Page};

#[derive(Clone, Copy, ValueEnum)]
pub enum DotsPerInch {
    /// 8 dots per millimetre
    #[value(name = "203")]
    D203,
    /// 12 dots per millimetre
    #[value(name = "300")]
    D300,
}

impl From<DotsPerInch> for Dpi {
    fn from(dots: DotsPerInch) -> Self {
        match dots {
            DotsPerInch::D203 => Self::D203,
            DotsPerInch::D300 => Self::D300,
        }
    }
}

/// Width and height, as in `100x150`, `4x6in` or `A6`.
pub fn size(text: &str) -> Result<(f64, f64), ValueError> {
    Page::size(text).ok_or(ValueError::Size)
}

/// An encoding by its name or an alias.
pub fn encoding(text: &str) -> Result<&'static Encoding, InputError> {
    InputOptions::encoding(text)
}

/// A field of an order and the columns that hold it: `phone=Tel`, `name=First+Last`.
pub fn column(text: &str) -> Result<(Column, ColumnSource), ValueError> {
    let (name, theirs) = text.split_once('=').unwrap_or((text, ""));
    name.trim().parse().ok().zip(theirs.parse().ok()).ok_or(ValueError::Column)
}
