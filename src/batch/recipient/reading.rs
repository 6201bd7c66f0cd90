//! What was read of a row: the cells that differ from the file, and what people should know of them.

use crate::batch::columns::{Column, Mapping};
use crate::batch::input::Row;
use crate::batch::notice::{Notice, Notices};
use crate::batch::traits::{CellTraits, Traits};
use zeroize::Zeroizing;

/// The cells of a row that are read in another way than they are written. The row stays as it is, for the file of
/// rejects. Wiped on drop.
#[derive(Default)]
pub(in crate::batch) struct Reading {
    cells: Vec<(Column, Zeroizing<String>)>,
    notices: Notices,
}

impl Reading {
    /// The text that a column is read as, if it is not the cell's own.
    pub(in crate::batch) fn cell(&self, column: Column) -> Option<&str> {
        self.cells.iter().find(|(other, _)| *other == column).map(|(_, text)| text.as_str())
    }

    /// What people should know.
    pub(in crate::batch) const fn notices(&self) -> Notices {
        self.notices
    }
}

/// A row while it is read.
pub(super) struct Draft<'a> {
    mapping: &'a Mapping,
    row: &'a Row,
    /// The traits of the cells as the file has them.
    traits: &'a CellTraits,
    pub reading: Reading,
}

impl<'a> Draft<'a> {
    pub(super) fn new(mapping: &'a Mapping, row: &'a Row, traits: &'a CellTraits) -> Self {
        Self { mapping, row, traits, reading: Reading::default() }
    }

    /// The text of a column, as it is read by now.
    pub(super) fn cell(&self, column: Column) -> &str {
        self.reading.cell(column).unwrap_or_else(|| self.written(column))
    }

    /// The text of a column as the file has it.
    pub(super) fn written(&self, column: Column) -> &'a str {
        self.mapping.place(column).map_or("", |at| self.row.cell(at))
    }

    /// The traits of a column's text as the file has it.
    pub(super) const fn written_traits(&self, column: Column) -> Traits {
        self.traits.of(column)
    }

    /// The traits of a column's text as it is read by now.
    pub(super) fn traits(&self, column: Column) -> Traits {
        self.reading.cell(column).map_or_else(|| self.written_traits(column), Traits::of)
    }

    /// Reads a column as another text.
    pub(super) fn set(&mut self, column: Column, text: Zeroizing<String>) {
        match self.reading.cells.iter_mut().find(|(other, _)| *other == column) {
            Some((_, cell)) => *cell = text,
            None => self.reading.cells.push((column, text)),
        }
    }

    /// Adds to the note to the courier, and says so.
    pub(super) fn note(&mut self, text: &str, notice: Notice) {
        let mut note = Zeroizing::new(self.cell(Column::Note).to_owned());
        if !note.is_empty() {
            note.push(' ');
        }
        note.push_str(text);
        self.set(Column::Note, note);
        self.tell(notice);
    }

    /// Adds a notice.
    pub(super) const fn tell(&mut self, notice: Notice) {
        self.reading.notices.add(notice);
    }
}
