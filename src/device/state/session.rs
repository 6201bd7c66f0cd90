//! The keys that a device may use now.

use crate::keys::{Day, Node};
use crate::signed::grant::{Purpose, Reopening, Role};

/// The keys that a device may use now, and on which terms.
#[derive(Debug)]
#[non_exhaustive]
pub struct HeldKeys {
    /// The role.
    pub role: Role,
    /// The serial of the grant whose terms these are.
    pub serial: u64,
    /// Today, as far as the device's clock is believed.
    pub today: Day,
    /// The keys within their windows.
    pub nodes: Vec<Node>,
    /// What labels may be opened for.
    pub purposes: Vec<Purpose>,
    /// Labels that may be opened in a shift; `None` for no limit.
    pub budget: Option<u32>,
    /// Which labels may be opened once more.
    pub reopening: Reopening,
    /// The least number of the revocation list that must be held.
    pub revocations: u64,
}
