//! Windows: the days on which a key may be used.

use crate::keys::{Day, KeyLevel};
use crate::signed::grant::{DESK_DAYS, DESK_REGION_DAYS, Grant, REGION_DAYS, Role, SCANNER_DAYS};
use std::fmt;

/// The days on which a grant or a list is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first.
    pub from: Day,
    /// The last.
    pub until: Day,
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} … {}", self.from, self.until)
    }
}

/// The last day on which any key of a grant for these days may be used.
#[must_use]
pub fn last_use(role: Role, from: Day, until: Day) -> Day {
    later(until, span(role, from, until))
}

/// The number of days for which a key may be used, its own day included.
pub(super) fn span(role: Role, from: Day, until: Day) -> u16 {
    let most = match role {
        // A label is sealed on its own day, so a sealer's key is useless after it.
        Role::Sealer | Role::DayIssuer | Role::RegionIssuer | Role::Stop => return 1,
        // A pass names its days itself.
        Role::Pass => return 1,
        Role::Scanner | Role::Relay => SCANNER_DAYS,
        Role::Desk => DESK_DAYS,
        Role::Region => REGION_DAYS,
    };
    most.max(until.number().saturating_sub(from.number()).saturating_add(1))
}

/// The same for the keys of a grant: a desk's keys of whole regions are of use for fewer days.
pub(super) fn span_of(grant: &Grant) -> u16 {
    let has_regions = grant.nodes.iter().any(|node| node.path().level() == KeyLevel::Region);
    if grant.role == Role::Desk && has_regions {
        return DESK_REGION_DAYS;
    }
    span(grant.role, grant.from, grant.until)
}

/// The last of `span` days that begin with `day`.
pub(super) fn later(day: Day, span: u16) -> Day {
    Day::new(day.number().saturating_add(span - 1))
}
