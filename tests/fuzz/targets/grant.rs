//! A grant as a file, and as the signed body of one without nodes or with one.: refused or read, and never a panic. See `parsers.rs`.
#![no_main]

#[path = "../parsers.rs"]
#[allow(dead_code)]
mod parsers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| parsers::grant(bytes));
