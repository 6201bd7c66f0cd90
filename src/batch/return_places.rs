//! Where parcels are returned to: a list of places, by who sealed a label and its number.
//!
//! In go a table and a label's sealer and number, which are no personal data; out comes the first place of the table that fits.

use super::input::{InputError, parse};
use crate::keys::SealerId;
use crate::payload::Waybill;
use std::borrow::Cow;
use thiserror::Error;

/// A place to which parcels are returned.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlaceOfReturn {
    /// The code of its station.
    pub station: String,
    /// Who takes parcels there whose label has no sender's name.
    pub name: String,
    /// The phone for those without a sender's, or empty.
    pub phone: String,
    /// Province, city and district; each may be empty.
    pub division: [String; 3],
    /// The address, or empty.
    pub detail: String,
    /// The line of the table.
    pub line: u64,
    sealer: Option<SealerId>,
    numbers: Option<(String, String)>,
}

/// The places of a table, in its order.
#[derive(Clone, Debug, Default)]
pub struct ReturnPlaces(Vec<PlaceOfReturn>);

impl ReturnPlaces {
    /// Parses a table with the column `station`, and optionally `sealer,from,until,name,phone,province,city,district,detail`. A row
    /// without a sealer is for all, one without a range for all numbers; `from` and `until` are numbers of one length.
    ///
    /// # Errors
    /// [`ReturnPlacesError`], with the line where there is one.
    pub fn parse(bytes: &[u8]) -> Result<Self, ReturnPlacesError> {
        let table = parse(&widened(bytes))?;
        let column = |name: &str| table.header.iter().position(|known| known == name);
        let station = column("station").ok_or(ReturnPlacesError::Column)?;
        let [sealer, from, until, name, phone, province, city, district, detail] =
            ["sealer", "from", "until", "name", "phone", "province", "city", "district", "detail"]
                .map(column);
        let places = table.rows.iter().map(|(line, row)| {
            let text = |at: Option<usize>| {
                at.and_then(|at| row.get(at)).map(|cell| cell.trim().to_owned()).unwrap_or_default()
            };
            let sealer = match text(sealer).as_str() {
                "" => None,
                number => {
                    let number = number.parse().ok().and_then(SealerId::new);
                    Some(number.ok_or(ReturnPlacesError::Sealer(*line))?)
                }
            };
            let numbers = match (text(from), text(until)) {
                (from, until) if from.is_empty() && until.is_empty() => None,
                (from, until) if from.len() == until.len() && from <= until => Some((from, until)),
                _ => return Err(ReturnPlacesError::Range(*line)),
            };
            let station = text(Some(station));
            if station.is_empty() {
                return Err(ReturnPlacesError::Station(*line));
            }
            Ok(PlaceOfReturn {
                station,
                name: text(name),
                phone: text(phone),
                division: [province, city, district].map(text),
                detail: text(detail),
                line: *line,
                sealer,
                numbers,
            })
        });
        places.collect::<Result<_, _>>().map(Self)
    }

    /// The first place for a sealer's label of this number. Without a sealer, those that are for all.
    #[must_use]
    pub fn find(&self, sealer: Option<SealerId>, waybill: &Waybill) -> Option<&PlaceOfReturn> {
        let number = waybill.text();
        self.0.iter().find(|place| {
            let in_range = |(from, until): &(String, String)| {
                from.len() == number.len() && (from.as_str()..=until.as_str()).contains(&&*number)
            };
            place.sealer.is_none_or(|own| sealer == Some(own)) && place.numbers.as_ref().is_none_or(in_range)
        })
    }

    /// All places, in the order of the table.
    pub fn all(&self) -> impl Iterator<Item = &PlaceOfReturn> {
        self.0.iter()
    }
}

/// A table of the column `station` alone has no separator by which it is known as one: it gets another column, which is empty.
fn widened(bytes: &[u8]) -> Cow<'_, [u8]> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    if lines.next() != Some(b"station") {
        return Cow::Borrowed(bytes);
    }
    let mut wide = b"station,detail\n".to_vec();
    for line in lines.filter(|line| !line.is_empty()) {
        wide.extend_from_slice(line);
        wide.extend_from_slice(b",\n");
    }
    Cow::Owned(wide)
}

/// Why a table of return places is not used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReturnPlacesError {
    /// It is no table.
    #[error(transparent)]
    Input(#[from] InputError),
    /// It has no column `station`.
    #[error("the table has no column `station`")]
    Column,
    /// A line has no station.
    #[error("line {0} has no station")]
    Station(u64),
    /// A sealer's number is none.
    #[error("line {0}: the sealer is not a number of 0 to 16777215")]
    Sealer(u64),
    /// A range is none.
    #[error("line {0}: `from` and `until` must be numbers of one length, the lower first")]
    Range(u64),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_place_that_fits_sealer_and_number_is_taken() {
        let table = "station,sealer,from,until,name,phone,detail\n\
            A,7,YT0000000000001,YT0000000000099,Shop A,0755-1,Road 1\n\
            B,7,,,Shop B,,\n\
            C,,,,,,\n";
        let places = ReturnPlaces::parse(table.as_bytes()).unwrap();
        let find = |sealer: Option<u32>, number: &str| {
            let waybill = Waybill::parse(number).unwrap();
            places.find(sealer.and_then(SealerId::new), &waybill).map(|place| place.station.as_str())
        };
        assert_eq!(find(Some(7), "YT0000000000050"), Some("A"));
        assert_eq!(find(Some(7), "YT0000000000100"), Some("B"));
        assert_eq!(find(Some(7), "SF1234567890"), Some("B"));
        assert_eq!(find(Some(8), "YT0000000000050"), Some("C"));
        assert_eq!(find(None, "YT0000000000050"), Some("C"));
        let some = ReturnPlaces::parse(b"station,sealer\nA,7\n").unwrap();
        assert!(some.find(None, &Waybill::parse("YT0000000000050").unwrap()).is_none());
    }

    #[test]
    fn a_table_of_stations_alone_is_one() {
        for table in ["station\nSH-PD-009\n", "\u{feff}station\r\nSH-PD-009\r\n\r\n", "station\nSH-PD-009"] {
            let places = ReturnPlaces::parse(table.as_bytes()).unwrap();
            let stations: Vec<(&str, u64)> =
                places.all().map(|place| (place.station.as_str(), place.line)).collect();
            assert_eq!(stations, [("SH-PD-009", 2)], "{table:?}");
        }
    }

    #[test]
    fn odd_tables_are_refused_with_their_line() {
        for (table, said) in [
            ("code,name\nA,B\n", "no column `station`"),
            ("station,sealer\nA,7\n,8\n", "line 3 has no station"),
            ("station,sealer\nA,shop\n", "line 2: the sealer"),
            ("station,from,until\nA,YT9,YT1\n", "line 2: `from`"),
            ("station,from,until\nA,YT1,\n", "line 2: `from`"),
        ] {
            let error = ReturnPlaces::parse(table.as_bytes()).unwrap_err();
            assert!(error.to_string().contains(said), "{error}");
        }
    }
}
