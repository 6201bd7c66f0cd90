//! A device's state: the grants and the revocation list that it holds, and which new ones it accepts.
//!
//! In: signed bytes of grants and lists, and the time by the device's clock. Out: [`HeldKeys`] for a role, or a
//! [`Refused`] that says why not. A refusal changes nothing.
//!
//! A grant is accepted if the pinned authority signed it, or an issuer within its certificate, for this device, with a
//! larger serial than the one held of the same signer, for days that are not over.
//!
//! Terms belong to keys. The authority's next grant replaces what is held for its role, or adds a set of keys with their
//! own terms if it is a top-up. An issuer's replaces or adds to what the same issuer brought, and changes nothing else: a
//! stolen issuer of one day neither widens the terms of other keys, nor erases them, nor uses up the authority's serials.
//! Its certificate ends, and a revocation list that names it erases what it brought. Its time is believed no further than
//! the device's own clock.
//!
//! # Clocks
//!
//! The floor is the newest signed time seen. A clock before the floor locks the device. Keys are erased only when the
//! floor, not the clock, is past their window: a wrong clock may lock the device, but erases no key and makes no key
//! valid for longer.
//!
//! # Windows
//!
//! A key opens labels sealed on its day. A scanner may use it from that day on for
//! [`SCANNER_DAYS`](crate::signed::grant::SCANNER_DAYS) days, a region device for
//! [`REGION_DAYS`](crate::signed::grant::REGION_DAYS), or for as many as its grant spans if that is more; a sealer on
//! that day alone.
//!
//! # The file
//!
//! CBOR, in an age envelope to the device's own recipient if it has one.
//!
//! ```text
//! CBOR [ "wayseal device", 2, authority's key 32, auditor's key 32 or empty, name, recipient, floor, generation,
//!        [ holdings ], list, [ additions ], giving ]
//! holding   [ role, [ marks ], [ sets ] ]
//! mark      [ signer, last day, serial, digest 32 ]; signer: the first serial of its block, 0 for the authority
//! set       [ signer, issuer's name, last day of its certificate, serial, [ purposes ], budget, reopening, revocations,
//!           keys, last day, labels as in a grant ], and if needed the time of signed stations; of a pass by a device that an issuer
//!           certified 0 there, the issuer's name and the last day of its certificate
//! reopening a byte, four bits a rule
//!
//! A set with keys that a key store holds has all of these parts, empty or 0 where there is nothing to say, and one more: the first 18
//! bytes of each such key, as in keys and without the key itself. A program that does not know it refuses the file.
//!
//! keys      50 bytes each: generation u32 ‖ last day u16 ‖ node 44
//! list      the signed bytes of the revocation list; empty for none
//! additions the signed bytes of what stop keys added to it, at most 32
//! giving    the key by which it gives passes, with its certificate, as in a grant; empty for none
//! ```
//!
//! While the keys of stations are locked away, [`RoadState`] holds all of this but their keys.

mod clock;
mod device;
mod encoding;
mod error;
mod holding;
mod in_force;
mod key_set;
mod lock;
mod out;
mod refused;
mod road;
mod session;
mod set_issuer;
mod usable;
mod window;

pub use clock::CLOCK_SLACK;
pub use device::{Accepted, DeviceState};
pub use error::StateError;
pub use lock::lock;
pub use refused::Refused;
pub use road::RoadState;
pub(crate) use session::HeldNode;
pub use session::{HeldKeys, HeldSet};
pub(crate) use set_issuer::SetIssuer;
pub use window::{Window, last_use};
