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
//! Integers are big endian; unused bytes are zero, and a reader checks that they are.
//!
//! | offset | bytes | |
//! |---|---|---|
//! | 0 | 16 | `"wayseal log 2\n"` and two zeros |
//! | 16 | 48 | the device's name, UTF-8, zero-filled |
//! | 64 | 64 | zeros |
//! | 128 + 128 i | 96 | entry i |
//! | 224 + 128 i | 32 | mac\[i] |
//!
//! An entry begins with what all forms have:
//!
//! | offset | bytes | |
//! |---|---|---|
//! | 0 | 1 | form |
//! | 1 | 1 | cause: the number of a purpose, 16 for loading, 17 for the device itself |
//! | 2 | 1 | outcome |
//! | 3 | 1 | zero |
//! | 4 | 6 | time, seconds since 1970-01-01 UTC by the device's clock |
//! | 10 | 8 | serial of the grant in use |
//! | 18 | 4 | operator, 0 for none |
//! | 22 | 2 + 2 | region and site that the label claims, `ffff` each if it claims none |
//! | 26 | 16 | handle of the label, zeros if there is none |
//!
//! and at offset 42, by its form:
//!
//! | form | of | 54 bytes |
//! |---|---|---|
//! | 1 | everything else | zeros |
//! | 2 | sign-offs | header's length u8 ‖ label's header, zero-filled to 37 ‖ delivery code u24, `ffffff` for none ‖ zeros |
//! | 3 | `relabelled`, `returned` | new label's handle 16 ‖ old header's length u8 ‖ old label's header, zero-filled to 37 |
//! | 4 | `taken`, `pass_given` | kind u8 (grant 1, list 2, head 3, pass 4, operators 5) ‖ its number u64 ‖ SHA-256 of its signed bytes 32 ‖ zeros |
//! | 4 | `unanswered` | kind 6 ‖ entries of the log before u64 ‖ MAC of its last entry 32 ‖ zeros |
//! | 5 | `locked` | budget u32, 0 for none ‖ digest of what the locked device goes by 32 ‖ zeros |
//!
//! It holds no personal data: a handle is a hash of ciphertext, a header what anyone reads on the label.
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
pub(super) mod note;
pub mod verify;

pub use entry::{EntryCause, EntryDetail, EntryOutcome, LabelHeader, LogEntry, SpokenCode, TakenKind};
pub use error::LogError;
pub(in crate::device) use file::last_of;
pub use file::{Log, LogEntries, Recovery};
pub use note::HeadError;
