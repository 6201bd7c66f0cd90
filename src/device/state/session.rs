//! The keys that a device may use now.

use crate::keys::{Day, Node};
use crate::signed::grant::{Purpose, Reopening, Role};

/// The keys that a device may use now, and the terms of their grant.
#[derive(Debug)]
#[non_exhaustive]
pub struct HeldKeys {
    /// The role.
    pub role: Role,
    /// The serial of the grant whose terms these are.
    pub serial: u64,
    /// Today, by the device's clock or signed time, whichever is later.
    pub today: Day,
    /// The keys within their windows.
    pub nodes: Vec<Node>,
    /// The purposes for which labels may be opened.
    pub purposes: Vec<Purpose>,
    /// Labels that may be opened in a shift; `None` for no limit.
    pub budget: Option<u32>,
    /// Which labels may be opened again.
    pub reopening: Reopening,
    /// The lowest number of a revocation list that must be held.
    pub revocations: u64,
}
