//! The revocation list: numbered, signed, and good until a day.
//!
//! ```text
//! file       CBOR [ "wayseal revocations", 1, body, signature ]
//! signature  Ed25519 over "WS1 revoked" ‖ 00 ‖ body                RFC 8032; body are the exact bytes
//! body       CBOR map, keys ascending, no other key:               RFC 8949, deterministic
//!            1 number        larger with each list
//!            2 issued        seconds since 1970, signed time
//!            3 until         the last day on which the list is good
//!            4 sealers       5 bytes each, ascending: number u24 ‖ first doubtful day u16
//!            5 holders       [ name or age recipient, first day that it gets no more ], ascending by name
//! ```
//!
//! A sealer's labels of its first doubtful day and of those after it are refused, after the tag held. A holder
//! (a scanner, a region device, a relay) gets no grant that reaches that day, and a device that finds itself
//! in the list locks.

mod error;
mod list;

pub use error::ListError;
pub use list::{LIST_DAYS, LIST_MAX, RevocationList};
