//! The wipe of the stack that a computation with secrets has used.

use core::{hint::black_box, sync::atomic};
use zeroize::Zeroize;

/// Bytes of stack that sealing and opening take below their caller on a Cortex-M4, as
/// `samples/firmware/check.sh` measures them.
const DEPTH: usize = 2240;

/// Words that [`scrubbed`] wipes below its caller: on a 32-bit device the measured depth and a quarter. A
/// host's words and frames are larger, those of an unoptimised build most of all: `tests/memory.rs` finds these
/// to be enough, and half of them too few.
pub const WIPE_WORDS: usize = if cfg!(target_pointer_width = "32") {
    DEPTH * 5 / 4 / 4
} else if cfg!(debug_assertions) {
    4096
} else {
    2048
};

/// Runs `work`, then wipes the stack that it used.
///
/// The cryptographic crates leave round keys, keystream, GHASH and HMAC states and the copies of moves in
/// dead stack frames. `work` runs in a frame of its own, and when it has returned a frame that holds no
/// secret is laid over the same place and overwritten. What must outlive the call is written to buffers
/// of the caller, captured by reference.
pub fn scrubbed<T>(work: impl FnOnce() -> T) -> T {
    let result = run(work);
    wipe_below();
    result
}

/// As [`scrubbed`], for a host that opens labels one at a time: wipes eight times as much, since the frames of
/// an unoptimised build, and those of a whole session, are larger.
pub fn scrubbed_deep<T>(work: impl FnOnce() -> T) -> T {
    let result = run(work);
    wipe_deeper(7);
    // Copies of memory go through vector registers, which keep the last: a copy of zeros takes its place.
    black_box(black_box([0u8; 1024]));
    result
}

/// [`wipe_below`], and below that so many times more.
#[inline(never)]
fn wipe_deeper(more: u8) {
    let mut dead = [0usize; WIPE_WORDS];
    if more > 0 {
        wipe_deeper(more - 1);
    }
    dead.zeroize();
    black_box(&dead);
}

#[inline(never)]
fn run<T>(work: impl FnOnce() -> T) -> T {
    black_box(work())
}

/// Overwrites the dead stack below the caller, in words: one fill of memory, which the compiler can drop as
/// little as the frame, because the barrier reads both.
#[inline(never)]
fn wipe_below() {
    let dead = [0usize; WIPE_WORDS];
    zeroize::optimization_barrier(&dead);
    atomic::compiler_fence(atomic::Ordering::SeqCst);
}
