//! Wayseal: a parcel label that shows nobody's data and still gets the parcel home.
//!
//! A parcel's recipient is sealed into the QR code of its label, only a masked summary is printed
//! beside it, and an authorised handheld scanner opens it without a network.
//!
//! # Layers
//!
//! Imports run downwards only, and `tests/layers.rs` keeps it so.
//!
//! | layer | modules | feature |
//! |---|---|---|
//! | command | `cli` (in the binary) | `cli` |
//! | applications | [`authority`]; [`batch`] | `authority`; `batch` |
//! | what they share | [`device`]; [`label`]; [`read`] | `device`; `label`; `read` |
//! | signed by the authority | [`signed`] | `signed` |
//! | ground of a host | [`files`] | `files` |
//! | the core, `no_std` and without a heap | the package `wayseal-core` | none |
#![cfg_attr(docsrs, feature(doc_cfg))]

pub use wayseal_core::{bytes, error, keys, payload, record, sealer, secret, summary, symbol, verifier};

#[doc = include_str!("../docs/format.md")]
pub mod format {}

// Their examples are tests.
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
