//! Lines of wedge and serial scanners: AIM prefixes and suffixes taken off, caps lock and keyboard layouts
//! recognised by name and undone.
//!
//! A wedge scanner presses keys, those of a US keyboard unless it is set otherwise, and the host takes them
//! for those of its own layout. Each layout moves the characters of Base45 in its own way; the first four,
//! `WS1:`, tell most of them apart. A line is undone only if what comes out is a payload, and if two layouts
//! give two payloads, neither is believed.
//!
//! A key that was touched before the scan stands before the code. Up to [`STRAY_MAX`] characters there are passed
//! over, but only if the line says nothing with them.
//!
//! The prefix of ISO/IEC 15424 (AIM): `]`, a letter for the kind of code, a digit: `]Q1` is a QR code, `]C1` a
//! GS1-128, `]C0` a Code 128.

mod damage;
mod error;
mod layout;
mod line;
mod self_test;

pub use damage::WedgeDamage;
pub use error::WedgeError;
pub use layout::KeyboardLayout;
pub use line::{STRAY_MAX, WedgeLine, parse};
pub use self_test::{test, test_text};
