//! `wayseal seal`: files of orders to labels.

mod begin;
mod explain;
mod job;
mod numbers;

mod batch;
mod sent;
mod template;

pub use template::template_of;
