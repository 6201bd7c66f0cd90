//! `wayseal authority`: roots, grants, revocation and audit.

mod audit;
mod bulk;
mod decoys;
mod deliveries;
mod dispatch;
mod enquiry;
pub mod folder;
mod grant;
mod label_lines;
mod prune;
mod register;
mod revoke;
mod root;
mod shares;
mod show;
mod sign_stations;
mod source;
mod stations;
#[cfg(feature = "hsm")]
mod token;
