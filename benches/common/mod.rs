//! What the benchmarks work on, which is what `wayseal bench` works on, and how they run.
#![allow(dead_code, missing_docs)]

pub mod envelopes;
#[path = "../../src/cli/commands/bench/work.rs"]
mod work;

pub use work::*;

use wayseal::batch::order::Order;
use wayseal::sealer::Plain;

/// Short runs: the figures are compared within one run, not across machines.
pub fn config() -> criterion::Criterion {
    criterion::Criterion::default()
        .sample_size(20)
        .warm_up_time(std::time::Duration::from_millis(300))
        .measurement_time(std::time::Duration::from_millis(900))
}

/// An order's record, encoded.
pub fn plain(order: &Order) -> Plain {
    let mut plain = Plain::empty();
    plain.encode(&order.delivery(), order.contact().as_ref()).unwrap();
    plain
}

/// The items one after another, for ever.
pub fn cycle<'i, T>(items: &'i [T]) -> impl FnMut() -> &'i T + use<'i, T> {
    let mut at = items.len();
    move || {
        at = if at + 1 < items.len() { at + 1 } else { 0 };
        std::hint::black_box(&items[at])
    }
}
