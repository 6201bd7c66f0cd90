//! The revocation list: the sealers and holders that lost their trust, numbered, signed and valid until a day.
//!
//! In: sealers and holders with the first day that is doubtful. Out: a signed file that devices and the authority
//! verify against the pinned key. A list replaces the one before it; it holds no key and no personal data of
//! recipients.
//!
//! ```text
//! file       CBOR [ "wayseal revocations", 1, body, signature ]
//! signature  Ed25519 over "WS1 revoked" ‖ 00 ‖ body                RFC 8032; over the bytes of body as they are
//! body       CBOR map, keys ascending, no other key:               RFC 8949, deterministic
//!            1 number        larger with each list
//!            2 issued        seconds since 1970, signed time
//!            3 until         the last day on which the list is valid
//!            4 sealers       5 bytes each, ascending: number u24 ‖ first doubtful day u16
//!            5 holders       [ name or age recipient, first day without a grant ], ascending by name
//!            6 issuers       [ name in the certificate, first doubtful day ], ascending by name
//! ```
//!
//! ```text
//! additions  CBOR [ "wayseal revocations", 1, body, signature, certificate ]
//! signature  Ed25519 by a stop key over "WS1 stop" ‖ 00 ‖ body; the certificate is a stop key's
//! ```
//!
//! Additions take nothing off and replace no list: a device keeps them beside its list until a list contains their
//! entries, or revokes the stop key. Their number is the time of signing, and they expire with the list that contains
//! them, not before.
//!
//! A sealer's labels of its first doubtful day and of later days are refused, once their tag was verified. A holder
//! (a scanner, a region device, a relay) gets no grant that reaches its day, and a device that finds itself in the
//! list locks. What was signed under a certificate of an issuer's name that reaches its day, or a later one, is refused, and
//! the keys that a device took by it are erased: a thief backdates. A revoked holder's name counts as an issuer's too.

mod additions;
mod error;
mod list;

pub use additions::{ADDITIONS_MAX, Additions};
pub use error::ListError;
pub use list::{LIST_DAYS, LIST_MAX, RevocationList};
