//! Parses the first sheet of a workbook (ISO/IEC 29500) to rows.
//!
//! In goes a file; out come a header and rows. The whole sheet is held in memory, and the library does not wipe its copy.
//! The size is checked before parsing, against decompression bombs.

use super::error::InputError;
use super::header::clean_name;
use super::row::Row;
use calamine::{Data, Reader as _, Xlsx as Workbook, open_workbook_from_rs};
use std::fs::File;
use std::io::{self, BufReader, Read as _, Seek as _};

/// The largest size of an unpacked workbook, in bytes.
const UNPACKED_MAX: u64 = 1 << 30;
/// Excel keeps fifteen digits of a number and replaces the others by zeros, so larger numbers are not exact.
const DIGITS_MAX: f64 = 1e15;

pub(super) struct Xlsx {
    cells: std::vec::IntoIter<Row>,
}

impl Xlsx {
    pub(super) fn new(mut file: File) -> Result<(Self, Vec<String>), InputError> {
        unpack(&file)?;
        file.rewind()?;
        let mut book: Workbook<_> =
            open_workbook_from_rs(BufReader::new(file)).map_err(|_| InputError::Workbook)?;
        let sheet =
            book.worksheet_range_at(0).ok_or(InputError::Workbook)?.map_err(|_| InputError::Workbook)?;
        let first = sheet.start().map_or(0, |(row, _)| u64::from(row)) + 1;
        let mut rows = (first..).zip(sheet.rows()).filter_map(|(line, cells)| {
            let (mut text, mut ends) =
                (zeroize::Zeroizing::new(String::new()), Vec::with_capacity(cells.len()));
            for cell in cells {
                text.push_str(spelt(cell).trim());
                ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
            }
            (!text.is_empty()).then(|| Row::new(line, &text, &ends))
        });
        let header: Vec<String> = rows.next().ok_or(InputError::NoTable)?.cells().map(clean_name).collect();
        if header.len() < 2 {
            return Err(InputError::NoTable);
        }
        let rows: Vec<Row> = rows.collect();
        Ok((Self { cells: rows.into_iter() }, header))
    }

    /// The number of the last remaining row.
    pub(super) fn last(&self) -> Option<u64> {
        self.cells.as_slice().last().map(|row| row.line)
    }

    pub(super) fn next(&mut self) -> Option<Row> {
        self.cells.next()
    }
}

/// Unpacks every entry once to count its bytes, and discards them: the sizes in the directory may be false.
fn unpack(file: &File) -> Result<(), InputError> {
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(|_| InputError::Workbook)?;
    let mut left = UNPACKED_MAX;
    for place in 0..archive.len() {
        let entry = archive.by_index(place).map_err(|_| InputError::Workbook)?;
        let count = io::copy(&mut entry.take(left + 1), &mut io::sink()).map_err(|_| InputError::Workbook)?;
        left = left.checked_sub(count).ok_or(InputError::Large)?;
    }
    Ok(())
}

/// A number as text. A number that may be rounded is written in scientific notation, which the check of cells rejects.
pub(super) fn rounded(number: f64) -> String {
    if number.abs() < DIGITS_MAX {
        return number.to_string();
    }
    let exponent = number.abs().log10().floor();
    format!("{:.5}E+{exponent}", number / 10f64.powf(exponent))
}

/// A cell as text.
fn spelt(cell: &Data) -> String {
    match cell {
        Data::Float(number) => rounded(*number),
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        _ => cell.to_string(),
    }
}
