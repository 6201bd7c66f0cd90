//! Proof that a mask hides what it must: a second reader of the grammar, which finds a proof of each printed piece in
//! the vocabulary, the division table and the record, or refuses the mask. It shares the tables with the masker, and how
//! numbers and sides are scanned, and no rule.

mod ideographs;
mod mask;
mod violation;
mod words;

pub(super) use mask::check;
pub use violation::{Rule, Violation};
