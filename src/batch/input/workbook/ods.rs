//! Parses the sheets of an OpenDocument spreadsheet (ISO/IEC 26300).
//!
//! All sheets are in one part, one after the other. Repeated rows and cells are not expanded unless they hold text.

use super::archive::Archive;
use super::facts::{SheetEntry, SheetFacts};
use super::merged::{self, Range};
use super::number::rounded;
use super::package::push;
use super::row::{COLUMNS_MAX, ROWS_MAX, RowCells, SheetRows};
use super::xml::{Xml, XmlTag, XmlToken};
use crate::batch::input::error::InputError;
use crate::batch::input::row::RowFault;
use std::collections::HashSet;
use std::fs::File;
use std::io::Read as _;
use zeroize::Zeroizing;

const CONTENT: &str = "content.xml";
/// The most sheets and hidden styles.
const LIST_MAX: usize = 1 << 16;

/// A spreadsheet whose cells are read sheet by sheet.
pub(super) struct Ods {
    archive: Archive,
    sheets: Vec<SheetEntry>,
}

impl Ods {
    pub(super) fn open(file: File) -> Result<Self, InputError> {
        let archive = Archive::new(file)?;
        if archive.has("META-INF/manifest.xml") {
            let mut manifest = Vec::new();
            archive.part("META-INF/manifest.xml")?.take(1 << 20).read_to_end(&mut manifest)?;
            if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
                return Err(InputError::Locked);
            }
        }
        let mut sheets = Vec::new();
        let mut hidden = HashSet::new();
        let mut style = String::new();
        let mut xml = Xml::new(archive.part(CONTENT)?);
        while let Some(token) = xml.next()? {
            let XmlToken::Start(tag) = token else { continue };
            match tag.name() {
                b"style" => style = tag.attribute("name").unwrap_or_default(),
                b"table-properties" if tag.attribute("display").is_some_and(|shown| shown == "false") => {
                    hidden.insert(style.clone());
                }
                b"table" => {
                    let hidden = tag.attribute("style-name").is_some_and(|style| hidden.contains(&style));
                    sheets.push(SheetEntry { name: tag.attribute("name").unwrap_or_default(), hidden });
                    xml.skip()?;
                }
                _ => {}
            }
            if sheets.len().max(hidden.len()) > LIST_MAX {
                return Err(InputError::Large);
            }
        }
        Ok(Self { archive, sheets })
    }

    pub(super) fn sheets(&self) -> &[SheetEntry] {
        &self.sheets
    }

    pub(super) fn rows(&self, at: usize) -> Result<Box<dyn SheetRows>, InputError> {
        self.table(at).map(|rows| Box::new(rows) as Box<dyn SheetRows>)
    }

    /// Reads the whole sheet: only then its hidden rows and merged cells are known.
    pub(super) fn facts(&self, at: usize) -> Result<SheetFacts, InputError> {
        let mut rows = self.table(at)?;
        let mut cells = RowCells::new();
        while rows.next(&mut cells)? {
            rows.row += std::mem::take(&mut rows.again);
            rows.facts.last = Some(rows.row);
        }
        Ok(rows.facts)
    }

    fn table(&self, at: usize) -> Result<OdsRows, InputError> {
        let mut xml = Xml::new(self.archive.part(CONTENT)?);
        let mut left = at;
        while let Some(token) = xml.next()? {
            let XmlToken::Start(tag) = token else { continue };
            if tag.name() != b"table" {
                continue;
            }
            if left == 0 {
                return Ok(OdsRows {
                    xml,
                    row: 0,
                    again: 0,
                    value: Zeroizing::default(),
                    facts: SheetFacts::default(),
                });
            }
            left -= 1;
            xml.skip()?;
        }
        Err(InputError::Workbook)
    }
}

struct OdsRows {
    xml: Xml,
    /// The number of the last row.
    row: u64,
    /// How many more times the last row is repeated.
    again: u64,
    /// The text of a cell while it is read.
    value: Zeroizing<String>,
    facts: SheetFacts,
}

impl SheetRows for OdsRows {
    fn next(&mut self, cells: &mut RowCells) -> Result<bool, InputError> {
        if self.again > 0 {
            self.again -= 1;
            self.row += 1;
            cells.repeat(self.row)?;
            return Ok(true);
        }
        loop {
            match self.xml.next()? {
                None | Some(XmlToken::End(b"table")) => return Ok(false),
                Some(XmlToken::Start(tag)) => match tag.name() {
                    b"table-row" => {
                        let repeated = repeated(tag, "number-rows-repeated", ROWS_MAX)?;
                        let hidden = tag.attribute("visibility").is_some_and(|shown| shown != "visible");
                        let row = self.row + 1;
                        self.row += repeated;
                        if row > ROWS_MAX {
                            // Blank rows to the end of the sheet.
                            self.xml.skip()?;
                            continue;
                        }
                        cells.begin(row)?;
                        self.cells(row, cells)?;
                        if cells.row().is_none() {
                            continue;
                        }
                        self.facts.hidden_rows += if hidden { repeated } else { 0 };
                        self.row = row;
                        self.again = repeated - 1;
                        return Ok(true);
                    }
                    b"table-column" => {
                        if tag.attribute("visibility").is_some_and(|shown| shown != "visible") {
                            self.facts.hidden_columns +=
                                repeated(tag, "number-columns-repeated", COLUMNS_MAX.into())?;
                        }
                    }
                    // Groups and headers of rows and columns hold them.
                    b"table-row-group"
                    | b"table-rows"
                    | b"table-header-rows"
                    | b"table-column-group"
                    | b"table-columns"
                    | b"table-header-columns" => {}
                    _ => self.xml.skip()?,
                },
                Some(XmlToken::End(_) | XmlToken::Text(_)) => {}
            }
        }
    }
}

/// What a cell says of its value.
struct OdsCell {
    kind: String,
    /// Its value, if it is no text.
    value: Option<String>,
    formula: bool,
    repeated: u64,
    span: (u64, u64),
}

impl OdsCell {
    fn of(tag: XmlTag<'_>) -> Result<Self, InputError> {
        let kind = tag.attribute("value-type").unwrap_or_default();
        let value = match &*kind {
            "float" | "percentage" | "currency" => tag.attribute("value"),
            "date" => tag.attribute("date-value"),
            "boolean" => tag.attribute("boolean-value"),
            _ => tag.attribute("string-value"),
        };
        Ok(Self {
            value,
            kind,
            formula: tag.attribute("formula").is_some(),
            repeated: repeated(tag, "number-columns-repeated", COLUMNS_MAX.into())?,
            span: (
                repeated(tag, "number-rows-spanned", ROWS_MAX)?,
                repeated(tag, "number-columns-spanned", COLUMNS_MAX.into())?,
            ),
        })
    }
}

impl OdsRows {
    /// Reads the cells up to the end of the row.
    fn cells(&mut self, row: u64, cells: &mut RowCells) -> Result<(), InputError> {
        let mut column = 0_u64;
        loop {
            match self.xml.next()?.ok_or(InputError::Workbook)? {
                XmlToken::End(b"table-row") => return Ok(()),
                XmlToken::Start(tag) => match tag.name() {
                    b"table-cell" => {
                        let head = OdsCell::of(tag)?;
                        self.text()?;
                        self.push(&head, column, cells)?;
                        if head.span != (1, 1) {
                            let (rows, columns) = (row + head.span.0 - 1, column + head.span.1 - 1);
                            let columns = (column as u32, u32::try_from(columns).unwrap_or(u32::MAX));
                            merged::add(&mut self.facts.merged, Range { rows: (row, rows), columns })?;
                        }
                        column += head.repeated;
                    }
                    b"covered-table-cell" => {
                        column += repeated(tag, "number-columns-repeated", COLUMNS_MAX.into())?;
                        self.xml.skip()?;
                    }
                    _ => self.xml.skip()?,
                },
                XmlToken::End(_) | XmlToken::Text(_) => {}
            }
        }
    }

    fn push(&mut self, head: &OdsCell, column: u64, cells: &mut RowCells) -> Result<(), InputError> {
        if head.formula && head.kind.is_empty() && self.value.is_empty() {
            cells.fault(RowFault::Formula);
            return Ok(());
        }
        let cell = Zeroizing::new(self.cell(head)?);
        if cell.trim().is_empty() {
            return Ok(());
        }
        for at in column..column + head.repeated {
            cells.push(u32::try_from(at).unwrap_or(u32::MAX), &cell)?;
        }
        Ok(())
    }

    fn cell(&self, head: &OdsCell) -> Result<String, InputError> {
        // A formula that failed is a text here.
        if head.formula && (self.value.starts_with("Err:") || self.value.starts_with('#')) {
            return Ok(if self.value.starts_with('#') {
                self.value.to_string()
            } else {
                "#VALUE!".to_owned()
            });
        }
        Ok(match (&*head.kind, &head.value) {
            ("float" | "percentage" | "currency", Some(value)) => {
                let number: f64 = value.parse().map_err(|_| InputError::Workbook)?;
                let spelt =
                    if number.is_finite() { rounded(number) } else { return Err(InputError::Workbook) };
                // Zeros before the number, which its format shows.
                let shown = self.value.trim();
                let padded =
                    shown.bytes().all(|byte| byte.is_ascii_digit()) && shown.trim_start_matches('0') == spelt;
                if padded { shown.to_owned() } else { spelt }
            }
            ("date", Some(value)) => value.replacen('T', " ", 1),
            ("boolean", Some(value)) => value.to_ascii_uppercase(),
            _ if !self.value.is_empty() => self.value.to_string(),
            (_, Some(value)) => value.clone(),
            (_, None) => String::new(),
        })
    }

    /// Reads the text that a cell shows, up to its end.
    fn text(&mut self) -> Result<(), InputError> {
        self.value.clear();
        let (mut paragraphs, mut within) = (0, 0_u32);
        loop {
            match self.xml.next()?.ok_or(InputError::Workbook)? {
                XmlToken::End(b"table-cell") => return Ok(()),
                XmlToken::Start(tag) => match tag.name() {
                    b"p" | b"h" => {
                        if paragraphs > 0 {
                            push(&mut self.value, "\n")?;
                        }
                        paragraphs += 1;
                        within += 1;
                    }
                    b"s" => {
                        let blanks = repeated(tag, "c", 1 << 10)?;
                        push(&mut self.value, &" ".repeat(blanks as usize))?;
                    }
                    b"tab" => push(&mut self.value, "\t")?,
                    b"line-break" => push(&mut self.value, "\n")?,
                    b"span" | b"a" => {}
                    // A comment beside the cell, or a picture in it.
                    _ => self.xml.skip()?,
                },
                XmlToken::End(b"p" | b"h") => within = within.saturating_sub(1),
                XmlToken::Text(piece) if within > 0 => push(&mut self.value, piece)?,
                XmlToken::End(_) | XmlToken::Text(_) => {}
            }
        }
    }
}

/// A count of repetitions, at least one.
fn repeated(tag: XmlTag<'_>, name: &str, most: u64) -> Result<u64, InputError> {
    let Some(count) = tag.attribute(name) else { return Ok(1) };
    let count: u64 = count.parse().map_err(|_| InputError::Workbook)?;
    if (1..=most).contains(&count) { Ok(count) } else { Err(InputError::Workbook) }
}
