//! Contains panics of third-party decoders: image engines and the Parquet reader.
//!
//! Untrusted files make such libraries panic now and then. A panic counts as a file that cannot be read: it neither
//! ends the process nor prints a backtrace, which could quote the content. This relies on `panic = "unwind"`.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work` and returns its result, or `None` if it panics. The panic's message is suppressed, on this thread only.
pub(crate) fn run<T>(work: impl FnOnce() -> T) -> Option<T> {
    // The panic hook is global to the process: it is replaced once, and asks the thread's flag.
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                usual(info);
            }
        }));
    });
    let before = QUIET.replace(true);
    // `AssertUnwindSafe`: engines keep no state between calls, and a Parquet file is not read further after an error.
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    QUIET.set(before);
    result.ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_panic_is_contained() {
        assert_eq!(super::run(|| -> u8 { panic!("inside an engine") }), None);
        assert_eq!(super::run(|| 7), Some(7));
    }
}
