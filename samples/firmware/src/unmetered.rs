//! A replacement for [`meter`](super) that measures nothing, for the build whose code size is counted.

use cortex_m::peripheral::SYST;

pub fn start(_: &mut SYST) {}

pub fn now() -> u32 {
    0
}

pub fn since(_: u32) -> u32 {
    0
}

pub fn paint() {}

pub fn high_water() -> u32 {
    0
}

pub fn depth() -> u32 {
    0
}
