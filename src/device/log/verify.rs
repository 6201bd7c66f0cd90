//! With a device's first key: which entry of a log was deleted, inserted, moved, edited or sealed again.

mod damage;
mod read;
mod search;

pub use damage::LogDamage;
pub use read::{Verified, device, verify};
