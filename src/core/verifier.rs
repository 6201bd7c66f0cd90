//! Opening. In: the text of a QR code and the keys of a station. Out: the record, or a refusal.
//!
//! ```text
//! text → framing → generation → station → day → tier → tag → decoding → revocation → support → record
//! ```
//!
//! Each step can refuse, the first refusal is returned, and no refusal reveals anything about the content.
//!
//! Opening uses no heap and no operating system. A device receives its keys as bundles of 44 bytes per node:
//!
//! ```
//! use wayseal_core::{error::Refusal, keys::{Day, Generation, Node}, verifier::{Buffer, Verifier, Want}};
//!
//! # let digits = "030109d702f3000c000000006432ce060865ad27a7643dbbeced123b7c403a6cbee61c64e9b6be8b054e9f26";
//! # let mut bundle = [0; Node::BUNDLED];
//! # for (byte, at) in bundle.iter_mut().zip((0..).step_by(2)) {
//! #     *byte = u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
//! # }
//! # let text = "WS1:PY7IWU8RP+27N01TGUR$H56U0T7X*G-AK+O667WHGTUSGU7BC4WKNL2KFIEM6K2RTIS13GSUXAF-0WKD4C%1VJ\
//! #     TS%5WJ90KFGZ6O435$PW:LYP5ED9S7L";
//! let mut nodes = [Node::empty()];
//! nodes[0].read(Generation::EVEN, &bundle).unwrap();
//! let verifier = Verifier::new(&nodes, Day::new(2519));
//! let mut buffer = Buffer::new();
//! let opened = verifier.open(text.as_bytes(), Want::Held, &mut buffer)?;
//! let delivery = opened.delivery.as_ref().unwrap();
//! assert_eq!((delivery.name, &*opened.header.waybill.text()), ("刘静远", "YT8800123456789"));
//! // These are the keys of one tier, so that the phone stays closed.
//! assert!(opened.contact.is_none());
//! let refusal = verifier.open(&text.as_bytes()[..40], Want::Held, &mut buffer).unwrap_err();
//! assert_eq!(refusal, Refusal::Damaged);
//! # Ok::<(), Refusal>(())
//! ```

mod buffer;
mod loaded;
mod open;
mod plan;
mod revoked;
mod section;
#[cfg(test)]
mod tests;

pub use buffer::{Buffer, Opened, SkippedEntries};
pub use loaded::LabelKeys;
pub use open::Verifier;
pub use plan::Want;
pub use revoked::Revoked;
