//! What each role may hold at most, so that a lost grant opens little.

use crate::authority::day_keys::{Days, IssueError};
use crate::keys::{Day, Tier};
use crate::signed::grant::{REGION_DAYS, Role, SCANNER_DAYS, SEALER_DAYS};

/// Whether the limits of a role hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limits {
    /// They do.
    Kept,
    /// Somebody said that they do not, for this grant.
    Lifted,
}

/// The most days of a role, how many days after the day of issue the last may be, and the most tiers.
const fn limits(role: Role) -> (u16, u16, usize) {
    match role {
        Role::Sealer => (SEALER_DAYS, SEALER_DAYS - 1, 3),
        Role::Scanner | Role::Relay => (SCANNER_DAYS, 1, 2),
        Role::Region => (REGION_DAYS, 1, 1),
        Role::DayIssuer => (1, SEALER_DAYS - 1, 3),
    }
}

/// Whether a grant of these days and tiers, issued now, keeps the limits of its role.
pub(super) fn keep_limits(role: Role, tiers: &[Tier], days: Days, issued: u64) -> Result<(), IssueError> {
    let (most, ahead, most_tiers) = limits(role);
    if days.count() > u32::from(most) {
        return Err(IssueError::Days { role, most });
    }
    let today = Day::of_unix(issued).ok_or(IssueError::Clock)?;
    if days.until.number() > today.number().saturating_add(ahead) {
        return Err(IssueError::Ahead { role, ahead, today });
    }
    if tiers.len() > most_tiers {
        return Err(IssueError::Tiers { role });
    }
    Ok(())
}
