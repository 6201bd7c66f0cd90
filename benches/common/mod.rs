//! Input data and settings of the benchmarks, shared with `wayseal bench`.
#![allow(dead_code, missing_docs)]

pub mod envelopes;
#[path = "../../src/cli/commands/bench/work.rs"]
mod work;

pub use work::*;

use wayseal::batch::order::Order;
use wayseal::sealer::Plain;

/// Short runs: figures are compared within a run, not across machines.
pub fn config() -> criterion::Criterion {
    criterion::Criterion::default()
        .sample_size(20)
        .warm_up_time(std::time::Duration::from_millis(300))
        .measurement_time(std::time::Duration::from_millis(900))
}

/// An order's record, encoded.
pub fn plain(order: &Order) -> Plain {
    let mut plain = Plain::empty();
    let _whole = plain.encode(&order.delivery(), order.contact().as_ref()).unwrap();
    plain
}

/// Repeats the items endlessly.
pub fn cycle<'i, T>(items: &'i [T]) -> impl FnMut() -> &'i T + use<'i, T> {
    let mut at = items.len();
    move || {
        at = if at + 1 < items.len() { at + 1 } else { 0 };
        std::hint::black_box(&items[at])
    }
}
