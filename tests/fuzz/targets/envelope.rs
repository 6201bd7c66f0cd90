//! An age envelope, to a device and under a passphrase that nobody gives.: refused or read, and never a panic. See `parsers.rs`.
#![no_main]

#[path = "../parsers.rs"]
#[allow(dead_code)]
mod parsers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| parsers::envelope(bytes));
