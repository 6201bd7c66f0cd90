//! The check of a device's clock against signed time.

use super::refused::Refused;
use super::window::Window;
use crate::signed::moment::Moment;

/// Seconds by which a device's clock may be before signed time, since two clocks always differ a little.
pub const CLOCK_SLACK: u64 = 300;

/// The time that a device uses: the later of its clock and signed time.
pub(super) fn checked_time(now: Moment, floor: Moment, window: Window) -> Result<Moment, Refused> {
    if now.0.saturating_add(CLOCK_SLACK) < floor.0 {
        return Err(Refused::ClockBehind { now, floor, window });
    }
    Ok(now.max(floor))
}
