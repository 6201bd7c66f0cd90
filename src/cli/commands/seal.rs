//! `wayseal seal`: files of orders to labels.

mod begin;
mod explain;
mod job;
mod numbers;

mod batch;
mod drive;
mod kept;
mod preview;
mod share;
mod summary;
mod template;

pub use batch::SealedBatch;
pub use template::template_of;
