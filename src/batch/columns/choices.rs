//! What the user says about the columns of a batch: which they are, which are ignored, and what orders may lack.

use super::column::Column;
use super::source::ColumnSource;

/// The user's choices for all files of a batch. The default chooses nothing.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ColumnChoices {
    /// Fields, each with the columns that hold it.
    pub fields: Vec<(Column, ColumnSource)>,
    /// Columns that are not used by choice, by their names in the files.
    pub ignored: Vec<String>,
    /// Fields that an order may lack.
    pub may_lack: Fields,
    /// Fields that come from elsewhere than the files, so that no column is required for them.
    pub supplied: Fields,
}

impl ColumnChoices {
    /// Adds a field, and returns the choices.
    #[must_use]
    pub fn with(mut self, field: Column, source: ColumnSource) -> Self {
        self.fields.push((field, source));
        self
    }

    /// Adds an ignored column, and returns the choices.
    #[must_use]
    pub fn ignoring(mut self, name: &str) -> Self {
        self.ignored.push(name.to_owned());
        self
    }
}

/// A set of fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fields(u64);

impl Fields {
    /// Adds a field.
    pub const fn add(&mut self, field: Column) {
        self.0 |= 1 << field as u64;
    }

    /// Adds a field, and returns the set.
    #[must_use]
    pub const fn with(mut self, field: Column) -> Self {
        self.add(field);
        self
    }

    /// Whether the field is in the set.
    #[must_use]
    pub const fn has(self, field: Column) -> bool {
        self.0 & (1 << field as u64) != 0
    }

    /// The fields, in the order of the enum.
    pub fn iter(self) -> impl Iterator<Item = Column> {
        Column::all().filter(move |field| self.has(*field))
    }
}

impl FromIterator<Column> for Fields {
    fn from_iter<I: IntoIterator<Item = Column>>(fields: I) -> Self {
        fields.into_iter().fold(Self::default(), Self::with)
    }
}
