//! What becomes of each column of a file: no column is dropped in silence.
//!
//! It is derived from the [mapping](Mapping), which labels are made from, and from the one declaration of where each
//! field [goes](Destination). Everything that is said of columns is said from here.

use super::column::Column;
use super::destination::{Destination, LabelParts};
use super::mapping::{ColumnRole, Mapping};
use serde::{Deserialize, Serialize};

/// What becomes of the columns of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Accounting {
    /// The system whose export the file is, if it is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub export: Option<String>,
    /// The columns, in the order of the file.
    pub columns: Vec<ColumnUse>,
}

/// What becomes of a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ColumnUse {
    /// Its name; `#` and its number if it has none.
    pub column: String,
    /// The fields that it holds, or is a part of.
    #[serde(rename = "as", skip_serializing_if = "Vec::is_empty", default)]
    pub fields: Vec<String>,
    /// Whether it is encrypted into the label.
    #[serde(skip_serializing_if = "is_false", default)]
    pub sealed: bool,
    /// Whether it is printed, masked if it is of a person.
    #[serde(skip_serializing_if = "is_false", default)]
    pub printed: bool,
    /// Whether it decides about the label without being on it.
    #[serde(skip_serializing_if = "is_false", default)]
    pub read: bool,
    /// Why it is not used.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unused: Option<Unused>,
}

/// Why a column is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Unused {
    /// By the user's choice.
    Ignored,
    /// It belongs to the file's export, and a label does not need it.
    NotNeeded,
    /// Its field has no place on labels of this template.
    NotOnLabel,
    /// Nothing is known of it.
    Unknown,
}

// The signature is serde's.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

impl Accounting {
    /// The accounting of a file for labels of these parts.
    #[must_use]
    pub fn new(mapping: &Mapping, parts: LabelParts) -> Self {
        let has_sender = mapping.place(Column::SenderName).is_some();
        let columns = mapping.columns().iter().enumerate().map(|(at, column)| {
            let name = if column.name.is_empty() { format!("#{}", at + 1) } else { column.name.clone() };
            ColumnUse::new(name, &column.role, parts, has_sender)
        });
        Self { export: mapping.export().map(ToOwned::to_owned), columns: columns.collect() }
    }

    /// The columns that are not used.
    pub fn unused(&self) -> impl Iterator<Item = &ColumnUse> {
        self.columns.iter().filter(|column| column.unused.is_some())
    }

    /// How many columns are sealed, printed, and only read.
    #[must_use]
    pub fn counts(&self) -> [usize; 3] {
        let count = |of: fn(&ColumnUse) -> bool| self.columns.iter().filter(|column| of(column)).count();
        [
            count(|column| column.sealed),
            count(|column| column.printed),
            count(|column| column.read && !column.sealed && !column.printed),
        ]
    }
}

impl ColumnUse {
    fn new(column: String, role: &ColumnRole, parts: LabelParts, has_sender: bool) -> Self {
        let (fields, unused): (&[Column], _) = match role {
            ColumnRole::Fields(fields) => (fields, None),
            ColumnRole::Ignored => (&[], Some(Unused::Ignored)),
            ColumnRole::NotNeeded => (&[], Some(Unused::NotNeeded)),
            ColumnRole::Unknown => (&[], Some(Unused::Unknown)),
        };
        let of = |field: &Column| field.destination(parts, has_sender);
        let any = |is: fn(Destination) -> bool| fields.iter().any(|field| is(of(field)));
        let nothing = !fields.is_empty() && fields.iter().all(|field| of(field).is_nothing());
        Self {
            column,
            fields: fields.iter().map(ToString::to_string).collect(),
            sealed: any(|to| to.sealed),
            printed: any(|to| to.printed),
            read: any(|to| to.read),
            unused: if nothing { Some(Unused::NotOnLabel) } else { unused },
        }
    }
}
