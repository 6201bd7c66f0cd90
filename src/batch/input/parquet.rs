//! Parses a Parquet file to rows, a block of rows at a time.
//!
//! In goes a file; out come a header and rows. Every value becomes text: strings as they are, numbers in decimal digits,
//! nulls as empty cells. Columns of lists are refused. The library does not wipe its buffers.

use super::error::InputError;
use super::header::clean_name;
use super::row::{Row, RowFault};
use super::workbook::rounded;
use crate::contained;
use base16ct::lower::encode_string;
use parquet::basic::{ConvertedType, LogicalType};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::schema::types::{ColumnDescPtr, ColumnDescriptor};
use std::collections::VecDeque;
use std::fs::File;
use zeroize::Zeroizing;

/// Rows decoded together.
const BLOCK: u64 = 256;
/// The most text of a row in bytes, as in the other formats.
const ROW_MAX: usize = 64 << 10;
/// Integers below 2^24 are exact in an `f32`.
const SINGLE_MAX: f32 = 16_777_216.0;

type ParquetText = Zeroizing<String>;

pub(super) struct Parquet {
    file: SerializedFileReader<File>,
    columns: Vec<ColumnDescPtr>,
    readers: Vec<ColumnReader>,
    next_group: usize,
    left_in_group: u64,
    /// Rows appended to `ahead` so far.
    done: u64,
    ahead: VecDeque<Row>,
    /// Set at the end and after an error: the readers are not used again.
    ended: bool,
}

impl Parquet {
    pub(super) fn new(file: File) -> Result<(Self, Vec<String>), InputError> {
        let file = contained::run(|| SerializedFileReader::new(file))
            .and_then(Result::ok)
            .ok_or(InputError::ParquetEnd)?;
        let columns = file.metadata().file_metadata().schema_descr().columns().to_vec();
        if let Some(list) = columns.iter().find(|column| column.max_rep_level() > 0) {
            return Err(InputError::ParquetList(list.path().string()));
        }
        if columns.len() < 2 {
            return Err(InputError::NoTable);
        }
        let header = columns.iter().map(|column| clean_name(&column.path().string())).collect();
        let rows = Self {
            file,
            columns,
            readers: Vec::new(),
            next_group: 0,
            left_in_group: 0,
            done: 0,
            ahead: VecDeque::new(),
            ended: false,
        };
        Ok((rows, header))
    }

    /// The number of rows by the file's footer.
    pub(super) fn last(&self) -> Option<u64> {
        u64::try_from(self.file.metadata().file_metadata().num_rows()).ok()
    }

    pub(super) fn next(&mut self) -> Result<Option<Row>, InputError> {
        while self.ahead.is_empty() && !self.ended {
            let filled = self.fill();
            self.ended = !matches!(filled, Ok(true));
            filled?;
        }
        Ok(self.ahead.pop_front())
    }

    /// Reads a block; returns false at the end.
    fn fill(&mut self) -> Result<bool, InputError> {
        while self.left_in_group == 0 {
            if self.next_group == self.file.num_row_groups() {
                return Ok(false);
            }
            self.open_group()?;
        }
        let count = self.left_in_group.min(BLOCK);
        let mut cells = Vec::with_capacity(self.columns.len());
        for (reader, column) in self.readers.iter_mut().zip(&self.columns) {
            // The library is known to panic on damaged pages; a panic is reported as damage.
            let block = contained::run(|| block(reader, column, count as usize)).flatten();
            cells.push(block.ok_or_else(|| damage(self.done + 1, column))?);
        }
        let mut columns: Vec<_> = cells.into_iter().map(Vec::into_iter).collect();
        for line in self.done + 1..=self.done + count {
            let mut text = Zeroizing::new(String::new());
            let mut ends = Vec::with_capacity(columns.len());
            for column in &mut columns {
                let cell = column.next().unwrap_or_default();
                text.push_str(cell.trim());
                ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
            }
            if text.len() > ROW_MAX {
                self.ahead.push_back(Row::faulty(line, RowFault::TooLong, ""));
            } else if !text.is_empty() {
                self.ahead.push_back(Row::new(line, &text, &ends));
            }
        }
        self.done += count;
        self.left_in_group -= count;
        Ok(true)
    }

    fn open_group(&mut self) -> Result<(), InputError> {
        let Self { file, columns, next_group, done, .. } = self;
        let first = || damage(*done + 1, &columns[0]);
        let (rows, readers) = contained::run(|| {
            let group = file.get_row_group(*next_group).map_err(|_| first())?;
            let rows = u64::try_from(group.metadata().num_rows()).map_err(|_| first())?;
            let readers = columns
                .iter()
                .enumerate()
                .map(|(at, column)| group.get_column_reader(at).map_err(|_| damage(*done + 1, column)));
            Ok((rows, readers.collect::<Result<Vec<_>, InputError>>()?))
        })
        .unwrap_or_else(|| Err(first()))?;
        (self.left_in_group, self.readers) = (rows, readers);
        self.next_group += 1;
        Ok(())
    }
}

fn damage(row: u64, column: &ColumnDescriptor) -> InputError {
    InputError::ParquetPage { row, column: clean_name(&column.path().string()) }
}

/// The next `count` cells of a column; `None` if there are fewer, or they are damaged.
fn block(reader: &mut ColumnReader, column: &ColumnDescriptor, count: usize) -> Option<Vec<ParquetText>> {
    let own = |text: String| Some(Zeroizing::new(text));
    match reader {
        ColumnReader::BoolColumnReader(reader) => {
            cells(reader, column, count, |value| own(value.to_string()))
        }
        ColumnReader::Int32ColumnReader(reader) => cells(reader, column, count, |&value| {
            own(whole(column, value.into(), value.cast_unsigned().into()))
        }),
        ColumnReader::Int64ColumnReader(reader) => {
            cells(reader, column, count, |&value| own(whole(column, value.into(), value.cast_unsigned())))
        }
        ColumnReader::FloatColumnReader(reader) => cells(reader, column, count, |&value| {
            own(if value.abs() < SINGLE_MAX { value.to_string() } else { format!("{value:.5E}") })
        }),
        ColumnReader::DoubleColumnReader(reader) => {
            cells(reader, column, count, |&value| own(rounded(value)))
        }
        ColumnReader::Int96ColumnReader(reader) => {
            cells(reader, column, count, |value| own(value.to_seconds().to_string()))
        }
        ColumnReader::ByteArrayColumnReader(reader) => {
            cells(reader, column, count, |value| bytes(column, value.data()))
        }
        ColumnReader::FixedLenByteArrayColumnReader(reader) => {
            cells(reader, column, count, |value| bytes(column, value.data()))
        }
    }
}

fn cells<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    column: &ColumnDescriptor,
    count: usize,
    spell: impl Fn(&T::T) -> Option<ParquetText>,
) -> Option<Vec<ParquetText>> {
    let there = column.max_def_level();
    let (mut levels, mut values) = (Vec::new(), Vec::new());
    let (rows, ..) =
        reader.read_records(count, (there > 0).then_some(&mut levels), None, &mut values).ok()?;
    if rows != count {
        return None;
    }
    let mut values = values.iter();
    if there == 0 {
        levels = vec![0; count];
    }
    let cells: Option<Vec<ParquetText>> = levels
        .iter()
        .map(|&level| if level < there { Some(ParquetText::default()) } else { spell(values.next()?) })
        .collect();
    cells.filter(|cells| cells.len() == count)
}

/// An integer or a decimal in digits.
fn whole(column: &ColumnDescriptor, signed: i128, unsigned: u64) -> String {
    match (column.logical_type_ref(), column.converted_type()) {
        (Some(LogicalType::Decimal { .. }), _) | (_, ConvertedType::DECIMAL) => {
            pointed(signed, column.type_scale())
        }
        (
            _,
            ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64,
        ) => unsigned.to_string(),
        _ => signed.to_string(),
    }
}

/// Text as it is, a decimal in digits, other bytes in hexadecimal; `None` for a column of text with invalid UTF-8.
fn bytes(column: &ColumnDescriptor, value: &[u8]) -> Option<ParquetText> {
    if matches!(column.logical_type_ref(), Some(LogicalType::Decimal { .. }))
        || column.converted_type() == ConvertedType::DECIMAL
    {
        // Big-endian two's complement; sixteen bytes are thirty-eight digits.
        let sign = if *value.first()? >= 0x80 { 0xff } else { 0 };
        let mut wide = [sign; 16];
        let start = wide.len().checked_sub(value.len())?;
        wide[start..].copy_from_slice(value);
        return Some(Zeroizing::new(pointed(i128::from_be_bytes(wide), column.type_scale())));
    }
    match std::str::from_utf8(value) {
        Ok(text) => Some(Zeroizing::new(text.to_owned())),
        Err(_) if column.converted_type() == ConvertedType::UTF8 => None,
        Err(_) => Some(Zeroizing::new(encode_string(value))),
    }
}

/// `number` divided by ten to the power of `scale`, without trailing zeros, so that a phone number has no fraction.
fn pointed(number: i128, scale: i32) -> String {
    let scale = usize::try_from(scale).unwrap_or_default().min(38);
    if scale == 0 {
        return number.to_string();
    }
    let digits = format!("{:0>width$}", number.unsigned_abs(), width = scale + 1);
    let (before, after) = digits.split_at(digits.len() - scale);
    let sign = if number < 0 { "-" } else { "" };
    match after.trim_end_matches('0') {
        "" => format!("{sign}{before}"),
        after => format!("{sign}{before}.{after}"),
    }
}
