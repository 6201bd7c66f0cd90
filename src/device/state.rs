//! What a device keeps of its grants, and which it takes.
//!
//! A grant is taken if the pinned authority signed it, for this device, under a serial larger than the one
//! held, for days that are not over. Per role one grant is held: the next one replaces it, or adds to its
//! keys if it is a top-up.
//!
//! # Clocks
//!
//! The floor is the newest signed time seen. A device's clock is believed from the floor on; one that is
//! behind it locks the device. Keys are erased only when the floor is past their window, so a clock that is
//! off locks, and never erases nor widens anything.
//!
//! # Windows
//!
//! A key opens labels sealed on its day. A scanner holds it from then on for as many days as its role may
//! hold ([`SCANNER_DAYS`](crate::signed::grant::SCANNER_DAYS), [`REGION_DAYS`](crate::signed::grant::REGION_DAYS)), or as its grant spans if that is more; a sealer on that day
//! alone.
//!
//! # The file
//!
//! CBOR, in an age envelope to the device's own recipient if it has one.
//!
//! ```text
//! CBOR [ "wayseal device", 1, pinned key 32, name, recipient, floor, generation, holdings, list ]
//! holding   [ role, serial, digest 32, [ purposes ], budget, revocations, keys, reopening ]
//! reopening a byte, four bits a rule; left out where the usual rules hold
//! keys      50 bytes each: generation u32 ‖ last day u16 ‖ node 44
//! list      the signed bytes of the revocation list, or none
//! ```

mod clock;
mod device;
mod error;
mod holding;
mod refused;
mod session;
mod window;

pub use clock::CLOCK_SLACK;
pub use device::{Accepted, DeviceState};
pub use error::StateError;
pub use refused::Refused;
pub use session::HeldKeys;
pub use window::{Window, last_use};
