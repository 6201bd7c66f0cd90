//! Files of orders to rows, one row at a time.
//!
//! - `text`: bytes to UTF-8, whatever the encoding, in constant memory.
//! - `csv`, `jsonl`, `xlsx`, `parquet`: what each form of file has in its rows.
//! - `row`: a row of cells.
//! - `table`: a small table held whole.
//!
//! Rows of CSV and JSON Lines take constant memory, those of Parquet a page of each column; a workbook is held whole.

mod csv;
mod jsonl;
#[cfg(feature = "parquet")]
mod parquet;
mod row;
mod table;
mod text;
mod xlsx;

pub use row::{Fault, Row};
pub use table::{Table, parse};

use encoding_rs::{Encoding, UTF_8};
use std::fmt;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek as _};
use std::path::{Path, PathBuf};
use text::{Spelling, Text, guess, read_some, survey};
use zeroize::Zeroizing;

/// What of a stream is looked at before its encoding is decided.
const WINDOW: usize = 1 << 20;

/// The form of a file, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
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
pub struct Dialect {
    /// Its form.
    pub form: Form,
    /// Its encoding.
    pub encoding: &'static Encoding,
    /// Whether it begins with a byte order mark.
    pub mark: bool,
    /// What separates its cells.
    pub separator: u8,
}

impl Dialect {
    /// Of a form that is no text: its rejects are CSV in UTF-8 with a mark.
    const fn marked(form: Form) -> Self {
        Self { form, encoding: UTF_8, mark: true, separator: b',' }
    }
}

/// What a file is, known from reading it through once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Survey {
    /// SHA-256 of its bytes.
    pub digest: [u8; 32],
    /// Its lines, if it has lines.
    pub lines: Option<u64>,
    form: Form,
    spelling: Spelling,
}

impl Survey {
    /// Reads a file through.
    ///
    /// # Errors
    /// [`InputError`] if it cannot be read or has a form that is not.
    pub fn of(path: &Path) -> Result<Self, InputError> {
        Self::of_file(&mut File::open(path)?)
    }

    fn of_file(file: &mut File) -> Result<Self, InputError> {
        let mut start = [0; 512];
        let count = read_some(file, &mut start)?;
        let form = form(&start[..count])?;
        file.rewind()?;
        let (spelling, digest, lines) = survey(&mut *file)?;
        file.rewind()?;
        Ok(Self { digest, lines: matches!(form, Form::Csv | Form::Jsonl).then_some(lines), form, spelling })
    }

    /// Whether it is JSON Lines.
    #[must_use]
    pub fn is_jsonl(&self) -> bool {
        self.form == Form::Jsonl
    }

    /// Whether a file is cheap to open for its header alone.
    #[must_use]
    pub fn is_light(&self) -> bool {
        self.form != Form::Xlsx
    }
}

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
        let form = form(&window)?;
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

/// The files that paths stand for: a folder for the files right in it whose names end in `csv`, `tsv`, `txt`,
/// `jsonl`, `ndjson`, `xlsx` or `parquet`, by name; hidden files, and Excel's own of open workbooks (`~$`), are left out.
///
/// # Errors
/// [`InputError`] if a folder cannot be read or has no such file.
pub fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, InputError> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let before = files.len();
        for entry in path.read_dir()? {
            let file = entry?.path();
            let hidden = file.file_name().is_none_or(|name| {
                let name = name.as_encoded_bytes();
                name.starts_with(b".") || name.starts_with(b"~$")
            });
            let known = file.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| {
                ["csv", "tsv", "txt", "jsonl", "ndjson", "xlsx", "parquet"]
                    .iter()
                    .any(|known| ending.eq_ignore_ascii_case(known))
            });
            if known && !hidden && file.is_file() {
                files.push(file);
            }
        }
        if files.len() == before {
            return Err(InputError::EmptyFolder);
        }
        files[before..].sort();
    }
    Ok(files)
}

fn form(start: &[u8]) -> Result<Form, InputError> {
    if start.starts_with(b"PK\x03\x04") {
        return Ok(Form::Xlsx);
    }
    if start.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(InputError::OldExcel);
    }
    if start.starts_with(b"PAR1") {
        return Ok(Form::Parquet);
    }
    let text = start.strip_prefix("\u{feff}".as_bytes()).unwrap_or(start).trim_ascii_start();
    if text.starts_with(b"[") {
        return Err(InputError::JsonArray);
    }
    Ok(if text.starts_with(b"{") { Form::Jsonl } else { Form::Csv })
}

/// A column's name without what is not seen.
fn clean_name(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}'))
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Why a file gives no rows, or no more of them. Says nothing of the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputError {
    /// Neither UTF-8, UTF-16 with a mark nor GB18030, from this line on; 0 where no line is known.
    Encoding(u64),
    /// No header of two columns or more.
    NoTable,
    /// A line that cannot be read as CSV.
    Form(u64),
    /// A workbook of before 2007.
    OldExcel,
    /// A Parquet file, and a build without the feature.
    Parquet,
    /// A Parquet file on the standard input.
    ParquetOnStdin,
    /// A Parquet file whose description, at its end, cannot be read.
    ParquetEnd,
    /// A column of lists or maps.
    ParquetList(String),
    /// A column that cannot be read from this row on, or from one of the few hundred behind it.
    ParquetPage {
        /// The row, from one.
        row: u64,
        /// The column's name.
        column: String,
    },
    /// One JSON array in place of lines.
    JsonArray,
    /// A workbook on the standard input.
    SheetOnStdin,
    /// A workbook that cannot be read.
    Workbook,
    /// A workbook that unpacks to more than is read.
    Large,
    /// A folder without a file of orders.
    EmptyFolder,
    /// The system could not read.
    Read(String),
}

impl From<io::Error> for InputError {
    fn from(error: io::Error) -> Self {
        Self::Read(error.to_string())
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Encoding(0) => "neither UTF-8 nor GB18030; save it as CSV UTF-8",
            Self::Encoding(line) => {
                return write!(
                    f,
                    "line {line} is not in the encoding of the lines before it; save it as CSV UTF-8, and give \
                     it as a file if it came on the standard input"
                );
            }
            Self::NoTable => {
                "no table: the first line must name the columns, separated by comma, semicolon or tab"
            }
            Self::Form(line) => {
                return write!(f, "line {line} cannot be read as CSV; look for a stray quote");
            }
            Self::OldExcel => "an Excel workbook of before 2007, or one with a password; save it as .xlsx or CSV UTF-8",
            Self::Parquet => {
                "this build does not read Parquet; export it as CSV or JSON Lines, or build with --features parquet"
            }
            Self::ParquetOnStdin => "Parquet cannot be read from the standard input; give its file",
            Self::ParquetEnd => "not a Parquet file that can be read, or cut short; export it again",
            Self::ParquetList(column) => {
                return write!(f, "column {column} holds lists, not one value a row; leave it out of the export");
            }
            Self::ParquetPage { row, column } => {
                return write!(f, "row {row} or soon after it, column {column}: damaged; export it again");
            }
            Self::JsonArray => "one JSON array; write one object a line (jq -c '.[]' does)",
            Self::SheetOnStdin => "a workbook cannot be read from the standard input; give its file",
            Self::Workbook => "not a workbook that can be read, or cut short; save it again as .xlsx or CSV UTF-8",
            Self::Large => "the workbook unpacks to more than 1 GiB; save it as CSV UTF-8",
            Self::EmptyFolder => "no .csv, .tsv, .txt, .jsonl, .ndjson, .xlsx or .parquet file in the folder",
            Self::Read(error) => return write!(f, "cannot be read: {error}"),
        })
    }
}

impl std::error::Error for InputError {}
