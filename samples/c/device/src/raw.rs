//! The one module that follows pointers.
//!
//! What a caller guarantees, as the header says: a pointer is null, or points to as many bytes as the call names or, of a struct, as its first
//! field says; nobody else writes there during the call; a text without a length ends with a zero. Nothing is kept after a call.
#![allow(unsafe_code, reason = "C hands over pointers")]

use crate::types;
use std::ffi::CStr;
use std::mem::{MaybeUninit, offset_of, size_of};
use zeroize::Zeroize as _;

/// The largest struct that a later header may have.
const STRUCT_MAX: usize = 1 << 16;

/// What is read.
#[repr(transparent)]
#[derive(Clone, Copy)]
pub struct In<T>(*const T);

/// What is written.
#[repr(transparent)]
#[derive(Clone, Copy)]
pub struct Out<T>(*mut T);

/// A struct that begins with its size as `uint32_t`.
///
/// # Safety
/// `repr(C)`, the size first, and of integers, pointers and optional functions alone, for which zeros are a value.
pub unsafe trait Sized32: Copy {
    /// The size in the first header that had the struct.
    const FIRST: usize;
}

// SAFETY: all of these are as the trait demands.
unsafe impl Sized32 for types::Keystore {
    const FIRST: usize = offset_of!(Self, hold);
}
unsafe impl Sized32 for types::Scan {
    const FIRST: usize = size_of::<Self>();
}
unsafe impl Sized32 for types::Opened {
    const FIRST: usize = size_of::<Self>();
}
unsafe impl Sized32 for types::Status {
    const FIRST: usize = size_of::<Self>();
}
unsafe impl Sized32 for types::Taken {
    const FIRST: usize = size_of::<Self>();
}
unsafe impl Sized32 for types::Parcel {
    const FIRST: usize = size_of::<Self>();
}
unsafe impl Sized32 for types::GivenLabel {
    const FIRST: usize = size_of::<Self>();
}
unsafe impl Sized32 for types::Given {
    const FIRST: usize = size_of::<Self>();
}
#[cfg(feature = "desk")]
unsafe impl Sized32 for types::Station {
    const FIRST: usize = size_of::<Self>();
}
#[cfg(feature = "desk")]
unsafe impl Sized32 for types::Replaced {
    const FIRST: usize = size_of::<Self>();
}

impl<T: Sized32> In<T> {
    /// A struct of this header or of another one: what the caller does not have is zero, what this library does not know is left out. `None`
    /// for null, or a size that no header had.
    pub fn get(self) -> Option<T> {
        let size = self.size()?;
        let mut value = MaybeUninit::<T>::zeroed();
        // SAFETY: the caller guarantees `size` bytes, and `value` has room for as many as are copied. Zeros and what C wrote are a value.
        unsafe {
            std::ptr::copy_nonoverlapping(
                self.0.cast::<u8>(),
                value.as_mut_ptr().cast::<u8>(),
                size.min(size_of::<T>()),
            );
            Some(value.assume_init())
        }
    }

    /// An element of an array of the caller's structs, which are as far apart as the first one's size says.
    pub fn element(self, index: usize) -> Option<Self> {
        let each = self.size()?;
        Some(Self(self.0.cast::<u8>().wrapping_add(index.checked_mul(each)?).cast()))
    }

    fn size(self) -> Option<usize> {
        if self.0.is_null() {
            return None;
        }
        // SAFETY: not null; a struct begins with four bytes of its size.
        let size = unsafe { self.0.cast::<u32>().read_unaligned() } as usize;
        (T::FIRST..=STRUCT_MAX).contains(&size).then_some(size)
    }
}

impl<T: Sized32> Out<T> {
    /// Writes all but the size, as much as the caller has room for; zeros in what this library does not know. `false` for null, or a size
    /// that no header had.
    pub fn put(self, value: &T) -> bool {
        let Some(size) = self.size() else { return false };
        let copied = size.min(size_of::<T>());
        // SAFETY: the caller guarantees `size` bytes to write; `value` has the bytes that are copied.
        unsafe {
            let (from, to) = (std::ptr::from_ref(value).cast::<u8>(), self.0.cast::<u8>());
            std::ptr::copy_nonoverlapping(from.add(4), to.add(4), copied - 4);
            to.add(copied).write_bytes(0, size - copied);
        }
        true
    }

    /// Overwrites all but the size with zeros, so that nothing of an earlier call is taken for a result.
    pub fn wipe(self) -> bool {
        let Some(size) = self.size() else { return false };
        // SAFETY: the caller guarantees `size` bytes that nobody else uses during the call.
        unsafe { std::slice::from_raw_parts_mut(self.0.cast::<u8>().add(4), size - 4) }.zeroize();
        true
    }

    fn size(self) -> Option<usize> {
        if self.0.is_null() {
            return None;
        }
        // SAFETY: not null; a struct begins with four bytes of its size.
        let size = unsafe { self.0.cast::<u32>().read_unaligned() } as usize;
        (T::FIRST..=STRUCT_MAX).contains(&size).then_some(size)
    }
}

impl In<u8> {
    /// Bytes; `None` for null.
    pub fn bytes(&self, length: usize) -> Option<&[u8]> {
        if self.0.is_null() || length > isize::MAX as usize {
            return None;
        }
        // SAFETY: not null; the caller guarantees the length for the call, which this borrow does not outlive.
        Some(unsafe { std::slice::from_raw_parts(self.0, length) })
    }

    /// A text of a length; `None` for null, or what is not UTF-8.
    pub fn text(&self, length: usize) -> Option<&str> {
        std::str::from_utf8(self.bytes(length)?).ok()
    }

    /// A text that ends with a zero; `None` for null, or what is not UTF-8.
    pub fn string(&self) -> Option<&str> {
        if self.0.is_null() {
            return None;
        }
        // SAFETY: not null; the caller guarantees the zero.
        unsafe { CStr::from_ptr(self.0.cast()) }.to_str().ok()
    }
}

impl Out<u8> {
    /// Copies bytes; `false` if there is no room.
    pub fn copy(self, room: usize, bytes: &[u8]) -> bool {
        if self.0.is_null() || bytes.len() > room {
            return false;
        }
        // SAFETY: not null; the caller guarantees `room` bytes that nobody else uses during the call.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), self.0, bytes.len()) };
        true
    }

    pub fn is_null(self) -> bool {
        self.0.is_null()
    }
}

macro_rules! set {
    ($($integer:ty),+) => {$(
        impl Out<$integer> {
            /// Writes a number; null asks for none.
            pub fn set(self, value: $integer) {
                if !self.0.is_null() {
                    // SAFETY: not null; the caller guarantees an integer to write.
                    unsafe { self.0.write_unaligned(value) };
                }
            }
        }
    )+};
}
set!(u32, usize);
#[cfg(feature = "desk")]
set!(u64);

impl Out<types::Handle> {
    /// Writes a handle; `false` for null.
    pub fn set(self, value: types::Handle) -> bool {
        if self.0.is_null() {
            return false;
        }
        // SAFETY: not null; the caller guarantees room for a pointer.
        unsafe { self.0.write_unaligned(value) };
        true
    }
}

impl<T: Sized32> Out<T> {
    /// An element of an array of the caller's structs, which are as far apart as the first one's size says.
    pub fn element(self, index: usize) -> Option<Self> {
        let each = self.size()?;
        Some(Self(self.0.cast::<u8>().wrapping_add(index.checked_mul(each)?).cast()))
    }
}

impl<T> In<T> {
    pub fn is_null(&self) -> bool {
        self.0.is_null()
    }
}

/// A pointer into a local value, for a function of the caller's.
pub fn lend(bytes: &[u8]) -> *const u8 {
    bytes.as_ptr()
}
