//! Which nodes each role gets, and the limits that keep a lost grant small.
//!
//! Grants are made from day keys, whoever holds them: the authority makes them from the root, and a day
//! issuer's grant is one day's of them.

mod limits;
mod make;
mod nodes;
mod scope;
mod terms;

pub use limits::Limits;
pub use make::{day_issuer, issue, permit};
pub use scope::{Destination, Scope};
pub use terms::GrantTerms;
