//! Finds the encoding of a text without a byte order mark that is not UTF-8, or refuses to guess.
//!
//! In go a file's bytes; out comes an encoding, or nothing if the text could be read in more than one way. A guess ends in
//! somebody's name, so each candidate's reading is weighed as evidence, and one is believed only if it is far more likely
//! than chance, and than every candidate that reads other characters.
//!
//! This is a judge of its own rather than a browser's detector (such as `chardetng`), which always answers and does not
//! say by how much: a wrong answer costs a browser a reload.
//!
//! - `judge`: collects words from the text and decides.
//! - `candidate`: the encodings that are considered; `cjk`, `latin`, `cyrillic`: how likely a word is in one of them.
//! - `evidence`: its unit; `characters`: what names and addresses are written with.

mod candidate;
mod characters;
mod cjk;
mod cyrillic;
mod evidence;
mod judge;
mod latin;

pub(super) use judge::{Judge, Verdict};
