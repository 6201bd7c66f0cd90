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

/// The clock now.
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

/// Paints the RAM below this frame.
#[inline(never)]
pub fn paint() {
    // Room for this frame's own pushes.
    for address in (RAM..stack_pointer() - 64).step_by(4) {
        // SAFETY: RAM below the stack, which nothing uses.
        unsafe { write_volatile(address as *mut u32, PAINT) };
    }
}

/// Bytes of RAM that were never painted over, from its first byte on.
#[inline(never)]
fn untouched() -> usize {
    // SAFETY: RAM, by words.
    let painted = |address: &usize| unsafe { read_volatile(*address as *const u32) } == PAINT;
    4 * (RAM..RAM + RAM_LEN).step_by(4).take_while(painted).count()
}

/// Bytes of stack that were used since [`paint`], from the top of the RAM.
pub fn high_water() -> u32 {
    (RAM_LEN - untouched()) as u32
}

/// Bytes of stack that were used since [`paint`] below the caller's own frame.
#[inline(always)]
pub fn depth() -> u32 {
    (stack_pointer() - RAM - untouched()) as u32
}
