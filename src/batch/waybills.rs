//! Waybill numbers that the carrier assigned in advance, handed out to orders that have none.
//!
//! In go a file of ranges and the orders that lack numbers; out come numbers, each for one parcel and never again. A ledger
//! next to the file says which were handed out, and is durable before the first label is made. It holds numbers, the places of
//! rows, and a keyed digest of the batch, and nothing of any order: the same orders get the same numbers again.
//!
//! - `ranges`: the file of ranges; `check`: rules of check digits.
//! - `ledger`: what was handed out; `supply`: the numbers of one batch.

mod check;
mod ledger;
mod ranges;
mod supply;

pub use ledger::{NumberLedger, NumberLedgerError};
pub use ranges::{NumberRanges, RangesError};
pub use supply::{Lacking, NumberSupply};
