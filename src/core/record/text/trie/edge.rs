//! The edges of a trie, and the cost of a character without a token.

use crate::record::text::point::Size;
use crate::record::text::table::Table;

/// An edge of the trie, stored at the slot `base of its node + class of its character`.
#[derive(Clone, Copy)]
pub(super) struct Edge {
    /// The base of the node it leaves, which is unique to that node; or [`FREE`].
    pub(super) from: u16,
    /// The base of the node it reaches, or 0 if that node has no children.
    pub(super) base: u16,
    /// The index of the token that ends here.
    pub(super) place: u16,
    /// The length in bits of that token's code, or [`NONE`].
    pub(super) bits: u16,
}

/// The root, with base 0: a character's class is its slot.
pub(super) const ROOT: u16 = 0;
pub(super) const FREE: u16 = u16::MAX;
/// A cost above that of any text, small enough not to overflow when added to.
pub(super) const NONE: u16 = 1 << 14;
pub(super) const EMPTY: Edge = Edge { from: FREE, base: 0, place: 0, bits: NONE };

/// Slots of a trie. An index is masked instead of checked. An index beyond the last slot wraps to one that belongs
/// to another node, whose base differs, so no edge matches.
pub(super) const SLOTS: usize = 4096;

/// The cost in bits of a character without a token: in the current block, in another block without its code point,
/// and the minimum.
pub(super) const fn alone(table: &Table, codes: &[(u16, u16)]) -> (u16, u16, u16) {
    let window = codes[table.window as usize].1 + 7;
    let escape = codes[table.escape as usize].1 + 2;
    let ascii = escape + Size::Ascii.bits() as u16;
    (window, escape, if window < ascii { window } else { ascii })
}

/// The number of bits of an escaped code point.
pub(super) const POINT_BITS: u32 = 21;
