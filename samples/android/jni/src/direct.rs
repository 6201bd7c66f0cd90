//! Direct buffers of the virtual machine, which lie outside its heap and do not move.
//!
//! The only `unsafe` of this crate beside the symbols that [`exports`](super::exports) declares.

#![allow(unsafe_code)]

use jni::Env;
use jni::errors::{Error, Result};
use jni::objects::JByteBuffer;
use std::slice;

/// Lends the bytes of a direct buffer to read them; [`Error::NullPtr`] for another buffer.
pub(crate) fn with_bytes<R>(
    env: &Env<'_>,
    buffer: &JByteBuffer<'_>,
    call: impl FnOnce(&[u8]) -> R,
) -> Result<R> {
    let (address, capacity) = place(env, buffer)?;
    // Safety: the virtual machine gives address and capacity of memory that it keeps while the caller's reference to the buffer
    // lives, which is longer than this call. A camera writes to a plane before it gives the frame and after it is closed, and
    // Kotlin's side closes it after this call. No slice of it outlives `call`.
    Ok(call(unsafe { slice::from_raw_parts(address, capacity) }))
}

/// Lends the bytes of a direct buffer to write them; [`Error::NullPtr`] for another buffer.
pub(crate) fn with_bytes_mut<R>(
    env: &Env<'_>,
    buffer: &JByteBuffer<'_>,
    call: impl FnOnce(&mut [u8]) -> R,
) -> Result<R> {
    let (address, capacity) = place(env, buffer)?;
    // Safety: as above. The buffer is the device's own, and Kotlin's side reads it in no other thread while a call is under way.
    Ok(call(unsafe { slice::from_raw_parts_mut(address, capacity) }))
}

fn place(env: &Env<'_>, buffer: &JByteBuffer<'_>) -> Result<(*mut u8, usize)> {
    let address = env.get_direct_buffer_address(buffer)?;
    let capacity = env.get_direct_buffer_capacity(buffer)?;
    if address.is_null() {
        Err(Error::NullPtr("a buffer that is not direct"))
    } else {
        Ok((address, capacity))
    }
}
