//! Deliveries: whether the code at a sign-off was the one that the recipient was sent.
//!
//! In: day keys of the authority, sign-offs and relabellings as devices' logs have them. Out: a [`CodeVerdict`] for each
//! sign-off.
//!
//! A recipient knows the code of the first label. A label that replaces another has a header of its own, so the chain is
//! followed back to the first label. Where a link is missing, the code that was sent cannot be known.

mod logged;
mod relabellings;
mod verdict;

pub use logged::{LoggedDeliveries, LoggedSignOff};
pub use relabellings::Relabellings;
pub use verdict::{CodeVerdict, SignOffEntry, judge};
