//! Parses JSON Lines to rows: one object per line. Keys of objects within it are columns too, such as `shipTo.name`.
//!
//! In goes decoded text; out come a header and rows. The header is the keys of the first thousand objects: a later new key
//! makes a faulty row, so that no field is dropped unseen. Numbers keep their digits as written.

use super::error::InputError;
use super::row::{Row, RowFault};
use super::text::DecodedText;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;
use simdutf8::basic::from_utf8;
use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};
use std::fmt;
use zeroize::Zeroizing;

/// Objects within objects whose keys become columns; deeper ones stay JSON.
const DEPTH: usize = 4;
/// Objects read for their keys before the first row is returned.
const AHEAD: usize = 1000;

pub(super) struct Jsonl {
    text: DecodedText,
    /// The column index of each key.
    places: HashMap<String, usize>,
    /// Rows that were read for their keys, not yet returned.
    ahead: VecDeque<Row>,
    learning: bool,
}

impl Jsonl {
    /// Reads the first thousand objects; the header is their keys, in order of appearance.
    pub(super) fn new(text: DecodedText) -> Result<(Self, Vec<String>), InputError> {
        let mut jsonl = Self { text, places: HashMap::new(), ahead: VecDeque::new(), learning: true };
        while jsonl.ahead.len() < AHEAD {
            let Some(row) = jsonl.read()? else { break };
            jsonl.ahead.push_back(row);
        }
        jsonl.learning = false;
        let mut header = vec![String::new(); jsonl.places.len()];
        for (key, &place) in &jsonl.places {
            header[place].clone_from(key);
        }
        if header.len() < 2 {
            return Err(InputError::NoTable);
        }
        Ok((jsonl, header))
    }

    pub(super) fn next(&mut self) -> Result<Option<Row>, InputError> {
        match self.ahead.pop_front() {
            Some(row) => Ok(Some(row)),
            None => self.read(),
        }
    }

    fn read(&mut self) -> Result<Option<Row>, InputError> {
        loop {
            let line = self.text.line;
            let Some(end) = self.text.line()? else {
                self.text.skip_line()?;
                return Ok(Some(Row::faulty(line, RowFault::TooLong, "")));
            };
            if end == 0 {
                return Ok(None);
            }
            let here = from_utf8(&self.text.here()[..end]);
            let text = here.map_err(|_| InputError::Encoding(line))?.trim();
            let row = if text.is_empty() {
                None
            } else if self.text.replaces() && text.contains('\u{fffd}') {
                Some(Row::faulty(line, RowFault::Encoding, text))
            } else {
                Some(
                    row(line, text, &mut self.places, self.learning)
                        .unwrap_or_else(|fault| Row::faulty(line, fault, text)),
                )
            };
            self.text.take(end);
            if row.is_some() {
                return Ok(row);
            }
        }
    }
}

fn row(line: u64, text: &str, places: &mut HashMap<String, usize>, learning: bool) -> Result<Row, RowFault> {
    let mut cells = ObjectCells { places, learning, cells: Vec::with_capacity(24) };
    cells.take("", text, 0)?;
    let cells: Vec<&str> =
        cells.cells.iter().map(|cell| cell.as_ref().map_or("", |text| text.trim())).collect();
    let mut joined = Zeroizing::new(String::with_capacity(text.len()));
    let mut ends = Vec::with_capacity(cells.len());
    for cell in cells {
        joined.push_str(cell);
        ends.push(u32::try_from(joined.len()).unwrap_or(u32::MAX));
    }
    Ok(Row::new(line, &joined, &ends))
}

/// The cells of an object while they are read.
struct ObjectCells<'a> {
    places: &'a mut HashMap<String, usize>,
    learning: bool,
    cells: Vec<Option<Zeroizing<String>>>,
}

impl ObjectCells<'_> {
    /// Takes the values of an object. An object within it gives a cell for each of its own keys: `shipTo.name`.
    fn take(&mut self, prefix: &str, text: &str, depth: usize) -> Result<(), RowFault> {
        let Object(fields) = serde_json::from_str(text).map_err(|_| RowFault::Json)?;
        for (key, value) in fields {
            let value = value.get();
            let key = if prefix.is_empty() { key } else { Cow::Owned(format!("{prefix}.{key}")) };
            if value.starts_with('{') && depth < DEPTH {
                self.take(&key, value, depth + 1)?;
            } else {
                self.put(&key, cell(value)?)?;
            }
        }
        Ok(())
    }

    fn put(&mut self, key: &str, cell: Zeroizing<String>) -> Result<(), RowFault> {
        let place = match self.places.get(key) {
            Some(&place) => place,
            // An empty value says nothing: a company may be `null` where others have an object.
            None if cell.is_empty() && !self.learning => return Ok(()),
            None if self.learning => {
                let place = self.places.len();
                self.places.insert(key.to_owned(), place);
                place
            }
            None => return Err(RowFault::NewKey),
        };
        if place >= self.cells.len() {
            self.cells.resize_with(place + 1, || None);
        }
        // A duplicate key: it is unknown which value is meant.
        if self.cells[place].replace(cell).is_some() { Err(RowFault::Json) } else { Ok(()) }
    }
}

/// The text of a value: a string's content, nothing for `null`, otherwise the JSON as written.
fn cell(value: &str) -> Result<Zeroizing<String>, RowFault> {
    if value.starts_with('"') {
        return serde_json::from_str(value).map(Zeroizing::new).map_err(|_| RowFault::Json);
    }
    Ok(Zeroizing::new(if value == "null" { String::new() } else { value.to_owned() }))
}

/// Keys and raw values in order. Values stay raw text, since a waybill number of twenty digits does not fit a float.
struct Object<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> serde::Deserialize<'de> for Object<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Object<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut fields = Vec::with_capacity(24);
                while let Some(key) = map.next_key::<ObjectKey<'de>>()? {
                    fields.push((key.0, map.next_value()?));
                }
                Ok(Object(fields))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

#[derive(serde::Deserialize)]
struct ObjectKey<'a>(#[serde(borrow)] Cow<'a, str>);
