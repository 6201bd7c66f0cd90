//! Loading and locking: a device on the road opens the day's parcels and no others.
//!
//! In: the day's labels, scanned once each at the depot, and the depot's age recipient. Out: the file `loaded` with the
//! labels' keys, and the keys of stations sealed to the depot, whose secret stays there. A sign-off erases the label's
//! key. A device stolen on the road opens the parcels of that day which are not delivered yet. Grants that arrive while it
//! is locked wait in the inbox; revocation lists and signed heads are accepted.
//!
//! A loaded label is judged as a station's keys would judge it: purpose, budget, rules, the window of each of its keys, its
//! sealer by the newest list, and the clock by signed time. The file `state.road`
//! ([`RoadState`](crate::device::state::RoadState)) holds digests of the terms and of every parcel's line without its keys, and
//! pins the authority and the auditor; the log's entry of the lock names the digest of all that. A locked device whose files are
//! others opens nothing; a sector that a power loss tore costs its own parcel alone. Who can write to its
//! folder can write to its log as well, but makes no valid entry in the place of that one: the auditor finds it at the hand-in.
//!
//! # Locking and unlocking
//!
//! What is needed is written first, under names that count for nothing; then comes the entry of the log, which decides;
//! then the files are renamed and erased. So a device is locked if and only if the last of such entries says so, and whoever opens
//! the folder after a kill finishes or undoes the rest.
//!
//! # The file `loaded`
//!
//! Sectors of 512 bytes, each written whole and ended by the SHA-256 of the bytes before. Integers are big endian. A
//! sector whose hash does not match was torn by a power loss: it is used for no label, and is erased.
//!
//! | offset | bytes | first sector | each other |
//! |---|---|---|---|
//! | 0 | 16 | `"wayseal loaded 2"` | handle |
//! | 16 | 4 | grant's budget u32, 0 for none | region u16, site u16 |
//! | 20 | 67 | purposes u8 (a bit each), grant's serial u64, signed time u64, rules for opening again u8 | label keys, or zeros once erased |
//! | 87 | 21 | | waybill: length u8, text |
//! | 108 | 65 | | masked name: length u8, text |
//! | 173 | 258 | | masked address: length u16, text; then the place: bytes that it has in common u8, length u8, the rest |
//! | 431 | 38 | | label's header: length u8, bytes |
//! | 469 | 4 | | sealer u32, `ffffffff` if the keys do not tell |
//! | 473 | 4 | | last day of its delivery key and of its contact key, u16 each, 0 without the key |
//! | 480 | 32 | check | check |

mod digests;
mod item;
mod loaded;
mod sector;
pub(super) mod sectors;
mod terms;

pub(super) use digests::LoadedDigests;
pub(super) use item::LabelFacts;
pub(super) use loaded::{Loaded, LoadedKeys};
pub use terms::LoadTerms;
