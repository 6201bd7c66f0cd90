//! Zlib streams (RFC 1950, 1951) of a page's rows: what PNG, PDF and ZPL carry.
//!
//! On a page of text and modules four bytes in five equal those one row up. So a row is compared with the one
//! above in units of four bytes: what is equal goes into a match as far back as a row is long, on over the
//! ends of rows, and the rest into literals.
//!
//! ```text
//! row above   00 00 00 00 ff ff f0 00 00 00 00 0f ff ff f0 00 …
//! row         00 00 00 00 ff ff f0 00 00 00 01 8f ff ff f0 00 …
//!             └── on with the match ─┘└ literals ┘└─ match …
//! ```
//!
//! The Huffman code is constant, its lengths fitted once to such streams of made-up labels: nothing is counted,
//! there is one pass, and a page has one stream.

mod bits;
mod code;
mod matches;
mod rows;
mod stream;
mod sums;
mod writer;

pub(super) use rows::PageRows;
pub(super) use stream::compress;
