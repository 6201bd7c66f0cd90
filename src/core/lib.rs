//! Wayseal's core: a parcel's recipient sealed into the text of a QR code, and opened again.
//!
//! `no_std`, without a heap: what a courier's device runs.
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

#[cfg(feature = "capi")]
pub mod capi;
