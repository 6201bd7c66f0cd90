//! Day keys: the nodes of one day and tier, from which every grant is derived.
//!
//! In: a [`DayKeys`] (the authority with its root, a day issuer's grant, or a [`DayCache`]) and a range of
//! [`Days`]. Out: nodes, or an [`IssueError`] that says why a grant is not issued. A day key reaches every label of
//! its day and tier, so it leaves this module in a [`Node`](crate::keys::Node) alone, which wipes itself.

mod cache;
mod days;
mod error;
mod holder;

pub use cache::DayCache;
pub use days::Days;
pub use error::IssueError;
pub use holder::DayKeys;

pub(in crate::authority) use holder::below;
