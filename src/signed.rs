//! What the authority signs or seals to a device, as every side reads it.
//!
//! - [`grant`]: a list of nodes with limits, signed; a sealer, a scanner, a region device, a relay and a day
//!   issuer differ only in which nodes they hold.
//! - [`signer`]: who signs, and the certificate of a day issuer; [`delegate`]: its signing key.
//! - [`revocation`]: sealers and scanners that lost their trust.
//! - [`envelope`]: what travels to a device, sealed to it.
//! - [`moment`]: signed time.

pub mod delegate;
pub mod envelope;
pub mod grant;
pub mod moment;
pub mod revocation;
pub mod signer;

pub(crate) mod cbor;
