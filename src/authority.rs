//! The security line: the root, the grants made from it, and the proof of what was opened.
//!
//! Nothing of sealing or printing: the two lines have separate modules, files and keys.
//!
//! - [`custody`]: the roots and the signing key, in an age envelope.
//! - [`root`]: where a root is, here or in a token.
//! - [`day_keys`]: day keys, whoever holds them.
//! - [`issue`]: which nodes each role gets, and its limits.
//! - [`bulk`]: grants of many devices in one run.
//! - [`shares`]: a backup of the envelope, of which some parts are enough.
//! - [`audit`]: which labels no sealer made.
//! - [`auditor`]: the keys of devices' logs, and the answers to their hand-ins.
//! - [`report`]: what many devices' logs say together.

pub mod audit;
pub mod auditor;
pub mod bulk;
pub mod custody;
pub mod day_keys;
pub mod issue;
pub mod report;
pub mod root;
pub mod shares;
#[cfg(feature = "hsm")]
pub mod token;
pub mod token_ref;
