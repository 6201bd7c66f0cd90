//! A carrier's list of pick-up points: lockers, shops, station shops.
//!
//! In goes a table of names and codes; out comes [`Points`], which finds the point that an address begins with. Pick-up
//! points are public, so a label may print them where a home address would be masked.

use super::input::{InputError, parse};
use crate::record::Country;
use crate::summary::{PickupPoints, point_key};
use thiserror::Error;

/// The most characters between a point's name and its code, as in 松禾門市(店號184523).
const BETWEEN: usize = 4;

/// Pick-up points, sorted by name for lookup.
#[derive(Clone, Debug, Default)]
pub struct Points {
    /// Sorted by name.
    list: Vec<Point>,
}

#[derive(Clone, Debug)]
struct Point {
    name: Vec<char>,
    code: Vec<char>,
    country: Country,
    /// Name and code, as printed.
    printed: String,
}

impl Points {
    /// Parses a table with the columns `country,name,code`; `code` may be empty or missing.
    ///
    /// # Errors
    /// [`PointsError`], with the line where there is one.
    pub fn parse(bytes: &[u8]) -> Result<Self, PointsError> {
        let table = parse(bytes).map_err(PointsError::Table)?;
        let column = |name: &'static str| {
            table.header.iter().position(|known| known == name).ok_or(PointsError::Column(name))
        };
        let (country, name, code) = (column("country")?, column("name")?, column("code").ok());
        let mut list = Vec::with_capacity(table.rows.len());
        for (line, row) in &table.rows {
            let cell = |at: usize| row.get(at).map_or("", |cell| cell.trim());
            let code = code.map_or("", cell);
            let country = cell(country).as_bytes().try_into().ok().and_then(Country::new);
            let point = Point {
                name: key(cell(name)),
                code: key(code),
                country: country.ok_or(PointsError::Country(*line))?,
                printed: format!("{}{code}", cell(name)),
            };
            // A name of one or two characters would match many addresses by chance.
            if point.name.len() < 3 {
                return Err(PointsError::Name(*line));
            }
            list.push(point);
        }
        list.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(Self { list })
    }

    /// The number of points.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether the list is empty.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

fn key(text: &str) -> Vec<char> {
    let mut key = Vec::new();
    point_key(text, |character| key.push(character));
    key
}

impl PickupPoints for Points {
    fn find(&self, country: Country, address: &[char]) -> Option<&str> {
        // A name that is a prefix of the address sorts before it, and after names with a shorter common prefix: so the
        // search walks backwards from the address and finds the longest name first.
        let end = self.list.partition_point(|point| point.name.as_slice() <= address);
        let near = self.list[..end].iter().rev().take_while(|point| point.name.first() == address.first());
        let found =
            near.filter(|point| point.country == country && address.starts_with(&point.name)).find(|point| {
                let rest = &address[point.name.len()..];
                let coded = (0..=BETWEEN.min(rest.len())).any(|at| {
                    let code = &rest[at..];
                    let ends = code.get(point.code.len()).is_none_or(|next| !next.is_ascii_digit());
                    code.starts_with(&point.code) && ends
                });
                // "Packstation 145" does not match "Packstation 1456".
                let whole = !point.name.last().is_some_and(char::is_ascii_digit)
                    || !rest.first().is_some_and(char::is_ascii_digit);
                whole && (point.code.is_empty() || coded)
            });
        found.map(|point| point.printed.as_str())
    }
}

/// Why a file of pick-up points is not used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PointsError {
    /// The file is not a table.
    #[error(transparent)]
    Table(#[from] InputError),
    /// A column is missing.
    #[error("the column `{0}` is missing; add it")]
    Column(&'static str),
    /// The country is not a code of two letters (ISO 3166-1 alpha-2).
    #[error("line {0}: country must be a code of two capital letters, such as TW")]
    Country(u64),
    /// The name has fewer than three letters or digits.
    #[error("line {0}: name must have at least three letters or digits")]
    Name(u64),
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "country,name,code\nTW,7-ELEVEN松禾門市,184523\nHK,智能櫃H852FG12P,\nDE,Packstation 145,\nHK,順豐站 852M,\n";

    #[test]
    fn points_are_found_by_name_and_code_however_they_are_typed() {
        let points = Points::parse(FILE.as_bytes()).unwrap();
        let find = |country: &[u8; 2], address| points.find(Country::new(*country).unwrap(), &key(address));
        assert_eq!(find(b"TW", "7-ELEVEN 松禾門市(店號184523)"), Some("7-ELEVEN松禾門市184523"));
        assert_eq!(find(b"TW", "7-eleven 松禾门市 184523"), Some("7-ELEVEN松禾門市184523"));
        assert_eq!(find(b"HK", "順豐站852M"), Some("順豐站 852M"));
        assert_eq!(find(b"DE", "Packstation 145, Postnummer 8731946"), Some("Packstation 145"));
        for (country, address) in [
            (b"TW", "7-ELEVEN 松禾門市(店號184524)"),
            (b"TW", "7-ELEVEN 大安門市"),
            (b"DE", "Packstation 1456"),
            (b"US", "Packstation 145"),
        ] {
            assert_eq!(find(country, address), None, "{address}");
        }
    }

    #[test]
    fn odd_files_are_refused_with_their_line() {
        let error = |text: &str| Points::parse(text.as_bytes()).unwrap_err();
        assert!(matches!(error("country,code\nTW,1\n"), PointsError::Column("name")));
        assert!(matches!(error("country,name\nTaiwan,順豐站\n"), PointsError::Country(2)));
        assert!(matches!(error("country,name\nTW,A\n"), PointsError::Name(2)));
    }
}
