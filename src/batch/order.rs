//! Validates a row of input: an [`Order`], or a [`Reject`](super::reject::Reject) with the reason.
//!
//! In go a row, the columns of its file and the carrier's stations; out comes an order whose fields are ready to be sealed
//! and masked. Cells are repaired where Excel damaged them. An order borrows nothing, wipes itself, and no error quotes
//! what it holds.

mod checked;
mod content;
mod row;
#[cfg(test)]
mod tests;
mod values;

pub use super::columns::Column;
pub use content::Order;
pub(super) use row::{is_early, parcels_of, placed};
