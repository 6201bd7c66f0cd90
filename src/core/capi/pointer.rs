//! The one place that follows pointers.

use super::reading::{CReading, CRevoked};
use core::ffi::{CStr, c_char};

/// The bytes at `pointer`; `None` for null.
pub(super) unsafe fn slice<'a>(pointer: *const u8, len: usize) -> Option<&'a [u8]> {
    if pointer.is_null() || len > isize::MAX as usize {
        return None;
    }
    // SAFETY: not null. The caller guarantees `len` bytes that nobody writes during the call.
    Some(unsafe { core::slice::from_raw_parts(pointer, len) })
}

/// The writable bytes at `pointer`; `None` for null.
pub(super) unsafe fn out<'a>(pointer: *mut u8, len: usize) -> Option<&'a mut [u8]> {
    if pointer.is_null() || len > isize::MAX as usize {
        return None;
    }
    // SAFETY: not null. The caller guarantees `len` bytes that nobody else uses during the call.
    Some(unsafe { core::slice::from_raw_parts_mut(pointer, len) })
}

/// The string at `pointer`; empty for null, `None` if it is not UTF-8.
pub(super) unsafe fn string<'a>(pointer: *const c_char) -> Option<&'a str> {
    if pointer.is_null() {
        return Some("");
    }
    // SAFETY: not null. The caller guarantees a terminating zero.
    unsafe { CStr::from_ptr(pointer) }.to_str().ok()
}

/// The entries at `pointer`; `None` for null.
pub(super) unsafe fn items<'a>(pointer: *const CRevoked, count: usize) -> Option<&'a [CRevoked]> {
    if pointer.is_null() || !pointer.is_aligned() {
        return None;
    }
    // SAFETY: not null. The caller guarantees `count` entries that nobody writes during the call.
    Some(unsafe { core::slice::from_raw_parts(pointer, count) })
}

/// The struct at `pointer`, of this header or a later one; `None` for null or a smaller one.
pub(super) unsafe fn sized(pointer: *const CReading) -> Option<CReading> {
    if pointer.is_null() || !pointer.is_aligned() {
        return None;
    }
    // SAFETY: not null. The caller guarantees as many bytes as the first field says.
    unsafe {
        let size = pointer.cast::<u32>().read();
        (size as usize >= size_of::<CReading>()).then(|| pointer.read())
    }
}
