//! Issuing grants: the nodes that each role gets, and the limits of what a lost grant opens.
//!
//! In: day keys, [`GrantTerms`], a [`Scope`] and days. Out: an unsigned [`Grant`](crate::signed::grant::Grant), or an
//! [`IssueError`](super::day_keys::IssueError). The day keys come from the authority's root, or from a day issuer's
//! grant, which holds those of one day.

mod giving;
mod limits;
mod lives;
mod make;
mod nodes;
mod pass;
mod scope;
mod terms;

pub use giving::let_give;
pub use limits::Limits;
pub use lives::Lives;
pub use make::{issue, issue_within, issuer, permit};
pub use pass::pass;
pub use scope::{Destination, Scope};
pub use terms::GrantTerms;
