//! Reads the rows of one file of orders, whatever its format.
//!
//! In goes a path or a stream; out come the header, the file's digest and dialect, and one row after another.

use super::error::InputError;
use super::form::{Dialect, FileForm};
use super::options::InputOptions;
#[cfg(feature = "parquet")]
use super::parquet;
use super::remark::InputRemark;
use super::row::Row;
use super::survey::{self, Survey};
use super::text::{DecodedText, Spelling, read_some};
use super::workbook::SheetReader;
use super::{csv, jsonl};
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;
use zeroize::Zeroizing;

/// Bytes of a stream that decide its encoding.
const WINDOW: usize = 1 << 20;

/// Rows of one file, or of the standard input.
pub struct RowSource {
    rows: SourceRows,
    header: Vec<String>,
    digest: Option<[u8; 32]>,
    dialect: Dialect,
    lines: Option<u64>,
    remarks: Vec<InputRemark>,
    /// The first row, read when the file is opened: without one it is an error.
    first: Option<Row>,
}

enum SourceRows {
    Csv(Box<csv::Csv>),
    Jsonl(Box<jsonl::Jsonl>),
    Sheet(Box<SheetReader>),
    #[cfg(feature = "parquet")]
    Parquet(Box<parquet::Parquet>),
}

impl RowSource {
    /// Opens a file, or the standard input for `-`, of which nothing is known, and reads its header.
    ///
    /// # Errors
    /// As [`Self::open_as`].
    pub fn open(path: &Path) -> Result<Self, InputError> {
        Self::open_as(path, &InputOptions::default())
    }

    /// Opens a file, or the standard input for `-`, and reads its header.
    ///
    /// A file is read twice, first for its encoding and digest. The standard input is read once: its first mebibyte decides
    /// the encoding, and later bytes that contradict it are an error. Nothing is written to disk.
    ///
    /// # Errors
    /// [`InputError`], which says what to do and quotes nothing of the content.
    pub fn open_as(path: &Path, options: &InputOptions) -> Result<Self, InputError> {
        if path == Path::new("-") {
            return Self::stream_as(Box::new(io::stdin()), options);
        }
        let mut file = File::open(path)?;
        let survey = Survey::of_file(&mut file, options)?;
        Self::of(file, &survey, options)
    }

    /// Opens a file that was surveyed before, which saves the first pass.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn surveyed(path: &Path, survey: &Survey, options: &InputOptions) -> Result<Self, InputError> {
        Self::of(File::open(path)?, survey, options)
    }

    fn of(file: File, survey: &Survey, options: &InputOptions) -> Result<Self, InputError> {
        let mut source = match survey.form {
            form @ (FileForm::Xlsx | FileForm::Ods | FileForm::Xls) => Self::sheet(file, form, options)?,
            #[cfg(feature = "parquet")]
            FileForm::Parquet => {
                let (rows, header) = parquet::Parquet::new(file)?;
                let lines = rows.last();
                Self {
                    rows: SourceRows::Parquet(Box::new(rows)),
                    header,
                    digest: None,
                    dialect: Dialect::marked(FileForm::Parquet),
                    lines,
                    remarks: Vec::new(),
                    first: None,
                }
            }
            #[cfg(not(feature = "parquet"))]
            FileForm::Parquet => return Err(InputError::Parquet),
            form @ (FileForm::Csv | FileForm::Jsonl) => {
                let text = DecodedText::new(Box::new(file), survey.spelling)?;
                Self::rows(form, survey.spelling, text, options)?
            }
        };
        source.digest = Some(survey.digest);
        source.lines = source.lines.or(survey.lines);
        source.with_first()
    }

    /// Reads a stream of which nothing is known.
    ///
    /// # Errors
    /// As [`Self::open_as`].
    pub fn stream(from: Box<dyn Read + Send>) -> Result<Self, InputError> {
        Self::stream_as(from, &InputOptions::default())
    }

    /// Reads a stream, once: it has no digest and no number of lines.
    ///
    /// # Errors
    /// As [`Self::open_as`].
    pub fn stream_as(mut from: Box<dyn Read + Send>, options: &InputOptions) -> Result<Self, InputError> {
        let mut window = Zeroizing::new(vec![0; WINDOW]);
        let count = read_some(&mut from, &mut window)?;
        window.truncate(count);
        match FileForm::detect(&window)? {
            FileForm::Csv | FileForm::Jsonl => {}
            FileForm::Xlsx | FileForm::Ods | FileForm::Xls => return Err(InputError::SheetOnStdin),
            FileForm::Parquet => return Err(InputError::ParquetOnStdin),
        }
        let spelling = survey::of_window(&window, count < WINDOW, options)?;
        let form = FileForm::of_text(&window[..window.len().min(4096)], spelling.encoding)?;
        let text = DecodedText::new(Box::new(Cursor::new(window).chain(from)), spelling)?;
        Self::rows(form, spelling, text, options)?.with_first()
    }

    /// Reads the first row.
    fn with_first(mut self) -> Result<Self, InputError> {
        self.first = self.read().transpose()?;
        if self.first.is_some() { Ok(self) } else { Err(InputError::NoRows) }
    }

    fn rows(
        form: FileForm,
        spelling: Spelling,
        text: DecodedText,
        options: &InputOptions,
    ) -> Result<Self, InputError> {
        let mut separator = b',';
        let mut remarks = Vec::new();
        let (rows, header) = if form == FileForm::Jsonl {
            let (rows, header) = jsonl::Jsonl::new(text)?;
            (SourceRows::Jsonl(Box::new(rows)), header)
        } else {
            let (rows, header, titles) = csv::Csv::new(text, options)?;
            remarks.extend((titles > 0).then_some(InputRemark::TitleRows { rows: titles }));
            separator = rows.separator();
            (SourceRows::Csv(Box::new(rows)), header)
        };
        let dialect = Dialect { form, encoding: spelling.encoding, mark: spelling.mark > 0, separator };
        Ok(Self { rows, header, digest: None, dialect, lines: None, remarks, first: None })
    }

    fn sheet(file: File, form: FileForm, options: &InputOptions) -> Result<Self, InputError> {
        let (rows, header, remarks) = SheetReader::open(file, form, options)?;
        let lines = rows.last();
        let rows = SourceRows::Sheet(Box::new(rows));
        Ok(Self { rows, header, digest: None, dialect: Dialect::marked(form), lines, remarks, first: None })
    }

    /// The format of the input.
    #[must_use]
    pub const fn form(&self) -> FileForm {
        self.dialect.form
    }

    /// Format, encoding and separator of the input.
    #[must_use]
    pub const fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The number of its last line; `None` for the standard input.
    #[must_use]
    pub const fn lines(&self) -> Option<u64> {
        self.lines
    }

    /// The columns' names, as the file spells them.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// What people should know of the file.
    #[must_use]
    pub fn remarks(&self) -> &[InputRemark] {
        &self.remarks
    }

    /// SHA-256 of the file's bytes; `None` for the standard input.
    #[must_use]
    pub const fn digest(&self) -> Option<[u8; 32]> {
        self.digest
    }

    /// The next row that is not empty; `None` at the end. An unreliable row is returned too, with its [fault](Row::fault),
    /// so that every row is counted. After an error no further rows can be read.
    pub fn next_row(&mut self) -> Option<Result<Row, InputError>> {
        match self.first.take() {
            Some(row) => Some(Ok(row)),
            None => self.read(),
        }
    }

    fn read(&mut self) -> Option<Result<Row, InputError>> {
        match &mut self.rows {
            SourceRows::Csv(rows) => rows.next().transpose(),
            SourceRows::Jsonl(rows) => rows.next().transpose(),
            SourceRows::Sheet(rows) => rows.next().transpose(),
            #[cfg(feature = "parquet")]
            SourceRows::Parquet(rows) => rows.next().transpose(),
        }
    }
}

impl Iterator for RowSource {
    type Item = Result<Row, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_row()
    }
}
