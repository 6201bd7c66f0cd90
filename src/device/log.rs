//! The log: one entry for each attempt, on disk before a record is shown, chained so that later changes are found.
//!
//! In: entries, and the device's first log key from its enrolment. Out: the files `log` and `log.key`, answers for the
//! hand-in, and with the first key a list of what was changed. It stores no personal data and no key of a label.
//!
//! ```text
//! K[0]      = HKDF-Expand(log root, "WS1 log key" ‖ device, 32)      the auditor keeps the log root
//! K[i+1]    = SHA-256("WS1 log" ‖ K[i])                              K[i] is erased after this
//! mac[−1]   = SHA-256("WS1 log file" ‖ file header)
//! mac[i]    = HMAC-SHA256(K[i], i u64 ‖ mac[i−1] ‖ entry i)
//! ```
//!
//! # The file `log`
//!
//! Integers are big endian; unused bytes are zero.
//!
//! | offset | bytes | |
//! |---|---|---|
//! | 0 | 16 | `"wayseal log 1\n"` and two zeros |
//! | 16 | 48 | the device's name, UTF-8, zero-filled |
//! | 64 + 72 i | 40 | entry i |
//! | 104 + 72 i | 32 | mac\[i] |
//!
//! An entry is `form u8 (1) ‖ cause u8 ‖ outcome u8 ‖ 0 u8 ‖ time u64 ‖ grant serial u64 ‖ region u16 ‖
//! site u16 ‖ handle 16`; region and site are what the label claims, `ffff` if it claims none. It holds no
//! personal data: a handle is a hash of ciphertext.
//!
//! # The file `log.key`
//!
//! Two slots, at offsets 0 and 512; one is in use: `"WSK1" ‖ count u64 ‖ K[count] ‖ mac[count−1] ‖ SHA-256 of the bytes
//! before`. The other is zeros. An append writes and syncs in this order, so that a kill or a power loss at any moment
//! leaves one of four states, which [`Log::open`] distinguishes from tampering:
//!
//! 1. entry and mac → `log`;
//! 2. the slot of the next count → `log.key`;
//! 3. zeros over the old slot.
//!
//! Bytes after the entries that `log.key` counts are a complete entry if their MAC verifies under its key. Otherwise
//! they are a torn entry, for which nothing was shown: it is cut off, and an entry `recovered` is added. Fewer entries
//! than the count, another MAC at the head, or more than one entry beyond the count is tampering.
//!
//! # What is detected, and what is not
//!
//! With K\[0], [`verify`] finds every entry that was deleted, inserted, reordered, edited or sealed again with a later
//! key. A cut tail, or a folder restored to an earlier state, is detected at the next hand-in ([`head`]) if entries
//! before the last signed head are missing. Not detected: a tail cut or a folder restored between two hand-ins by
//! someone who also copied `log.key` at that time; attempts by a program that does not log. Flash memory may keep an
//! overwritten key in a worn block.

pub mod chain;
pub mod enrolment;
pub mod entry;
mod error;
mod file;
pub mod head;
pub mod verify;

pub use entry::{EntryCause, EntryOutcome, LogEntry};
pub use error::LogError;
pub use file::{Log, LogEntries, Recovery};
