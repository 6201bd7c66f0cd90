//! Wayseal: a parcel label that shows nobody's data and still gets the parcel home.
//!
//! A parcel's recipient is sealed into the QR code of its label, only a masked summary is printed
//! beside it, and an authorised handheld scanner opens it without a network.
//!
//! # Layers
//!
//! Imports run downwards only, and `tests/layers.rs` keeps it so.
//!
//! | layer | modules | needs |
//! |---|---|---|
//! | command | `cli` (in the binary) | `cli` |
//! | applications | [`authority`], [`batch`], [`scanner`] | `host` |
//! | picture | [`label`] | `host` |
//! | for C | `capi` | `capi` |
//! | symbol | [`symbol`] | nothing |
//! | sealing and opening | [`sealer`], [`verifier`] | nothing |
//! | parts of a label | [`keys`], [`payload`], [`summary`] | nothing |
//! | content | [`record`] | nothing |
//! | ground | [`secret`], [`error`], [`bytes`] | nothing |
//! | ground of a host | [`files`] | `host` |
//!
//! What needs nothing is `no_std`, without a heap, and is what a courier's device runs:
//! `default-features = false`.
#![cfg_attr(not(feature = "host"), no_std)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[doc = include_str!("../docs/format.md")]
pub mod format {}

// Its examples are tests.
#[cfg(doctest)]
#[doc = include_str!("../docs/firmware.md")]
mod firmware {}

pub mod bytes;
pub mod error;
#[cfg(feature = "host")]
pub mod files;
pub mod secret;

pub mod record;

pub mod keys;
pub mod payload;
pub mod summary;

pub mod sealer;
pub mod verifier;

pub mod symbol;

#[cfg(feature = "capi")]
pub mod capi;

#[cfg(feature = "host")]
pub mod label;

#[cfg(feature = "host")]
pub mod authority;
#[cfg(feature = "host")]
pub mod batch;
#[cfg(feature = "host")]
pub mod scanner;
