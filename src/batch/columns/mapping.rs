//! From a file's header to a [`Mapping`].
//!
//! In goes a header, and choices of the user if the names are unusual; out come the indices of the fields. Nothing is
//! guessed from the content of cells: two columns that match one field are an error.

use super::column::Column;
use super::names::{ALIASES, normalise};
use thiserror::Error;

/// The index in the file of each column of an order.
#[derive(Clone, Copy, Debug)]
pub struct Mapping([Option<u16>; Column::COUNT]);

impl Mapping {
    /// Matches a file's columns by name. Each entry of `chosen` overrides that: a column of an order, and its exact name
    /// in the file.
    ///
    /// # Errors
    /// [`MappingError`]: a chosen name that is not in the file, a missing required column, or two names that match the
    /// same column.
    pub fn new(header: &[String], chosen: &[(Column, String)]) -> Result<Self, MappingError> {
        let names: Vec<String> = header.iter().map(|name| normalise(name)).collect();
        let mut mapping = [None; Column::COUNT];
        for (column, name) in chosen {
            let at = header.iter().position(|known| known == name);
            let at = at.ok_or_else(|| MappingError::NotThere(*column, name.clone()))?;
            mapping[*column as usize] = Some(place(at)?);
        }
        for (column, known) in ALIASES {
            if mapping[column as usize].is_some() {
                continue;
            }
            let taken = |at: usize| mapping.iter().flatten().any(|taken| usize::from(*taken) == at);
            let mut found = (0..names.len()).filter(|at| known.contains(&names[*at].as_str()) && !taken(*at));
            let first = found.next();
            if let (Some(first), Some(second)) = (first, found.next()) {
                return Err(MappingError::Twice(column, header[first].clone(), header[second].clone()));
            }
            mapping[column as usize] = first.map(place).transpose()?;
        }
        let matched = mapping.iter().flatten().count();
        for needed in [Column::Waybill, Column::Station, Column::Name, Column::Phone] {
            // A virtual number alone is a phone.
            let is_there = |column: Column| mapping[column as usize].is_some();
            if !is_there(needed) && !(needed == Column::Phone && is_there(Column::VirtualPhone)) {
                // If no name is known, the first line may be an order with people's data: the error must not quote it.
                let seen = if matched < 2 { Vec::new() } else { header.to_vec() };
                return Err(MappingError::Missing(needed, seen));
            }
        }
        Ok(Self(mapping))
    }

    /// The index of a column in the file.
    #[must_use]
    pub fn place(&self, column: Column) -> Option<usize> {
        self.0[column as usize].map(usize::from)
    }

    /// The columns that the file has, with their indices.
    pub fn places(&self) -> impl Iterator<Item = (Column, usize)> {
        Column::all().filter_map(|column| Some((column, self.place(column)?)))
    }
}

fn place(at: usize) -> Result<u16, MappingError> {
    u16::try_from(at).map_err(|_| MappingError::Wide)
}

/// Why a file's columns cannot be matched.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum MappingError {
    /// A required column is missing; with the file's header, unless that may be data.
    #[error("{}", missing(*.0, .1))]
    Missing(Column, Vec<String>),
    /// Two names in the file match one column.
    #[error("both {1} and {2} could be `{0}`; rename the one that is not")]
    Twice(Column, String, String),
    /// A chosen name is not in the file.
    #[error("the file has no column {1}, which was chosen for `{0}`; check its spelling in the first line")]
    NotThere(Column, String),
    /// The file has more than 65,536 columns.
    #[error("more than 65,536 columns; keep only those of the order")]
    Wide,
}

fn missing(column: Column, seen: &[String]) -> String {
    if seen.is_empty() {
        return format!("no column `{column}`; the first line must name the columns, and has no known name");
    }
    format!("no column `{column}`; rename the one that holds it; the first line has {}", seen.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(header: &str) -> Result<Mapping, MappingError> {
        Mapping::new(&header.split(',').map(str::to_owned).collect::<Vec<_>>(), &[])
    }

    #[test]
    fn exports_are_understood_as_they_are_spelt() {
        let mapping =
            of("快递单号,派件网点,收货人姓名,收件人手机（必填）*,Shipping Address,sender_name").unwrap();
        for (at, column) in [
            Column::Waybill,
            Column::Station,
            Column::Name,
            Column::Phone,
            Column::Detail,
            Column::SenderName,
        ]
        .into_iter()
        .enumerate()
        {
            assert_eq!(mapping.place(column), Some(at), "{}", column.name());
        }
    }

    #[test]
    fn what_is_missing_or_could_be_either_is_said_with_what_was_seen() {
        let twice = of("运单号,网点,姓名,电话,手机").unwrap_err().to_string();
        assert!(twice.contains("both 电话 and 手机 could be `phone`"), "{twice}");
        let missing = of("运单号,网点,姓名,货号").unwrap_err().to_string();
        assert!(missing.contains("`phone`") && missing.contains("货号"), "{missing}");
        // An order in place of names is not repeated.
        let order = of("YT8800123456789,S1,王芳,13812345678").unwrap_err().to_string();
        assert!(!order.contains("王芳") && !order.contains("138"), "{order}");
    }

    #[test]
    fn a_chosen_name_overrides_the_known_ones() {
        let header: Vec<String> = ["运单号", "网点", "姓名", "电话", "手机"].map(str::to_owned).to_vec();
        // The other name, 电话, is known for the same column only: it is ignored.
        let mapping = Mapping::new(&header, &[(Column::Phone, "手机".to_owned())]).unwrap();
        assert_eq!(mapping.place(Column::Phone), Some(4));
        assert!(matches!(
            Mapping::new(&header, &[(Column::Phone, "Tel".to_owned())]),
            Err(MappingError::NotThere(Column::Phone, _))
        ));
    }
}
