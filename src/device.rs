//! What a courier's device keeps, and what it does with a label.
//!
//! - [`state`]: what it keeps of its grants, and which it takes.
//! - [`session`]: one call a scan; today's parcels, when the keys of stations are locked away.
//! - [`log`]: every attempt on record, and the proof of it.

pub mod log;
pub mod session;
pub mod state;
