//! Load, then lock: a device on the road that opens the day's parcels and nothing else.
//!
//! Each parcel is scanned once at the depot, its label keys are derived and kept in the file `loaded`, and the
//! keys of stations are sealed to an age recipient whose secret stays at the depot. A sign-off erases its label's
//! key. Stolen on the road, the device opens what was not yet delivered that day. Grants and revocation lists
//! that come while it is locked wait in the inbox; signed heads do not.
//!
//! # The file `loaded`
//!
//! Sectors of 512 bytes, each written whole and closed by the SHA-256 of what is before it. A sector that does
//! not hold is one that a power cut tore: it is nobody's key, and is erased.
//!
//! | offset | bytes | first sector | each other |
//! |---|---|---|---|
//! | 0 | 16 | `"wayseal loaded 1"` | handle |
//! | 16 | 4 | grant's budget u32, 0 for none | region u16, site u16 |
//! | 20 | 67 | purposes u8 (a bit each), grant's serial u64, signed time u64, rules for opening once more u8 | label keys, or zeros once erased |
//! | 87 | 21 | | waybill: length u8, text |
//! | 108 | 65 | | masked name: length u8, text |
//! | 173 | 258 | | masked address: length u16, text |
//! | 480 | 32 | check | check |

mod item;
mod loaded;
mod sector;
mod terms;

pub(super) use loaded::Loaded;
pub use terms::LoadTerms;
