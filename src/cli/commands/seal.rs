//! `wayseal seal`: files of orders to labels.

mod begin;
mod explain;
mod job;

mod batch;
mod preview;
mod sent;
mod template;

pub use batch::Sealed;
pub use template::template_of;
