//! The targets of files, of which `FUZZ_TARGET` names one: the functions of `parsers.rs`. One program for all takes a
//! tenth of the time to build that one for each takes.
#![no_main]

#[path = "../parsers.rs"]
mod parsers;

use std::sync::OnceLock;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    static CHOSEN: OnceLock<fn(&[u8])> = OnceLock::new();
    CHOSEN.get_or_init(|| {
        let name = std::env::var("FUZZ_TARGET").unwrap_or_default();
        parsers::PARSERS.iter().find(|(own, _)| *own == name).expect("FUZZ_TARGET names a target").1
    })(data);
});
