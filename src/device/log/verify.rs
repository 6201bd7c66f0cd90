//! Verification of a log: which entries were deleted, inserted, moved, edited or sealed again with another key.
//!
//! In: the bytes of a file `log`, the device's first key, and the last signed head. Out: [`Verified`] with the entries
//! and a list of [`LogDamage`]. Damage is a finding, not an error: what is left of a damaged log is reported too.

mod damage;
mod read;
mod search;

pub use damage::LogDamage;
pub use read::{Verified, device, verify};
