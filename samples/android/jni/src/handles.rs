//! Handles: numbers that Kotlin holds in place of what is here. One that was closed or never given out is an error, not a crash.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use wayseal_host::device::app::{DeviceCode, DeviceFailure};

/// What handles of one kind stand for.
pub(crate) struct Handles<T> {
    open: Mutex<Option<HashMap<i64, Arc<T>>>>,
    next: AtomicI64,
}

impl<T> Handles<T> {
    pub const fn new() -> Self {
        Self { open: Mutex::new(None), next: AtomicI64::new(1) }
    }

    fn with_open<R>(&self, call: impl FnOnce(&mut HashMap<i64, Arc<T>>) -> R) -> R {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        call(open.get_or_insert_default())
    }

    pub fn add(&self, item: T) -> i64 {
        let handle = self.next.fetch_add(1, Ordering::Relaxed);
        self.with_open(|open| open.insert(handle, Arc::new(item)));
        handle
    }

    pub fn get(&self, handle: i64) -> Result<Arc<T>, DeviceFailure> {
        self.with_open(|open| open.get(&handle).cloned()).ok_or_else(|| DeviceFailure::of(DeviceCode::Closed))
    }

    /// Closes a handle. What it stands for is dropped, at once or at the end of the call in which another thread is. Again it does nothing.
    pub fn close(&self, handle: i64) {
        let item = self.with_open(|open| open.remove(&handle));
        // Not under the lock: dropping a device writes.
        drop(item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_ends_when_it_is_closed_and_no_number_is_given_twice() {
        let handles = Handles::new();
        let (one, other) = (handles.add("one"), handles.add("other"));
        assert_ne!(one, other);
        let held = handles.get(one).unwrap();
        handles.close(one);
        handles.close(one);
        assert_eq!(*held, "one");
        for none in [one, 0, -1, i64::MAX] {
            assert_eq!(handles.get(none).unwrap_err().code, DeviceCode::Closed);
        }
        assert_ne!(handles.add("third"), one);
        assert_eq!(*handles.get(other).unwrap(), "other");
    }
}
