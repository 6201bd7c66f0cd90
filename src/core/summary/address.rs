//! Addresses: what a small positive grammar knows to be public, and `***` for all else.

mod columns;
mod han;
mod letters;
mod mask;
mod printed;

pub(super) use columns::first_two;
pub(super) use mask::{mask, mask_division};
