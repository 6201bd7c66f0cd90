//! The static library `libwayseal.a`, declared by `include/wayseal.h`.

pub use wayseal_core::capi::*;
