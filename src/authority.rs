//! The security line: the root, and the grants made from it.
//!
//! Imports [`keys`](crate::keys), [`secret`](crate::secret) and [`files`](crate::files). Nothing of
//! sealing, opening or printing: the two lines have separate modules, files and keys.
//!
//! - [`custody`]: the roots and the signing keys, in an age envelope.
//! - [`root`]: where a root is, here or in a token.
//! - [`grant`]: a list of nodes with limits, signed; a sealer, a scanner, a region device, a relay and a day
//!   issuer differ only in which nodes they hold.
//! - [`delegate`]: the signing key of a day issuer, certified for its day.
//! - [`issue`]: which nodes each role gets, and its limits.
//! - [`bulk`]: grants of many devices in one run.
//! - [`envelope`]: what travels to a device, sealed to it.
//! - [`shares`]: a backup of them, of which some parts are enough.
//! - [`revocation`]: sealers and scanners that lost their trust.
//! - [`audit`]: which labels no sealer made.
//! - [`device`]: what a device keeps of its grants, and which it takes.

pub mod audit;
pub mod bulk;
pub mod custody;
pub mod delegate;
pub mod device;
pub mod envelope;
pub mod grant;
pub mod issue;
pub mod moment;
pub mod revocation;
pub mod root;
pub mod shares;
#[cfg(feature = "hsm")]
pub mod token;

mod cbor;
