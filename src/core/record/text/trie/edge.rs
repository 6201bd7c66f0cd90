//! The steps of a trie, and what a character costs alone.

use crate::record::text::point::Size;
use crate::record::text::table::Table;

/// A step of the trie, at the slot that is the sum of its node's base and its character's class.
#[derive(Clone, Copy)]
pub(super) struct Edge {
    /// The base of the node it leaves, which no other node has; or [`FREE`].
    pub(super) from: u16,
    /// The base of the node reached, or 0 if nothing goes on from it.
    pub(super) base: u16,
    /// The token that ends here.
    pub(super) place: u16,
    /// Bits of its code, or [`NONE`].
    pub(super) bits: u16,
}

/// The node where every token begins, whose base is 0: there a character's class is its slot.
pub(super) const ROOT: u16 = 0;
pub(super) const FREE: u16 = u16::MAX;
/// More than any text costs, and still far from overflow.
pub(super) const NONE: u16 = 1 << 14;
pub(super) const EMPTY: Edge = Edge { from: FREE, base: 0, place: 0, bits: NONE };

/// Slots of a trie. An index needs a mask and no check: one that would be behind the last slot meets no edge of
/// its node, whose edges are all behind its base.
pub(super) const SLOTS: usize = 2048;

/// Bits of a character alone: of the block at hand, of another without its code point, and at the least.
pub(super) const fn alone(table: &Table, codes: &[(u16, u16)]) -> (u16, u16, u16) {
    let window = codes[table.window as usize].1 + 7;
    let escape = codes[table.escape as usize].1 + 2;
    let ascii = escape + Size::Ascii.bits() as u16;
    (window, escape, if window < ascii { window } else { ascii })
}

/// Bits of a code point.
pub(super) const POINT_BITS: u32 = 21;
