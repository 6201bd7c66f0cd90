//! The targets of labels, of which `FUZZ_TARGET` names one. They need the core alone, so their program is small and fast.
#![no_main]

mod base45;
mod open;
mod payload;
mod plaintext;
mod record;

use std::sync::OnceLock;

/// A target's name, and what it does with an input.
const TARGETS: [(&str, fn(&[u8])); 5] = [
    ("base45", base45::run),
    ("open", open::run),
    ("payload", payload::run),
    ("plaintext", plaintext::run),
    ("record", record::run),
];

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    static CHOSEN: OnceLock<fn(&[u8])> = OnceLock::new();
    CHOSEN.get_or_init(|| {
        let name = std::env::var("FUZZ_TARGET").unwrap_or_default();
        TARGETS.iter().find(|(own, _)| *own == name).expect("FUZZ_TARGET names a target").1
    })(data);
});
