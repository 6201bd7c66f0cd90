//! The age v1 envelope: what travels to a device and rests there, under an X25519 key, and what a person keeps
//! under a passphrase.
//!
//! - [`seal`] and [`open`]: to a device's recipient, and with its [`Identity`].
//! - [`Lock`] and [`open_locked`]: under a passphrase (scrypt) or to several recipients.
//!
//! Foreign types in its interface: [`SecretString`], of the crate `secrecy` that age hands on.

mod error;
mod identity;
mod locked;
mod plain;
mod sealed;

pub use age::secrecy::SecretString;
pub use error::EnvelopeError;
pub use identity::Identity;
pub use locked::{Lock, Locked, Unlock, Work, open_locked, open_text, seal_locked, seal_text};
pub use sealed::{is_recipient, is_sealed, open, seal};
