//! The log: one entry an attempt, on disk before a record is shown, and no entry can be changed later
//! without the change being found.
//!
//! ```text
//! K[0]      = HKDF-Expand(log root, "WS1 log key" ‖ device, 32)      the authority keeps the log root
//! K[i+1]    = SHA-256("WS1 log" ‖ K[i])                              K[i] is erased then
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
//! Two slots, at 0 and 512, of which one is in use: `"WSK1" ‖ count u64 ‖ K[count] ‖ mac[count−1] ‖ SHA-256 of
//! what is before`; the other is zeros. An append writes and syncs in this order, so that a kill or a power
//! cut at any moment leaves one of four states, each of which [`Log::open`] tells from tampering:
//!
//! 1. entry and mac → `log`;
//! 2. the slot of the next count → `log.key`;
//! 3. zeros over the old slot.
//!
//! Bytes beyond the count of `log.key` are a finished entry if their mac holds under its key, and otherwise a
//! torn one, of which nothing was shown: it is cut off, and an entry `recovered` says so. Fewer entries than
//! the count, another mac at the head, or more than one entry beyond it is tampering.
//!
//! # What is found, and what is not
//!
//! With K\[0], [`verify`] finds every entry deleted, inserted, reordered, edited or sealed again with a later
//! key, and says which. A cut tail, or a folder put back to an earlier state, shows at the next hand-in
//! ([`head`]) if it reaches behind the last signed head. Not found: a tail cut or a folder put back between
//! two hand-ins by whoever also copied `log.key` at that time; attempts made by a program that does not
//! log; and flash memory may keep an overwritten key in a worn block.

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
