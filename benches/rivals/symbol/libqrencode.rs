//! The five functions of libqrencode that encode a symbol. This file contains all `unsafe` code of the benchmarks
//! here.
//!
//! Each pointer is checked for null where the library's header says it can be null, has one owner, and is freed on
//! drop. The library keeps no reference to its arguments.

use std::ffi::{c_int, c_uchar};

/// `QR_MODE_AN`: alphanumeric.
const ALPHANUMERIC: c_int = 1;

/// `QRcode`.
#[repr(C)]
struct Raw {
    version: c_int,
    width: c_int,
    data: *mut c_uchar,
}

#[repr(C)]
struct RawInput {
    _opaque: [u8; 0],
}

#[link(name = "qrencode")]
unsafe extern "C" {
    fn QRinput_new2(version: c_int, level: c_int) -> *mut RawInput;
    fn QRinput_append(input: *mut RawInput, mode: c_int, size: c_int, data: *const c_uchar) -> c_int;
    fn QRinput_free(input: *mut RawInput);
    fn QRcode_encodeInput(input: *mut RawInput) -> *mut Raw;
    fn QRcode_free(code: *mut Raw);
}

/// A symbol from the library.
pub struct Symbol(*mut Raw);

/// The input of an encoding, freed on drop.
struct Input(*mut RawInput);

impl Drop for Input {
    fn drop(&mut self) {
        // SAFETY: made by `QRinput_new2`, not null, freed nowhere else.
        unsafe { QRinput_free(self.0) }
    }
}

impl Drop for Symbol {
    fn drop(&mut self) {
        // SAFETY: made by `QRcode_encodeInput`, not null, freed nowhere else.
        unsafe { QRcode_free(self.0) }
    }
}

impl Symbol {
    /// Encodes an alphanumeric text in one version and level (0 to 3 for L to H). The library chooses among eight
    /// mask patterns: it has no function for a given one.
    pub fn encode(text: &[u8], version: u8, level: u8) -> Option<Self> {
        let len = c_int::try_from(text.len()).ok()?;
        // SAFETY: numbers alone are passed; null for those that it refuses.
        let input = unsafe { QRinput_new2(version.into(), level.into()) };
        if input.is_null() {
            return None;
        }
        let input = Input(input);
        // SAFETY: `input` is alive; `text` has `len` bytes, which are copied.
        if unsafe { QRinput_append(input.0, ALPHANUMERIC, len, text.as_ptr()) } != 0 {
            return None;
        }
        // SAFETY: `input` is alive; null if it does not fit.
        let code = unsafe { QRcode_encodeInput(input.0) };
        (!code.is_null()).then_some(Self(code))
    }

    /// Modules per side.
    pub fn size(&self) -> usize {
        // SAFETY: not null and alive as long as `self`.
        unsafe { (*self.0).width as usize }
    }

    /// Whether a module is dark.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        let size = self.size();
        assert!(x < size && y < size);
        // SAFETY: `data` has width × width bytes, of which the lowest bit is the module.
        unsafe { *(*self.0).data.add(y * size + x) & 1 == 1 }
    }
}
