//! A part of many cases: where nothing is optimised a test takes some, and `optimised.rs` takes all.

/// Takes each case of a row, or one of so many.
pub struct Sample {
    every: usize,
    at: usize,
}

impl Sample {
    /// One of `every` cases, the first included.
    pub const fn one_of(every: usize) -> Self {
        Self { every, at: 0 }
    }

    /// One of `every` cases in a build for tests, each case in an optimised one.
    pub const fn unless_optimised(every: usize) -> Self {
        Self::one_of(if cfg!(debug_assertions) { every } else { 1 })
    }

    /// Whether the next case is taken.
    pub fn takes(&mut self) -> bool {
        self.at += 1;
        (self.at - 1).is_multiple_of(self.every)
    }
}
