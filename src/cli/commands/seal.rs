//! `wayseal seal`: files of orders to labels.

mod begin;
mod explain;
mod job;
mod numbers;

mod batch;
mod preview;
mod template;

pub use batch::Sealed;
pub use template::template_of;
