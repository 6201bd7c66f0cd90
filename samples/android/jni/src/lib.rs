//! The native half of `samples/android`: a thin skin between Kotlin and the device of the library, which judges nothing itself.
//!
//! In: handles, bytes and numbers of `io.wayseal.device.internal.Native`. Out: replies of bytes, and an opened record in the caller's
//! direct buffer, nowhere else. No panic crosses into the virtual machine.
//!
//! - `exports`: the symbols, each of which is one of the `calls`.
//! - `vm`: the virtual machine's arrays, buffers and objects; with the symbols' names, all that is `unsafe`.

mod calls;
#[cfg(feature = "desk")]
mod desk;
#[cfg(not(feature = "desk"))]
#[path = "no_desk.rs"]
mod desk;
mod exports;
mod fields;
mod handles;
mod keys;
mod nodes;
mod passing;
mod picture;
mod reply;
mod texts;
mod vm;
