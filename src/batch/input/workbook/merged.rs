//! Rows some of whose cells are covered by cells that are merged with them.

use super::row::ROWS_MAX;
use crate::batch::input::error::InputError;

/// The most merged ranges that are kept.
const RANGES_MAX: usize = 1 << 20;

/// Merged cells: rows counted from 1, columns from 0, the last ones included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) rows: (u64, u64),
    pub(super) columns: (u32, u32),
}

/// Adds a range to a list that is bounded.
pub(super) fn add(ranges: &mut Vec<Range>, range: Range) -> Result<(), InputError> {
    if ranges.len() == RANGES_MAX {
        return Err(InputError::Large);
    }
    ranges.push(range);
    Ok(())
}

/// One bit a row.
pub(super) struct Covered(Vec<bool>);

impl Covered {
    /// The rows in which a named column is covered. The first cell of a range holds its text; below and beside it nothing
    /// is.
    pub(super) fn by(ranges: &[Range], width: u32) -> Self {
        let named = ranges.iter().filter(|range| range.columns.0 < width);
        // Changes of the number of ranges from row to row, so that ranges of many rows cost no more than others.
        let mut changes = Vec::new();
        for range in named {
            let beside = range.columns.1 > range.columns.0;
            let first = range.rows.0 + u64::from(!beside);
            let last = range.rows.1.min(ROWS_MAX);
            if first > last {
                continue;
            }
            changes.resize(changes.len().max(last as usize + 2), 0_i32);
            changes[first as usize] += 1;
            changes[last as usize + 1] -= 1;
        }
        let mut count = 0;
        Self(
            changes
                .into_iter()
                .map(|change| {
                    count += change;
                    count > 0
                })
                .collect(),
        )
    }

    pub(super) fn holds(&self, row: u64) -> bool {
        usize::try_from(row).ok().and_then(|row| self.0.get(row)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_below_and_beside_the_first_cell_are_covered() {
        let covered = Covered::by(
            &[
                Range { rows: (2, 4), columns: (0, 0) },
                Range { rows: (6, 6), columns: (1, 2) },
                Range { rows: (8, 9), columns: (5, 6) },
                Range { rows: (1, u64::MAX), columns: (9, 9) },
            ],
            5,
        );
        let rows: Vec<u64> = (0..12).filter(|row| covered.holds(*row)).collect();
        assert_eq!(rows, [3, 4, 6]);
    }
}
