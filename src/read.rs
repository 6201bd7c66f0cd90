//! Images in, texts of labels out: the only place with image engines.
//!
//! Untrusted pictures never panic, hang or exhaust memory: sizes are checked before decoding, the work that a
//! picture may take is counted, and a panic inside an engine is contained. It holds no key and opens no label; no type
//! of an engine is in its interface.
//!
//! - [`image`]: files of pictures to grey pixels.
//! - [`ladder`]: grey pixels to the texts of QR codes, one stage after the other.
//! - [`soft`]: our own reader of our own symbols, the ladder's second stage.
//! - [`frames`]: a stream of video frames, read in turns.
//! - [`wedge`]: lines that a wedge or serial scanner types.
//! - [`code128`]: the waybill number beside the code.

pub mod code128;
pub mod frames;
pub mod image;
pub mod ladder;
pub mod soft;
pub mod wedge;
