//! A courier's device: the grants that it holds, the labels that it opens, and the log of every attempt.
//!
//! In: grants, revocation lists and signed heads from the authority and the auditor, and the texts of scanned codes.
//! Out: opened records, each after its log entry is on disk. A device derives no key above those in its grants.
//!
//! - [`state`]: the grants and the revocation list, and which new ones are accepted.
//! - [`session`]: one call for each scan, and the day's parcels when the keys of stations are locked away.
//! - [`operators`]: in whose hand a device is, by a number and a PIN.
//! - [`store`]: where its files are: a folder, memory, or what a platform has.
//! - [`app`]: all of it as one type, with plain values and codes, for apps and for other languages.
//! - [`exchange`]: how a device gets grants and lists from a depot and gives its hand-in, as bytes.
//! - [`log`]: one entry for each attempt, chained by MACs, and their verification.
//!
//! # Targets
//!
//! All of it works where there is a file system, as on Linux and Android. On `wasm32-unknown-unknown` it compiles, but
//! there is no file system and no clock: [`state`] works on bytes ([`DeviceState::accept`](state::DeviceState::accept),
//! [`to_bytes`](state::DeviceState::to_bytes)) with the time as an argument, and so does verification of a log;
//! [`Session`](session::Session) and [`Log`](log::Log) need a store that is no folder, such as
//! [`MemoryStore`](store::MemoryStore), and [`Attempt::new`](session::Attempt::new) panics for want of a clock: use [`Attempt::at`](session::Attempt::at).

pub mod app;
pub mod desk;
pub mod exchange;
pub mod log;
pub mod operators;
pub mod session;
pub mod state;
pub mod store;
