//! Rows of one file of orders, whatever its form.

use super::error::InputError;
use super::form::{Dialect, Form};
#[cfg(feature = "parquet")]
use super::parquet;
use super::row::Row;
use super::survey::Survey;
use super::text::{Spelling, Text, guess, read_some};
use super::{csv, jsonl, xlsx};
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;
use zeroize::Zeroizing;

/// Bytes of a stream that are looked at before its encoding is decided.
const WINDOW: usize = 1 << 20;

/// Rows of one file, or of the standard input.
pub struct Source {
    rows: Rows,
    header: Vec<String>,
    digest: Option<[u8; 32]>,
    dialect: Dialect,
    lines: Option<u64>,
}

enum Rows {
    Csv(Box<csv::Csv>),
    Jsonl(Box<jsonl::Jsonl>),
    Xlsx(xlsx::Xlsx),
    #[cfg(feature = "parquet")]
    Parquet(Box<parquet::Parquet>),
}

impl Source {
    /// Opens a file, or the standard input for `-`, and reads its header.
    ///
    /// A file is read twice, first for its encoding and digest. The standard input cannot be: its first
    /// mebibyte decides, and what contradicts it later is an error. Nothing is written to disk.
    ///
    /// # Errors
    /// [`InputError`], which says what to do and nothing of the content.
    pub fn open(path: &Path) -> Result<Self, InputError> {
        if path == Path::new("-") {
            return Self::stream(Box::new(io::stdin()));
        }
        let mut file = File::open(path)?;
        let survey = Survey::of_file(&mut file)?;
        Self::of(file, &survey)
    }

    /// Opens a file that was read through before.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn surveyed(path: &Path, survey: &Survey) -> Result<Self, InputError> {
        Self::of(File::open(path)?, survey)
    }

    fn of(file: File, survey: &Survey) -> Result<Self, InputError> {
        let mut source = match survey.form {
            Form::Xlsx => Self::sheet(file)?,
            #[cfg(feature = "parquet")]
            Form::Parquet => {
                let (rows, header) = parquet::Parquet::new(file)?;
                let lines = rows.last();
                Self {
                    rows: Rows::Parquet(Box::new(rows)),
                    header,
                    digest: None,
                    dialect: Dialect::marked(Form::Parquet),
                    lines,
                }
            }
            #[cfg(not(feature = "parquet"))]
            Form::Parquet => return Err(InputError::Parquet),
            form @ (Form::Csv | Form::Jsonl) => {
                Self::rows(form, survey.spelling, Text::new(Box::new(file), survey.spelling)?)?
            }
        };
        source.digest = Some(survey.digest);
        source.lines = source.lines.or(survey.lines);
        Ok(source)
    }

    /// Reads a stream, which is not kept: it has no digest.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn stream(mut from: Box<dyn Read + Send>) -> Result<Self, InputError> {
        let mut window = Zeroizing::new(vec![0; WINDOW]);
        let count = read_some(&mut from, &mut window)?;
        window.truncate(count);
        let form = Form::detect(&window)?;
        match form {
            Form::Csv | Form::Jsonl => {}
            Form::Xlsx => return Err(InputError::SheetOnStdin),
            Form::Parquet => return Err(InputError::ParquetOnStdin),
        }
        let spelling = guess(&window);
        Self::rows(form, spelling, Text::new(Box::new(Cursor::new(window).chain(from)), spelling)?)
    }

    fn rows(form: Form, spelling: Spelling, text: Text) -> Result<Self, InputError> {
        let mut separator = b',';
        let (rows, header) = if form == Form::Jsonl {
            let (rows, header) = jsonl::Jsonl::new(text)?;
            (Rows::Jsonl(Box::new(rows)), header)
        } else {
            let (rows, header) = csv::Csv::new(text)?;
            separator = rows.separator();
            (Rows::Csv(Box::new(rows)), header)
        };
        let dialect = Dialect { form, encoding: spelling.encoding, mark: spelling.mark > 0, separator };
        Ok(Self { rows, header, digest: None, dialect, lines: None })
    }

    fn sheet(file: File) -> Result<Self, InputError> {
        let (rows, header) = xlsx::Xlsx::new(file)?;
        let lines = rows.last();
        let dialect = Dialect::marked(Form::Xlsx);
        Ok(Self { rows: Rows::Xlsx(rows), header, digest: None, dialect, lines })
    }

    /// The form of the input.
    #[must_use]
    pub const fn form(&self) -> Form {
        self.dialect.form
    }

    /// How the input is written.
    #[must_use]
    pub const fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The number of its last line; none of the standard input.
    #[must_use]
    pub const fn lines(&self) -> Option<u64> {
        self.lines
    }

    /// The columns' names, as the file spells them.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// SHA-256 of the file's bytes; none of the standard input.
    #[must_use]
    pub const fn digest(&self) -> Option<[u8; 32]> {
        self.digest
    }

    /// The next row that is not empty. A row that cannot be relied on is given too, with its
    /// [fault](Row::fault), so that each is counted; after an error nothing more can be read.
    pub fn next_row(&mut self) -> Option<Result<Row, InputError>> {
        match &mut self.rows {
            Rows::Csv(rows) => rows.next().transpose(),
            Rows::Jsonl(rows) => rows.next().transpose(),
            Rows::Xlsx(rows) => rows.next().map(Ok),
            #[cfg(feature = "parquet")]
            Rows::Parquet(rows) => rows.next().transpose(),
        }
    }
}

impl Iterator for Source {
    type Item = Result<Row, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_row()
    }
}
