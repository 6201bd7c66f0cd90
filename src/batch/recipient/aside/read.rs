//! Reads a cell: each step takes something off it, until nothing comes off.

use super::brackets::{take_leading_bracket, take_trailing_bracket};
use super::fields::take_fields;
use super::parts::{Holds, Parts};
use super::range::trimmed;
use super::requests::{take_group_head, take_segment};

/// Reads a cell.
pub(in crate::batch::recipient) fn parts(cell: &str, holds: Holds) -> Parts {
    let mut parts = Parts { own: trimmed(cell, 0..cell.len()), ..Parts::default() };
    take_fields(cell, holds, &mut parts);
    loop {
        let before = parts.own.clone();
        take_leading_bracket(cell, &mut parts);
        take_trailing_bracket(cell, &mut parts);
        take_segment(cell, holds, &mut parts);
        if holds == Holds::Name {
            take_group_head(cell, &mut parts);
        }
        if parts.own == before {
            return parts;
        }
    }
}

#[cfg(test)]
mod tests;
