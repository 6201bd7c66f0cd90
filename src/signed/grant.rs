//! Grants: nodes of the key tree with limits, signed by the authority for one holder.
//!
//! In: a [`Grant`] and a signing key, or the bytes of a grant's file and the pinned key. Out: the signed file, or the
//! verified grant. Reading fails with a [`GrantError`] before any field of a grant is used that the pinned authority
//! did not sign.
//!
//! ```text
//! file       CBOR [ "wayseal grant", 1, body, signature ]          by the authority, or
//!                 [ "wayseal grant", 1, body, signature, certificate ]      by a day issuer
//! signature  Ed25519 over "WS1 grant" ‖ 00 ‖ body                  RFC 8032; over the bytes of body as they are
//! body       CBOR map, keys ascending, no other key:               RFC 8949, deterministic
//!            1 role          1 sealer, 2 scanner, 3 region, 4 relay, 5 day issuer
//!            2 to            the device's or person's name, 1 to 64 bytes
//!            3 device        the age recipient it is sealed to, or "" if it is in no envelope
//!            4 serial        larger with each grant of a device
//!            5 generation    of the root
//!            6 issued        seconds since 1970, signed time
//!            7, 8            first and last day
//!            9 tiers         ascending
//!           10 purposes      ascending: 1 deliver, 2 return, 3 relabel, 4 enquiry, 5 call
//!           11 budget        labels a shift, or 0 for no limit
//!           12 revocations   the lowest number of a revocation list with which the grant is of use
//!           13 top-up        whether the keys held before stay
//!           14 nodes         44 bytes a node: level ‖ tier ‖ day ‖ region ‖ site ‖ leaf ‖ key
//!           15 signing       a day issuer's signing key and its certificate; absent in other roles
//!           16 again         whether a label opened before may be opened again: 1 allow, 3 refuse; absent for
//!                            the default, count (2)
//!           17 delivered     the same for a label that was signed off: 1, 2 or 3; absent for the default, which
//!                            refuses delivery and treats other purposes by field 16
//! ```
//!
//! Every node's day and tier are among those that the grant names.

mod error;
mod file;
mod role;
mod rules;

pub use error::GrantError;
pub use file::{FILE_MAX, Grant, NAME_MAX, read};
pub use role::{Purpose, REGION_DAYS, Reopen, Role, SCANNER_DAYS, SEALER_DAYS, UnknownName, UnknownNumber};
pub use rules::Reopening;
