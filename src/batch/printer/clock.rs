//! The time that waiting is measured by.

use std::time::{Duration, Instant};

/// A clock that never runs backwards.
pub trait Clock: Send {
    /// The time since some moment.
    fn now(&self) -> Duration;
    /// Waits.
    fn sleep(&mut self, time: Duration);
}

/// The system's clock.
#[derive(Debug)]
pub struct SystemClock(Instant);

impl Default for SystemClock {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&mut self, time: Duration) {
        std::thread::sleep(time);
    }
}
