//! Whether a device's clock is believed.

use super::refused::Refused;
use super::window::Window;
use crate::signed::moment::Moment;

/// Seconds by which a device's clock may be behind signed time: two clocks are never quite the same.
pub const CLOCK_SLACK: u64 = 300;

/// The time that a device goes by: its clock's, but never before signed time.
pub(super) fn believed(now: Moment, floor: Moment, window: Window) -> Result<Moment, Refused> {
    if now.0.saturating_add(CLOCK_SLACK) < floor.0 {
        return Err(Refused::ClockBehind { now, floor, window });
    }
    Ok(now.max(floor))
}
