//! A character alone, which is in no token of a split: what it costs, and how it is written.

use super::point::{Size, block};
use super::table::Table;
use super::tokens::Tokens;

/// What pieces other than tokens cost in a table.
#[derive(Clone, Copy)]
pub(super) struct Costs {
    pub(super) end: u16,
    /// A character of the current block.
    window: u16,
    /// Any other, without its code point.
    escape: u16,
}

impl Costs {
    pub(super) fn of(tokens: Tokens) -> Self {
        let bits = |place| tokens.code(place).1 as u16;
        let table = tokens.table;
        Self { end: bits(table.end), window: bits(table.window) + 7, escape: bits(table.escape) + 2 }
    }

    /// The cost of a character alone, and the current block after it.
    pub(super) fn alone(self, point: u32, current: u16) -> (u16, u16) {
        let (own, size) = (block(point) as u16, Size::of(point));
        if own == current {
            return (self.window, current);
        }
        (self.escape + size.bits() as u16, if size == Size::Ascii { current } else { own })
    }
}

/// A character alone: the command before it, and what follows with its bits.
pub(super) fn code(table: &Table, point: u32, current: &mut u32) -> (u16, u32, u32) {
    if block(point) == *current {
        return (table.window, point & 0x7f, 7);
    }
    let size = Size::of(point);
    if size != Size::Ascii {
        *current = block(point);
    }
    (table.escape, (size as u32) << size.bits() | (point - size.base()), 2 + size.bits())
}
