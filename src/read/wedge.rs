//! Parses the lines of keyboard wedge and serial scanners.
//!
//! In goes a line as the host receives it; out comes a payload's text or a waybill number, and what was corrected: AIM
//! prefix and line end are removed, caps lock and a wrong keyboard layout are recognised and undone.
//!
//! A wedge scanner presses the keys of a US keyboard unless it is configured otherwise, and the host interprets them in its
//! own layout. Each layout moves the characters of Base45 (RFC 9285) in its own way; the prefix `WS1:` distinguishes most
//! layouts. A correction is accepted only if it gives a valid payload; if two layouts give two different payloads, the line
//! is refused as ambiguous.
//!
//! What a layout, caps lock, full width characters or Chinese punctuation did to a text is undone; a suffix is cut off by the
//! few lengths that payloads have. A lost shift key, removed spaces and letters that an input method took cannot be undone, and
//! are named.
//!
//! If a key was touched before the scan, its character precedes the code. Up to [`STRAY_MAX`] such characters are skipped,
//! but only if the line cannot be parsed with them.
//!
//! The AIM prefix (ISO/IEC 15424) is `]`, a letter for the symbology and a digit: `]Q1` is a QR code, `]C1` a GS1-128,
//! `]C0` a Code 128.

mod burst;
mod damage;
mod error;
mod layout;
mod line;
mod self_test;

pub use burst::{Burst, burst};
pub use damage::WedgeDamage;
pub use error::WedgeError;
pub use layout::KeyboardLayout;
pub use line::{STRAY_MAX, WedgeLine, parse};
pub use self_test::{test, test_text};
