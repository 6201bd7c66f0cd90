//! Grants: nodes of the key tree with limits, signed by the authority for one holder.
//!
//! In: a [`Grant`] and a signing key, or the bytes of a grant's file and the pinned key. Out: the signed file, or the
//! verified grant. Reading fails with a [`GrantError`] before any field of a grant is used that the pinned authority
//! did not sign.
//!
//! ```text
//! file       CBOR [ "wayseal grant", 1, body, nodes, signature ]          by the authority, or
//!                 [ "wayseal grant", 1, body, nodes, signature, certificate ]      by an issuer
//! nodes      44 bytes a node: level ‖ tier ‖ day ‖ region ‖ site ‖ leaf ‖ key
//! signature  Ed25519 over "WS1 grant" ‖ 00 ‖ body                  RFC 8032; over the bytes of body as they are
//! body       CBOR map, keys ascending, no other key:               RFC 8949, deterministic
//!            1 role          1 sealer, 2 scanner, 3 region, 4 relay, 5 day issuer, 6 desk, 7 pass,
//!                            8 region issuer, 9 stop
//!            2 to            the device's or person's name, 1 to 64 bytes
//!            3 device        the age recipient it is sealed to, or "" if it is in no envelope
//!            4 serial        larger with each grant of a device by the same signer; see [`certificate`]
//!            5 generation    of the root
//!            6 issued        seconds since 1970, signed time
//!            7, 8            first and last day
//!            9 tiers         ascending
//!           10 purposes      ascending: 1 deliver, 2 return, 3 relabel, 4 enquiry, 5 call
//!           11 budget        labels a shift, or 0 for no limit
//!           12 revocations   the lowest number of a revocation list with which the grant is of use
//!           13 top-up        whether the keys held before stay
//!           14 digest        SHA-256 of the nodes
//!           15 signing       in roles 5, 8 and 9 a signing key and its certificate; absent in other roles
//!           16 again         whether a label opened before may be opened again: 1 allow, 3 refuse; absent for
//!                            the default, count (2)
//!           17 delivered     the same for a label that was signed off: 1, 2 or 3; absent for the default, which
//!                            refuses delivery and treats other purposes by field 16
//!           18 labels        of a pass, at most 200: length u8 ‖ header ‖ day u16 ‖ parts u8 ‖ delivery key ‖ contact
//!                            key; absent in other roles
//!           19 stations      of a sealer: the earliest signature of a file of stations that it may seal by, seconds since
//!                            1970; absent if none is demanded
//! ```
//!
//! The signature covers the nodes by their digest, so that Ed25519 hashes a short message and no copy of the nodes is made. A
//! tree of digests, by which a node is checked when it is met, would save the rest of one SHA-256; decrypting the envelope
//! has to come first, and takes longer than that.
//!
//! Every node's day and tier are among those that the grant names, and its level is one of its role's. A grant by an
//! issuer keeps within its [`certificate`].
//!
//! [`certificate`]: crate::signed::certificate

mod ceiling;
mod content;
mod error;
mod file;
mod pass_label;
mod rules;

pub use crate::signed::role::{
    DESK_DAYS, DESK_REGION_DAYS, NAME_MAX, Purpose, REGION_DAYS, REGION_ISSUER_DAYS, Reopen, Role,
    SCANNER_DAYS, SEALER_DAYS, STOP_DAYS, UnknownName, UnknownNumber,
};
pub use content::Grant;
pub use error::GrantError;
pub use file::{FILE_MAX, read};
pub use pass_label::{PASS_LABELS, PassLabel};
pub use rules::{Reopening, RoleRules};
