//! Wayseal encrypts a parcel's recipient into the QR code of its label, prints only a masked summary in plain text, and
//! lets authorised handheld scanners open the code offline.
//!
//! This is the library for hosts; the `wayseal` command is built on it. For firmware use the package `wayseal-core`, which
//! is `no_std` and needs no heap, and whose modules are re-exported here.
//!
//! ```
//! use wayseal::keys::{AliasKey, Day, Generation, KeyPath, Node, Region, SealerId, Site, Tier};
//! use wayseal::record::{Country, Delivery, Division};
//! use wayseal::sealer::{DestinationKeys, Sealer};
//! use wayseal::verifier::{Buffer, Verifier, Want};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let derive = |path| { let mut node = Node::empty(); Node::new(KeyPath::root(Generation::EVEN), &[0x51; 32]).derive(path, &mut node).map(|()| node) };
//! // The authority derives a station's key for the courier, and two keys of a day for the sealer.
//! let (day, sealer) = ("2026-11-24".parse::<Day>()?, SealerId::try_from(7)?);
//! let at = KeyPath::day(Generation::EVEN, Tier::Delivery, day).region(Region::try_from(755)?).site(Site::try_from(12)?);
//! let station = derive(at)?;
//! let leaf = derive(at.sealer(AliasKey::try_from(&station)?.alias(sealer)))?;
//! let origin = derive(KeyPath::origin(Generation::EVEN, day, sealer))?;
//!
//! // The sealer encrypts a record: the result is the text of the label's QR code.
//! let division = Division::Names { province: "广东省", city: "深圳市", district: "南山区" };
//! let (name, detail) = ("欧阳修远", "科技园路9号1501室");
//! let record = Delivery { name, country: Country::CN, postcode: "", division, street: "", detail, note: "" };
//! let keys = DestinationKeys::new(&leaf, None)?;
//! let label = Sealer::new(&origin)?.seal(&keys, &"YT8800123456789".parse()?, &record, None)?.text;
//!
//! // The courier's scanner decrypts and authenticates it, into a buffer that wipes itself.
//! let (nodes, mut buffer) = ([station], Buffer::new());
//! let opened = Verifier::new(&nodes, day).open(label.as_bytes(), Want::Delivery, &mut buffer)?;
//! assert_eq!(opened.delivery.map(|delivery| delivery.name), Some(name));
//! # Ok(()) }
//! ```
//!
//! In production keys come as signed grants: [`signed::grant`] reads them, [`device`] keeps them, logs every opening and
//! enforces their limits, and [`authority`] issues them.
//!
//! # Features and layers
//!
//! Each layer is a feature; a layer imports only the layers below it (`tests/layers.rs` checks that). The default is `cli`,
//! which has everything but `hsm` and `parquet`: a program that needs less turns the default features off. No feature
//! changes a label.
//!
//! | feature | modules | for | crates |
//! |---|---|---|--:|
//! | `cli` | in the binary | the command | 341 |
//! | `parquet` | within [`batch`] | orders in Parquet, with `batch` | 280 |
//! | `batch` | [`batch`] | files of orders to files of labels | 268 |
//! | `hsm` | within [`authority`] | the root in a PKCS #11 token, with `authority` | 176 |
//! | `authority` | [`authority`] | root, grants, revocation, shares, audit | 173 |
//! | `device` | [`device`], [`signed`] | grants, sessions and log of a handheld | 165 |
//! | `label` | [`label`] | labels as PNG, SVG, PDF, ZPL and TSPL | 118 |
//! | `read` | [`read`] | pictures, video and wedge scanners' lines to texts of codes | 81 |
//! | none | the core's | seal, open, mask, QR code | 26 |
//!
//! *Crates* are all that a program compiles, this one included; `wayseal-core` alone is 25 (`cargo tree`, as
//! `docs/ARCHITECTURE.md` says). The features `signed` and `files` are what those above share.
//!
//! # Minimum supported Rust version
//!
//! 1.91. Raising it is a change of the minor version.
#![cfg_attr(docsrs, feature(doc_cfg))]

pub use wayseal_core::{bytes, error, keys, payload, record, sealer, secret, summary, symbol, verifier};

#[doc = include_str!("../docs/format.md")]
pub mod format {}

// These documents are compiled only for their examples, which are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
#[cfg(doctest)]
#[doc = include_str!("../docs/README.zh.md")]
mod readme_zh {}
#[cfg(doctest)]
#[doc = include_str!("../docs/firmware.md")]
mod firmware {}
#[cfg(doctest)]
#[doc = include_str!("../docs/guide.md")]
mod guide {}

#[cfg(feature = "files")]
pub mod files;

#[cfg(feature = "signed")]
pub mod signed;

#[cfg(feature = "device")]
pub mod device;
#[cfg(feature = "label")]
pub mod label;
#[cfg(feature = "read")]
pub mod read;

#[cfg(feature = "authority")]
pub mod authority;
#[cfg(feature = "batch")]
pub mod batch;

#[cfg(any(feature = "read", feature = "parquet"))]
mod contained;
