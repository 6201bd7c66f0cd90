//! Joins rows of one order: shops export a row an item.
//!
//! In go rows; out come orders, each with the rows that it was gathered from. A row continues the order of the row before
//! if it has the same waybill number, or none and the same order number, or neither and a text of its own; and if it says
//! nothing else of sender or recipient. Goods, notes and remarks of all its rows are joined. A row with the same waybill
//! number and another recipient remains alone, and is a duplicate.

use super::columns::{Column, Mapping, joined};
use super::input::Row;
use zeroize::Zeroizing;

/// Texts that the rows of one order may have different ones of.
const TEXTS: [Column; 3] = [Column::Goods, Column::Note, Column::Remark];

/// Gathers the rows of one file.
#[derive(Default)]
pub struct Gather {
    pending: Option<Gathered>,
}

/// The rows of one order.
#[non_exhaustive]
pub struct Gathered {
    /// The first row, with the texts of all.
    pub row: Row,
    /// The rows that continue it.
    pub joined: Vec<Row>,
    /// Cells of the first row before the texts were joined.
    own: Vec<(usize, Zeroizing<String>)>,
}

impl Gather {
    /// Takes the next row. Returns the order before it, if the row is of another one.
    pub fn push(&mut self, mapping: &Mapping, mut row: Row) -> Option<Gathered> {
        mapping.prepare(&mut row);
        if let Some(order) = self.pending.as_mut().filter(|order| continues(mapping, order, &row)) {
            order.joined.push(row);
            return None;
        }
        let before = self.finish(mapping);
        self.pending = Some(Gathered { row, joined: Vec::new(), own: Vec::new() });
        before
    }

    /// The last order.
    pub fn finish(&mut self, mapping: &Mapping) -> Option<Gathered> {
        let mut order = self.pending.take()?;
        if !order.joined.is_empty() {
            order.join(mapping);
        }
        Some(order)
    }
}

impl Gathered {
    /// The number of its rows.
    #[must_use]
    pub fn rows(&self) -> u64 {
        1 + self.joined.len() as u64
    }

    /// The line of its last row.
    #[must_use]
    pub fn last_line(&self) -> u64 {
        self.joined.last().unwrap_or(&self.row).line
    }

    /// The bytes of text of all rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.row.len() + self.joined.iter().map(Row::len).sum::<usize>()
    }

    /// Whether all cells are empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn join(&mut self, mapping: &Mapping) {
        for text in TEXTS {
            let Some(at) = mapping.place(text) else { continue };
            let cells = [&self.row].into_iter().chain(&self.joined).map(|row| row.cell(at));
            let all = joined(text, cells);
            let own = self.row.cell(at);
            if *all != *own {
                self.own.push((at, Zeroizing::new(own.to_owned())));
                self.row.replace(at, &all);
            }
        }
    }

    /// Takes the first row out, with what puts its own cells back.
    #[must_use]
    pub fn split(self) -> (Row, Continuation) {
        (self.row, Continuation { joined: self.joined, own: self.own })
    }
}

/// The rows of an order after its first.
#[derive(Default)]
pub struct Continuation {
    joined: Vec<Row>,
    own: Vec<(usize, Zeroizing<String>)>,
}

impl Continuation {
    /// The number of rows.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.joined.len()
    }

    /// Whether the order has one row.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.joined.is_empty()
    }

    /// Puts the first row's own cells back, and returns the other rows: for the file of rejects.
    #[must_use]
    pub fn restore(self, first: &mut Row) -> Vec<Row> {
        for (at, cell) in self.own {
            first.replace(at, &cell);
        }
        self.joined
    }
}

/// Whether a row is one more of an order.
fn continues(mapping: &Mapping, order: &Gathered, row: &Row) -> bool {
    if row.fault.is_some() || order.row.fault.is_some() {
        return false;
    }
    let cells = |field: Column| {
        let at = mapping.place(field)?;
        Some((order.row.cell(at).trim(), row.cell(at).trim()))
    };
    let same = |field: Column| match cells(field) {
        Some((_, "")) | None => None,
        Some((first, own)) => Some(first == own),
    };
    let shared = match (same(Column::Waybill), same(Column::Order)) {
        (Some(same), _) | (None, Some(same)) => same && !is_repeated(mapping, order, row),
        (None, None) => {
            let keyed = [Column::Waybill, Column::Order].into_iter().any(|field| cells(field).is_some());
            let text = TEXTS.into_iter().any(|field| cells(field).is_some_and(|(_, own)| !own.is_empty()));
            let names = cells(Column::Name).is_none_or(|(_, own)| own.is_empty());
            keyed && text && names
        }
    };
    let others = Column::all()
        .filter(|field| !TEXTS.contains(field) && !matches!(field, Column::Waybill | Column::Order));
    shared
        && others
            .into_iter()
            .all(|field| cells(field).is_none_or(|(first, own)| own.is_empty() || first == own))
}

/// Whether a row repeats another in all its cells, waybill number included: it was entered twice, and is no item.
fn is_repeated(mapping: &Mapping, order: &Gathered, row: &Row) -> bool {
    let numbered = mapping.place(Column::Waybill).is_some_and(|at| !row.cell(at).trim().is_empty());
    numbered && [&order.row].into_iter().chain(&order.joined).any(|other| other.cells().eq(row.cells()))
}
