//! Reads codes: images, video frames or a scanner's lines in, texts of QR codes out.
//!
//! This is the only module that uses image engines. An untrusted picture cannot make it panic, hang or exhaust memory:
//! sizes are checked before decoding, each picture has a budget of work, and a panic inside an engine is contained. No key
//! is held and no label opened here, and no engine's type is in the interface.
//!
//! - [`image`]: decodes image files to grey pixels.
//! - [`pages`]: every page and frame of an image file.
//! - [`ladder`]: reads the QR codes of a picture, in stages of increasing cost.
//! - [`soft`]: a reader specialised in Wayseal's symbols, the ladder's second stage.
//! - [`frames`]: reads a stream of video frames.
//! - [`wedge`]: parses the lines of keyboard wedge and serial scanners.
//! - [`code128`]: reads waybill numbers in bar codes.
//! - [`beside`]: finds the bar code that belongs to a label, by its place.
//! - [`plain_text`]: bytes that are no text as codes; [`content`]: what a code holds, decoded by its character sets.
//! - [`likeness`]: whether the number of a bar code may be another parcel's.

pub mod beside;
pub mod code128;
pub mod content;
pub mod frames;
pub mod image;
pub mod ladder;
pub mod likeness;
mod order;
pub mod pages;
mod placed;
pub mod plain_text;
mod segments;
pub mod soft;
mod tiff;
pub mod wedge;
