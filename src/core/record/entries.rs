//! The kinds of entries after the last field of a section: what later versions add to a record.

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

    /// Adds a kind of six bits.
    pub(super) const fn insert(&mut self, kind: u32) {
        self.0 |= 1 << (kind & 63);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_listed_in_order() {
        let mut kinds = EntryKinds::default();
        assert!(kinds.is_empty());
        for kind in [2, 63, 0] {
            kinds.insert(kind);
        }
        assert_eq!((kinds.iter().collect::<Vec<_>>(), kinds.len()), (vec![0, 2, 63], 3));
    }
}
