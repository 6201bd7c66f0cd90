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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::columns::{ColumnChoices, ColumnSource, Fields};
    use crate::batch::input::RowSource;
    use std::io::Cursor;

    /// The goods of each order, and the number of its rows.
    fn gathered(content: &str) -> Vec<(String, u64)> {
        let mut source = RowSource::stream(Box::new(Cursor::new(content.as_bytes().to_vec()))).unwrap();
        let supplied = Fields::default().with(Column::Waybill).with(Column::Station);
        let mut choices = ColumnChoices { supplied, ..ColumnChoices::default() };
        choices.fields.extend([(Column::Detail, "detail".parse::<ColumnSource>().unwrap())]);
        let mapping = Mapping::new(source.header(), &choices).unwrap();
        let mut gather = Gather::default();
        let mut orders = Vec::new();
        while let Some(row) = source.next_row() {
            orders.extend(gather.push(&mapping, row.unwrap()));
        }
        orders.extend(gather.finish(&mapping));
        let goods = mapping.place(Column::Goods).unwrap();
        orders.iter().map(|order| (order.row.cell(goods).to_owned(), order.rows())).collect()
    }

    #[test]
    fn rows_of_one_order_are_joined_with_their_goods() {
        let head = "waybill,order,name,phone,detail,goods";
        for (rows, expected) in [
            // The same waybill and recipient.
            ("W1,,A,1,x,书\nW1,,A,1,x,笔\n", &[("书；笔", 2)][..]),
            // Blank cells say nothing else.
            ("W1,,A,1,x,书\nW1,,,,,笔\nW1,,,,,书\n", &[("书；笔", 3)]),
            // The same order, without a waybill number of its own.
            ("W1,#1,A,1,x,Mug\n,#1,,,,Cup\nW2,#2,A,1,x,Mug\n", &[("Mug; Cup", 2), ("Mug", 1)]),
            // Neither number: a line of the order before.
            ("W1,#1,A,1,x,Mug\n,,,,,Cup\n", &[("Mug; Cup", 2)]),
            // Another recipient, another parcel, the same row again, or nothing: not joined.
            ("W1,,A,1,x,书\nW1,,B,1,x,笔\n", &[("书", 1), ("笔", 1)]),
            ("W1,#1,A,1,x,书\nW2,#1,A,1,x,笔\n", &[("书", 1), ("笔", 1)]),
            ("W1,,A,1,x,书\nW1,,A,1,x,书\n", &[("书", 1), ("书", 1)]),
            ("W1,,A,1,x,书\nW2,,A,1,x,笔\nW1,,A,1,x,笔\n", &[("书", 1), ("笔", 1), ("笔", 1)]),
            ("W1,,A,1,x,书\n,,B,,,笔\n", &[("书", 1), ("笔", 1)]),
        ] {
            let expected: Vec<(String, u64)> =
                expected.iter().map(|(goods, rows)| ((*goods).to_owned(), *rows)).collect();
            assert_eq!(gathered(&format!("{head}\n{rows}")), expected, "{rows}");
        }
    }
}
