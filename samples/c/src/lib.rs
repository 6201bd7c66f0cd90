//! `libwayseal.a`: what `include/wayseal.h` declares.

pub use wayseal_core::capi::*;
