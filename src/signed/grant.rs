//! Grants: nodes of the key tree with their limits, signed by the authority.
//!
//! ```text
//! file       CBOR [ "wayseal grant", 1, body, signature ]          by the authority itself, or
//!                 [ "wayseal grant", 1, body, signature, certificate ]      by a day issuer
//! signature  Ed25519 over "WS1 grant" ‖ 00 ‖ body                  RFC 8032; body are the exact bytes
//! body       CBOR map, keys ascending, no other key:               RFC 8949, deterministic
//!            1 role          1 sealer, 2 scanner, 3 region, 4 relay, 5 day issuer
//!            2 to            the device's or person's name, 1 to 64 bytes
//!            3 device        the age recipient it is sealed to, or "" for a device that wraps it itself
//!            4 serial        larger with each grant of a device
//!            5 generation    of the root
//!            6 issued        seconds since 1970, signed time
//!            7, 8            first and last day
//!            9 tiers         ascending
//!           10 purposes      ascending: 1 deliver, 2 return, 3 relabel, 4 enquiry, 5 call
//!           11 budget        labels a shift, or 0 for no limit
//!           12 revocations   the least number of the revocation list to be held
//!           13 top-up        whether the keys held before stay
//!           14 nodes         44 bytes a node: level ‖ tier ‖ day ‖ region ‖ site ‖ leaf ‖ key
//!           15 signing       a day issuer's own signing key and its certificate; of no other role
//!           16 again         whether a label opened before may be opened once more: 1 allow, 2 count, 3 refuse;
//!                            never 2, which holds without the field
//!           17 delivered     the same of a label signed off; without the field it is refused for delivery, and
//!                            otherwise like any other
//! ```
//!
//! Every node is of a day and a tier that the grant names.

mod error;
mod file;
mod role;
mod rules;

pub use error::GrantError;
pub use file::{FILE_MAX, Grant, NAME_MAX, read};
pub use role::{Purpose, REGION_DAYS, Reopen, Role, SCANNER_DAYS, SEALER_DAYS, UnknownName, UnknownNumber};
pub use rules::Reopening;
