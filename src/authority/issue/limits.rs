//! The limits of each role, which bound what a lost grant opens.

use super::scope::Scope;
use crate::authority::day_keys::{Days, IssueError};
use crate::keys::{Day, Tier};
use crate::signed::grant::{
    DESK_DAYS, DESK_REGION_DAYS, REGION_DAYS, REGION_ISSUER_DAYS, Role, SCANNER_DAYS, SEALER_DAYS, STOP_DAYS,
};

/// Whether the limits of a role apply to a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limits {
    /// They apply.
    Kept,
    /// The caller lifted them for this grant.
    Lifted,
}

/// A role's most days, most days from the day of issue to the last one, and most tiers.
const fn limits(role: Role) -> (u16, u16, usize) {
    match role {
        Role::Sealer => (SEALER_DAYS, SEALER_DAYS - 1, 3),
        // One day ahead, so that grants for tomorrow can be handed out in the evening.
        Role::Scanner | Role::Relay => (SCANNER_DAYS, 1, 2),
        Role::Region => (REGION_DAYS, 1, 1),
        Role::DayIssuer => (1, SEALER_DAYS - 1, 3),
        Role::Desk => (DESK_DAYS, 1, 2),
        // The days are those of the pass; its labels are of any day.
        Role::Pass => (SCANNER_DAYS, SCANNER_DAYS, 2),
        Role::RegionIssuer => (REGION_ISSUER_DAYS, REGION_ISSUER_DAYS - SCANNER_DAYS, 2),
        Role::Stop => (STOP_DAYS, STOP_DAYS, 0),
    }
}

/// Checks the one kind of grant that no role allows: a desk's with keys of whole regions is made only with the limits
/// lifted, and for seven days in any case.
pub(super) fn keep_regions(scope: &Scope<'_>, days: Days, limit: Limits) -> Result<(), IssueError> {
    let role = scope.role();
    match scope {
        Scope::RegionDesk { .. } if limit == Limits::Kept => Err(IssueError::Regions { role }),
        Scope::RegionDesk { .. } if days.count() > u32::from(DESK_REGION_DAYS) => {
            Err(IssueError::Days { role, most: DESK_REGION_DAYS })
        }
        _ => Ok(()),
    }
}

/// Checks days and tiers of a grant against its role's limits; `issued` is in seconds since 1970-01-01 UTC.
pub(super) fn keep_limits(role: Role, tiers: &[Tier], days: Days, issued: u64) -> Result<(), IssueError> {
    let (most, ahead, most_tiers) = limits(role);
    if days.count() > u32::from(most) {
        return Err(IssueError::Days { role, most });
    }
    // A clock outside the calendar would issue grants that no device accepts.
    let today = Day::from_unix(issued).ok_or(IssueError::Clock)?;
    if days.until.number() > today.number().saturating_add(ahead) {
        return Err(IssueError::Ahead { role, ahead, today });
    }
    if tiers.len() > most_tiers {
        return Err(IssueError::Tiers { role });
    }
    Ok(())
}
