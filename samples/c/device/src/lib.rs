//! The library `wayseal_device`, declared by `../include/wayseal_device.h`: every call of a courier's day and the reader, for C.
//!
//! It judges nothing: each call hands its arguments to `wayseal::device::app` and copies the result into what the caller gave. Only `raw`
//! follows pointers. A handle is a number that is looked up, and no address: one that is closed, or was never one, is `closed`.

#![allow(clippy::too_many_arguments, reason = "the calls are the header's")]

mod calls;
mod day;
#[cfg(feature = "desk")]
mod desk;
mod exchange;
mod handles;
mod keystore;
mod passing;
mod picture;
mod raw;
mod types;
