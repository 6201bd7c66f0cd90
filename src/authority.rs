//! The security line: roots, the grants derived from them, and audits of labels and logs.
//!
//! In: a root, and the terms of a grant; labels and logs to examine. Out: unsigned grants for [`signed`](crate::signed)
//! to sign and write, and findings. These modules neither seal nor print: the two lines have separate modules, files
//! and keys.
//!
//! - [`custody`]: the roots and the signing key at rest, in an age envelope.
//! - [`root`]: a root in memory or in a token.
//! - [`day_keys`]: the keys of a day, from which grants are derived.
//! - [`issue`]: the nodes of each role, and its limits.
//! - [`bulk`]: grants for many devices in one run.
//! - [`shares`]: a backup of the authority by Shamir's secret sharing.
//! - [`audit`]: finds labels that were not made by the sealer they name.
//! - [`auditor`]: the log keys of devices, and signed heads for their hand-ins.
//! - [`enquiry`]: two officers open one label, on a log; [`decoys`]: labels that nobody has a reason to open.
//! - [`report`]: figures from many devices' logs.
//!
//! Foreign types in the interface: `VerifyingKey`, re-exported by [`signed::signer`](crate::signed::signer);
//! `SecretString`, re-exported by [`signed::envelope`](crate::signed::envelope); `getrandom::Error`, as the source of
//! errors.

pub mod audit;
pub mod auditor;
pub mod bulk;
pub mod custody;
pub mod day_keys;
pub mod decoys;
pub mod deliveries;
pub mod enquiry;
pub mod issue;
pub mod report;
pub mod root;
pub mod shares;
#[cfg(feature = "hsm")]
pub mod token;
pub mod token_ref;
