//! Arguments of `wayseal authority`, one file a command.

pub mod audit;
pub mod bulk;
pub mod command;
pub mod decoys;
pub mod deliveries;
pub mod enquiry;
pub mod folder;
pub mod grant;
pub mod prune;
pub mod revoke;
pub mod root;
pub mod shares;
pub mod show;
pub mod sign_stations;
pub mod source;
#[cfg(feature = "hsm")]
pub mod token;
pub mod values;
