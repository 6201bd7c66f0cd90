//! The payload: what the QR code of a label carries.
//!
//! ```text
//! text     "WS1:" ‖ Base45(payload)                                121, 154, 220 or 310 characters
//! payload  header ‖ delivery ciphertext ‖ tag ‖ contact ciphertext ‖ tag      78, 100, 144, 204 bytes
//!                                                 └── absent in contact class 0 ──┘
//! header   generation 1 ‖ contact class 2 ‖ day mod 512 9 ‖ region 12 ‖ site 12 ‖ alias 24 bits
//!          ‖ shape of the waybill 4 ‖ its number 48 or more bits ‖ salt 48 bits
//! ```
//!
//! There are no length fields: the waybill's shape gives the header's length, the contact class that of
//! the contact section, and the delivery section is the rest. The version is in the prefix.

pub mod base45;
mod handle;
mod header;
mod layout;
mod parsed;
mod scanned;
mod text;
mod waybill;

pub use handle::Handle;
pub use header::{ContactClass, HEADER_MAX, Header};
pub use layout::{Layout, PAYLOAD_MAX, SIZES, TAG_LEN};
pub use parsed::Payload;
pub use scanned::scanned;
pub use text::{PREFIX, PayloadText, TEXT_MAX};
pub use waybill::Waybill;
