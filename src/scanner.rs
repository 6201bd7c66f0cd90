//! Images in, records out.
//!
//! Imports [`payload`](crate::payload), [`symbol`](crate::symbol) and the image engines. Untrusted pictures
//! never panic, hang or exhaust memory: sizes are checked before decoding, the work that a picture may take is
//! counted, and a panic inside an engine is contained.
//!
//! - [`image`]: files of pictures to grey pixels.
//! - [`ladder`]: grey pixels to the texts of QR codes, one stage after the other.
//! - [`soft`]: our own reader of our own symbols, the ladder's second stage.
//! - [`frames`]: a stream of video frames, read in turns.
//! - [`wedge`]: lines that a wedge or serial scanner types.
//! - [`code128`]: the waybill number beside it.
//! - [`session`]: what a courier's device holds, and one call a scan.
//! - [`load`]: today's parcels, when the keys of stations are locked away.
//! - [`log`]: every attempt on record, and the proof of it.
//! - [`report`]: what many devices' logs say together.

pub mod code128;
pub mod frames;
pub mod image;
pub mod ladder;
pub mod load;
pub mod log;
pub mod report;
pub mod session;
pub mod soft;
pub mod wedge;

pub(crate) mod contained;
