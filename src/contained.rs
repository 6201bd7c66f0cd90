//! A panic inside an image engine is a picture that was not read, and nothing else.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; `None` if it panics. What the panic would print is left out on this thread.
pub(crate) fn run<T>(work: impl FnOnce() -> T) -> Option<T> {
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
    // The engines hold no state between calls, so nothing half-done is seen again.
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
