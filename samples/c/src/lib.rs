//! The static library `libwayseal.a`, declared by `include/wayseal.h`. It needs no standard library of Rust.
#![no_std]

pub use wayseal_core::capi::*;

use core::panic::PanicInfo;

unsafe extern "C" {
    safe fn abort() -> !;
}

/// A fault of this library ends the program: there is nobody to tell.
#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    abort()
}
