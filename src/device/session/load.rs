//! Loading and locking: a device on the road opens the day's parcels and no others.
//!
//! In: the day's labels, scanned once each at the depot, and the depot's age recipient. Out: the file `loaded` with the
//! labels' keys, and the keys of stations sealed to the depot, whose secret stays there. A sign-off erases the label's
//! key. A device stolen on the road opens the parcels of that day which are not delivered yet. Grants and revocation
//! lists that arrive while it is locked wait in the inbox; signed heads are accepted.
//!
//! # The file `loaded`
//!
//! Sectors of 512 bytes, each written whole and ended by the SHA-256 of the bytes before. Integers are big endian. A
//! sector whose hash does not match was torn by a power loss: it is used for no label, and is erased.
//!
//! | offset | bytes | first sector | each other |
//! |---|---|---|---|
//! | 0 | 16 | `"wayseal loaded 1"` | handle |
//! | 16 | 4 | grant's budget u32, 0 for none | region u16, site u16 |
//! | 20 | 67 | purposes u8 (a bit each), grant's serial u64, signed time u64, rules for opening again u8 | label keys, or zeros once erased |
//! | 87 | 21 | | waybill: length u8, text |
//! | 108 | 65 | | masked name: length u8, text |
//! | 173 | 258 | | masked address: length u16, text |
//! | 431 | 38 | | label's header: length u8, bytes |
//! | 480 | 32 | check | check |

mod item;
mod loaded;
mod sector;
mod terms;

pub(super) use loaded::Loaded;
pub use terms::LoadTerms;
