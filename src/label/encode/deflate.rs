//! Zlib streams (RFC 1950, 1951) of a page's rows, for PNG, PDF and ZPL.
//!
//! On a page of text and modules, four of five 4-byte units equal those one row up. So each row is compared with
//! the one above in units of four bytes. Equal units become a match at a distance of one row, which continues
//! across row ends; other units become literals.
//!
//! ```text
//! row above   00 00 00 00 ff ff f0 00 00 00 00 0f ff ff f0 00 …
//! row         00 00 00 00 ff ff f0 00 00 00 01 8f ff ff f0 00 …
//!             └── on with the match ─┘└ literals ┘└─ match …
//! ```
//!
//! The Huffman code is constant. Its lengths were fitted once to streams of made-up labels, so there is no counting
//! pass, and a page always gives the same stream.

mod bits;
mod code;
mod matches;
mod rows;
mod stream;
mod sums;
mod writer;

pub(super) use rows::PageRows;
pub(super) use stream::compress;
