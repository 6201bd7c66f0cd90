//! Entries after the last field of a section: what later versions add to a record.
//!
//! ```text
//! entry    1 ‖ must 1 ‖ kind 6 ‖ (bytes − 1) 5 ‖ data            kinds ascend; a 0 or the end of the section ends the list
//! ```
//!
//! No kind is assigned yet, so that a reader either skips an entry and says so, or refuses the label as unsupported.

use super::source::FieldSource;

/// Kinds of entries, 0 to 63.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EntryKinds(u64);

impl EntryKinds {
    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The number of kinds.
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The kinds in ascending order.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        (0..64).filter(move |kind| self.0 >> kind & 1 == 1)
    }
}

/// Skips the list of entries; returns their kinds, and whether each may be skipped.
pub(super) fn skip(source: &mut FieldSource<'_, '_>) -> (EntryKinds, bool) {
    let (mut kinds, mut skippable, mut least) = (0, true, 0);
    while source.is_sound() && source.has_more() && source.flag() {
        skippable &= !source.flag();
        let kind = source.take(6);
        source.require(kind >= least);
        least = kind + 1;
        kinds |= 1 << kind;
        for _ in 0..=source.take(5) {
            source.take(8);
        }
    }
    (EntryKinds(kinds), skippable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_listed_in_order() {
        assert_eq!(EntryKinds(1 << 63 | 5).iter().collect::<Vec<_>>(), [0, 2, 63]);
        assert_eq!((EntryKinds(5).len(), EntryKinds(0).is_empty()), (2, true));
    }
}
