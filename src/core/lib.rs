//! Encrypts a parcel's recipient into the text of a QR code, and decrypts that text with the keys of its
//! destination.
//!
//! This is the core of Wayseal: `no_std`, without a heap, and without `unsafe` except in the C interface. It uses
//! no random source, no clock and no network. The salt is computed from the label's content, and the caller
//! supplies the day.
//!
//! ```
//! use wayseal_core::keys::{AliasKey, Day, Generation, Node, KeyPath, Region, SealerId, Site, Tier};
//! use wayseal_core::record::{Country, Delivery, Division};
//! use wayseal_core::sealer::{DestinationKeys, Sealer};
//! use wayseal_core::verifier::{Buffer, Verifier, Want};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // The authority: from the root, which stays with it, a station's key and a sealer's two.
//! let (day, sealer) = ("2026-11-24".parse::<Day>()?, SealerId::try_from(7)?);
//! let root = Node::new(KeyPath::root(Generation::EVEN), &[0x51; 32]);
//! let derive = |path| { let mut node = Node::empty(); root.derive(path, &mut node).map(|()| node) };
//! let at = KeyPath::day(Generation::EVEN, Tier::Delivery, day).region(Region::try_from(755)?).site(Site::try_from(12)?);
//! let station = derive(at)?;
//! let leaf = derive(at.sealer(AliasKey::try_from(&station)?.alias(sealer)))?;
//! let origin = derive(KeyPath::origin(Generation::EVEN, day, sealer))?;
//!
//! // The sealer: a record becomes the text of a label's QR code.
//! let division = Division::Names { province: "广东省", city: "深圳市", district: "南山区" };
//! let (name, detail) = ("欧阳修远", "科技园路9号1501室");
//! let record = Delivery { name, country: Country::CN, postcode: "", division, street: "", detail, note: "" };
//! let waybill = "YT8800123456789".parse()?;
//! let label = Sealer::new(&origin)?.seal(&DestinationKeys::new(&leaf, None)?, &waybill, &record, None)?.text;
//! assert_eq!((label.as_str().len(), &label.as_str()[..4]), (121, "WS1:"));
//!
//! // A scanner of the station: the text becomes the record again, in a buffer that wipes itself.
//! let (nodes, mut buffer) = ([station], Buffer::new());
//! let opened = Verifier::new(&nodes, day).open(label.as_bytes(), Want::Delivery, &mut buffer)?;
//! assert_eq!(opened.delivery.map(|delivery| delivery.name), Some(name));
//! # Ok(()) }
//! ```
//!
//! [`symbol`] draws the text as a QR code, and [`summary`] masks the plain text printed next to it. Devices receive
//! keys as bundles: see [`verifier`].
//!
//! # Modules
//!
//! | layer | modules |
//! |---|---|
//! | for C | `capi` |
//! | symbol | [`symbol`] |
//! | sealing and opening | [`sealer`], [`verifier`] |
//! | parts of a label | [`keys`], [`payload`], [`summary`] |
//! | content | [`record`] |
//! | ground | [`secret`], [`error`], [`bytes`] |
//!
//! Imports run downwards only.
//!
//! # Features
//!
//! All features are off by default. None changes the bytes of a label but `japanese` and `korean`, and these only of labels to
//! those countries.
//!
//! | feature | what it adds |
//! |---|---|
//! | `names` | names of the GB/T 2260 divisions: 57 KB of tables; without it a device shows codes |
//! | `japanese`, `korean` | the tables of codecs 5 and 6, 23 and 10 KB, which only labels to Japan and Korea are in; without one such a label is refused as `unsupported` |
//! | `fast` | for hosts: faster code that needs more memory (tries and lookup lists instead of hashes), and errors that name the field to shorten |
//! | `capi` | the C interface; implies `names` |
//!
//! # Sizes
//!
//! On a Cortex-M4, as `samples/firmware/check.sh` of the repository measures them: 24.7 KB of code and 18.3 KB of tables
//! to seal and to open, 4.3 KB of code more to draw the symbol, no static memory, and less than 4 KB of stack.
//! 25 crates are compiled, this one counted.
//!
//! # Foreign types
//!
//! No foreign type appears in a signature, so the ciphers, the hashes and the storage of [`bytes::Text`] can change
//! without breaking callers. [`keys::Prk`] and [`secret::mac::Message`] implement traits of the `hkdf` crate for
//! internal use.
//!
//! # Minimum supported Rust version
//!
//! 1.91. A newer one is a change of the minor version.
#![cfg_attr(not(test), no_std)]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod bytes;
pub mod error;
pub mod secret;

pub mod record;

pub mod keys;
pub mod payload;
#[cfg(feature = "names")]
pub mod summary;

pub mod sealer;
pub mod verifier;

pub mod symbol;

#[cfg(test)]
mod tests;

#[cfg(feature = "capi")]
pub mod capi;
