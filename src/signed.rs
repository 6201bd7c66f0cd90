//! The files that the authority signs or seals, as all parties read and write them.
//!
//! In: keys and terms of the authority, or the bytes of a file. Out: signed files, or their checked content. A file's
//! content is used only after its signature was verified against a pinned key. These modules derive no key and decide
//! no grant: the module `authority` does that, and a device keeps what it accepted in its state.
//!
//! - [`grant`]: a signed list of nodes with limits; [`role`]: the roles of their holders.
//! - [`signer`]: the trait of signing keys; [`certificate`]: what the authority lets another key sign; [`issuer_key`]: such
//!   a key.
//! - [`pass_request`]: what a device shows that asks a colleague's for a pass; [`digits`]: what two devices show each other.
//! - [`revocation`]: revoked sealers, holders and issuers.
//! - [`stations`]: the signature of a file of stations.
//! - [`envelope`]: age encryption to a device, or under a passphrase.
//! - [`moment`]: signed time.
//!
//! Foreign types in the interface, re-exported where they are used: `VerifyingKey`, `SigningKey` and `Signature` of
//! `ed25519-dalek` by [`signer`]; `SecretString` of `secrecy` by [`envelope`].

pub mod certificate;
pub mod digits;
pub mod envelope;
pub mod grant;
pub mod issuer_key;
pub mod moment;
pub mod pass_request;
pub mod revocation;
pub mod role;
pub mod signer;
pub mod stations;

pub(crate) mod cbor;
mod certified;
mod fields;
