//! Measures instructions with SysTick, and the stack by painting the RAM.

use core::arch::asm;
use core::ptr::{read_volatile, write_volatile};
use cortex_m::peripheral::{SYST, syst::SystClkSource};

/// Instructions per SysTick: 25 MHz on mps2-an386, where `-icount shift=0` makes one instruction a nanosecond.
const PER_TICK: u32 = 40;
const RELOAD: u32 = 0x00ff_ffff;

/// First byte of RAM. Without data and bss, all RAM is stack.
pub const RAM: usize = 0x2000_0000;
/// Length of the RAM in bytes; see `memory.x`.
pub const RAM_LEN: usize = 16 * 1024;

const PAINT: u32 = 0xa5c3_5a3c;

/// Starts the counter.
pub fn start(clock: &mut SYST) {
    clock.set_clock_source(SystClkSource::Core);
    clock.set_reload(RELOAD);
    clock.clear_current();
    clock.enable_counter();
}

/// The current counter value.
#[inline(always)]
pub fn now() -> u32 {
    SYST::get_current()
}

/// Instructions since `then`.
#[inline(always)]
pub fn since(then: u32) -> u32 {
    (then.wrapping_sub(now()) & RELOAD) * PER_TICK
}

#[inline(always)]
fn stack_pointer() -> usize {
    let pointer;
    // SAFETY: reads a register.
    unsafe { asm!("mov {}, sp", out(reg) pointer, options(nomem, nostack)) };
    pointer
}

/// Paints the RAM below this frame with a pattern.
#[inline(never)]
pub fn paint() {
    // Leaves room for the pushes of this frame.
    for address in (RAM..stack_pointer() - 64).step_by(4) {
        // SAFETY: this RAM is below the stack pointer and unused.
        unsafe { write_volatile(address as *mut u32, PAINT) };
    }
}

/// The number of bytes at the start of RAM that were never written since.
#[inline(never)]
fn untouched() -> usize {
    // SAFETY: aligned words within RAM.
    let painted = |address: &usize| unsafe { read_volatile(*address as *const u32) } == PAINT;
    4 * (RAM..RAM + RAM_LEN).step_by(4).take_while(painted).count()
}

/// The bytes of stack used since [`paint`], from the top of RAM.
pub fn high_water() -> u32 {
    (RAM_LEN - untouched()) as u32
}

/// The bytes of stack used since [`paint`] below the caller's frame.
#[inline(always)]
pub fn depth() -> u32 {
    (stack_pointer() - RAM - untouched()) as u32
}
