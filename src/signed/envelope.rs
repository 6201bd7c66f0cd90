//! Envelopes: files encrypted in the age v1 format (<https://c2sp.org/age>), to a device's X25519 key or under a
//! passphrase.
//!
//! In: plaintext with a recipient or passphrase, or an envelope with what opens it. Out: the envelope, or the plaintext
//! in a buffer that wipes itself. An envelope proves nothing about who made it: that is what signatures are for.
//!
//! - [`seal`] and [`open`]: to a device's recipient, and with its [`Identity`].
//! - [`seal_locked`] and [`open_locked`]: under a passphrase (scrypt, RFC 7914), or to several recipients.
//!
//! Foreign type in the interface, re-exported here: [`SecretString`] of the crate `secrecy`, as age uses it.

mod error;
mod fault;
mod identity;
mod locked;
mod plain;
mod sealed;

pub use age::secrecy::SecretString;
pub use error::EnvelopeError;
pub use fault::EnvelopeFault;
pub use identity::Identity;
pub use locked::{Lock, Locked, Unlock, Work, open_locked, open_text, seal_locked, seal_text};
pub use sealed::{is_recipient, is_sealed, open, seal};
