//! Instructions by SysTick, and the stack by paint.

use core::arch::asm;
use core::ptr::{read_volatile, write_volatile};
use cortex_m::peripheral::{SYST, syst::SystClkSource};

/// Instructions of a SysTick: 25 MHz on mps2-an386, where `-icount shift=0` makes one a nanosecond.
const PER_TICK: u32 = 40;
const RELOAD: u32 = 0x00ff_ffff;

/// First byte of RAM; without data and bss all of it is stack.
pub const RAM: usize = 0x2000_0000;
/// Bytes of RAM: see `memory.x`.
pub const RAM_LEN: usize = 16 * 1024;

const PAINT: u32 = 0xa5c3_5a3c;

/// Counts from now on.
pub fn start(clock: &mut SYST) {
    clock.set_clock_source(SystClkSource::Core);
    clock.set_reload(RELOAD);
    clock.clear_current();
    clock.enable_counter();
}

/// Instructions that `work` took.
pub fn count<T>(work: impl FnOnce() -> T) -> (T, u32) {
    let before = SYST::get_current();
    let result = work();
    let after = SYST::get_current();
    (result, (before.wrapping_sub(after) & RELOAD) * PER_TICK)
}

fn stack_pointer() -> usize {
    let pointer;
    // SAFETY: reads a register.
    unsafe { asm!("mov {}, sp", out(reg) pointer, options(nomem, nostack)) };
    pointer
}

/// Paints the RAM below this frame, and returns the depth of the caller's stack.
#[inline(never)]
pub fn paint() -> u32 {
    // Room for this frame's own pushes.
    let end = stack_pointer() - 64;
    for address in (RAM..end).step_by(4) {
        // SAFETY: RAM below the stack, which nothing uses.
        unsafe { write_volatile(address as *mut u32, PAINT) };
    }
    (RAM + RAM_LEN - end) as u32
}

/// Bytes of stack that were used since [`paint`], from the top of the RAM.
#[inline(never)]
pub fn high_water() -> u32 {
    // SAFETY: RAM, by words.
    let painted = |address: &usize| unsafe { read_volatile(*address as *const u32) } == PAINT;
    let untouched = (RAM..RAM + RAM_LEN).step_by(4).take_while(painted).count();
    (RAM_LEN - 4 * untouched) as u32
}
