//! `wayseal authority`: roots, grants, revocation and audit.

mod audit;
mod bulk;
mod deliveries;
mod dispatch;
pub mod folder;
mod grant;
mod prune;
mod revoke;
mod root;
mod shares;
mod show;
mod source;
mod stations;
#[cfg(feature = "hsm")]
mod token;
