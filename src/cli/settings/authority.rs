//! Plans of `wayseal authority`, one file a command. A plan names every file, day and place of a secret.

pub mod audit;
pub mod bulk;
pub mod decoys;
pub mod deliveries;
pub mod enquiry;
pub mod folder;
pub mod grant;
pub mod plan;
pub mod prune;
pub mod revoke;
pub mod root;
pub mod shares;
pub mod show;
pub mod sign_stations;
pub mod source;
#[cfg(feature = "hsm")]
pub mod token;
