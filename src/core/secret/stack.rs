//! Wipes the stack memory that a computation with secrets has used.

use core::{hint::black_box, sync::atomic};

/// Stack depth in bytes of sealing and opening below their caller on a Cortex-M4, measured by
/// `samples/firmware/check.sh`.
const DEPTH: usize = 2240;

/// Number of words that [`scrubbed`] wipes below its caller. On a 32-bit device this is the measured depth plus a
/// quarter. A host has larger words and frames, most of all in unoptimised builds: `tests/memory.rs` shows in both builds
/// that this number suffices there. With 512 words a release leaves keystream; with more than are needed, an order's own
/// data is evicted from the first-level cache.
pub const WIPE_WORDS: usize = if cfg!(target_pointer_width = "32") {
    DEPTH * 5 / 4 / 4
} else if cfg!(debug_assertions) {
    4096
} else {
    1280
};

/// Runs `work`, then wipes the stack that it used.
///
/// The cryptographic crates leave round keys, keystream, GHASH and HMAC states and copies from moves in dead stack
/// frames. `work` runs in its own frame. When it has returned, a frame without secrets is placed over the same
/// memory and overwritten. Results that must outlive the call go to buffers of the caller, captured by reference.
pub fn scrubbed<T>(work: impl FnOnce() -> T) -> T {
    let result = run(work);
    wipe_below();
    result
}

/// [`scrubbed`] for a host that opens labels one at a time. It wipes eight times as much, because the frames of an
/// unoptimised build and of a whole session are larger.
pub fn scrubbed_deep<T>(work: impl FnOnce() -> T) -> T {
    let result = scrubbed_times(8, work);
    // Memory copies leave their last bytes in vector registers; a copy of zeros replaces them.
    black_box(black_box([0u8; 1024]));
    result
}

/// [`scrubbed`] for work whose frames take several times the stack.
pub(crate) fn scrubbed_times<T>(times: u8, work: impl FnOnce() -> T) -> T {
    let result = run(work);
    wipe_deeper(times);
    result
}

/// [`wipe_below`], repeated over deeper stack memory.
#[inline(never)]
fn wipe_deeper(times: u8) {
    let dead = [0usize; WIPE_WORDS];
    zeroize::optimization_barrier(&dead);
    if times > 1 {
        wipe_deeper(times - 1);
    }
    // It is read after the call too, so that the call is no jump that reuses this frame.
    zeroize::optimization_barrier(&dead);
    atomic::compiler_fence(atomic::Ordering::SeqCst);
}

#[inline(never)]
fn run<T>(work: impl FnOnce() -> T) -> T {
    black_box(work())
}

/// Overwrites the dead stack below the caller in words: one fill, which the compiler cannot remove, because the
/// barrier reads it.
#[inline(never)]
fn wipe_below() {
    let dead = [0usize; WIPE_WORDS];
    zeroize::optimization_barrier(&dead);
    atomic::compiler_fence(atomic::Ordering::SeqCst);
}
