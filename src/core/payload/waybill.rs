//! Waybill numbers and their packed form. Each number has a shape: six bytes for common ones, at most 23.
//!
//! | shape | form | number |
//! |---|---|---|
//! | 0 | any 6 to 34 of `0-9 A-Z -` | length less 6, 5 bits, then the value in base 37; 6 to 23 bytes |
//! | 1, 2, 3 | `YT`, `SF`, `JD` and 13 digits | the digits |
//! | 4 | `JD`, 13 digits, `-i-n-` with 1 ≤ i ≤ n ≤ 9 | digits ‖ i, 10 bits ‖ n, 10 bits; 8 bytes |
//! | 5, 6, 7 | 15 digits that begin with 7, 4, 3 | the other 14 digits |
//! | 8 | 6 to 14 digits | the number of shorter ones, then the value |
//! | 9 | UPU S10: 2 letters, 8 digits, their check digit, 2 letters | letters in base 26, then the 8 digits |
//! | 10 | `JT` and 13 digits | the digits |
//! | 11 | `DPK` and 12 digits | the digits |
//! | 12 | `LP` and 14 digits | the digits |
//! | 13 | `JDV`, a letter and 11 digits | the letter, then the digits |
//! | 14 | 15 to 24 digits | the number of shorter ones, then the value; 10 bytes |
//! | 15 | 1 to 4 letters and 6 to 18 digits; `1Z` of UPS | the number of earlier ones, then the value; 8 or 10 bytes |
//!
//! Every waybill number has one encoding: the first shape from 1 to 15 that matches it, otherwise shape 0. Decoding
//! rejects any other encoding, so that a payload cannot be altered into another valid one.

mod any;
mod lettered;
mod limits;
mod long_digits;
mod number;
mod s10;
mod short;
mod template;
mod ups;
mod wide;

pub(super) use limits::NUMBER_MAX;
pub use number::Waybill;
