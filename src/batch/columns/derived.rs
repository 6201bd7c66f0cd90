//! Columns that come after those of the file: fields whose text is made of several columns, of another address, or of none.
//!
//! Some shops send an order that has no address for delivery to the billing address. An order takes that address as a whole,
//! and only if every column of the first one is blank: a recipient of one at the address of the other is nobody.

use super::column::Column;
use super::source::{Combination, combined};
use crate::batch::input::Row;
use zeroize::Zeroizing;

/// The fields whose cells come after those of the file, in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Derived {
    fields: Vec<(Column, DerivedText)>,
    /// The columns of the address for delivery that are not of the other one too.
    own: Vec<u16>,
    /// The columns of the other address.
    other: Vec<u16>,
}

/// What the text of a field is made of.
#[derive(Clone, Debug)]
pub(super) enum DerivedText {
    /// Of columns.
    Of(SourceColumns),
    /// Of other columns in an order that has none of its own address.
    Either { own: SourceColumns, other: SourceColumns },
    /// The same for each order of the export.
    Always(&'static str),
}

/// Columns, and how their cells make one.
#[derive(Clone, Debug)]
pub(super) struct SourceColumns {
    pub(super) from: Vec<u16>,
    pub(super) how: Combination,
}

impl SourceColumns {
    fn text(&self, field: Column, row: &Row) -> Zeroizing<String> {
        combined(field, self.how, self.from.iter().map(|at| row.cell(usize::from(*at))))
    }
}

impl Derived {
    pub(super) const fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Adds a field, and returns its index.
    pub(super) fn push(&mut self, field: Column, text: DerivedText) -> usize {
        self.fields.push((field, text));
        self.fields.len() - 1
    }

    /// Replaces what a field is made of.
    pub(super) fn replace(&mut self, at: usize, text: DerivedText) {
        self.fields[at].1 = text;
    }

    /// The columns of a field, without those of the other address.
    pub(super) fn own_columns(&self, at: usize) -> Option<&SourceColumns> {
        match &self.fields.get(at)?.1 {
            DerivedText::Of(own) | DerivedText::Either { own, .. } => Some(own),
            DerivedText::Always(_) => None,
        }
    }

    /// Adds columns of the two addresses. A column of both says nothing of which one an order has.
    pub(super) fn distinguish(&mut self, own: &SourceColumns, other: &SourceColumns) {
        self.own.extend(&own.from);
        self.other.extend(&other.from);
        self.own.retain(|at| !self.other.contains(at));
    }

    /// The texts of a row's fields.
    pub(super) fn texts(&self, row: &Row) -> Vec<Zeroizing<String>> {
        let elsewhere = self.takes_other_address(row);
        let of = |(field, text): &(Column, DerivedText)| match text {
            DerivedText::Either { other, .. } if elsewhere => other.text(*field, row),
            DerivedText::Of(own) | DerivedText::Either { own, .. } => own.text(*field, row),
            DerivedText::Always(text) => Zeroizing::new((*text).to_owned()),
        };
        self.fields.iter().map(of).collect()
    }

    /// Whether a row has nothing of its own address, and something of the other one.
    pub(super) fn takes_other_address(&self, row: &Row) -> bool {
        let blank = |at: &u16| row.cell(usize::from(*at)).trim().is_empty();
        !self.own.is_empty() && self.own.iter().all(blank) && !self.other.iter().all(blank)
    }

    /// Whether a row has a phone that is not taken: the second choice is another number than the first.
    pub(super) fn has_other_phone(&self, row: &Row) -> bool {
        self.fields.iter().any(|(field, text)| {
            let (DerivedText::Of(own) | DerivedText::Either { own, .. }) = text else { return false };
            let mut cells = own.from.iter().map(|at| row.cell(usize::from(*at)).trim());
            let mut numbers = cells.by_ref().filter(|cell| !cell.is_empty());
            matches!(field, Column::Phone | Column::SenderPhone)
                && own.how == Combination::First
                && numbers.next().is_some_and(|first| numbers.any(|other| !same_number(first, other)))
        })
    }
}

/// Whether two cells hold one number, however it is written.
fn same_number(one: &str, other: &str) -> bool {
    let digits = |text: &str| {
        let digits: Zeroizing<String> =
            Zeroizing::new(text.chars().filter(char::is_ascii_digit).collect::<String>());
        Zeroizing::new(
            digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(&digits).to_owned(),
        )
    };
    one == other || (*digits(one) == *digits(other) && !digits(one).is_empty())
}
