//! How a device gets grants, lists and heads from a depot, and gives its hand-in: requests and answers as bytes.
//!
//! In: what a device has. Out: a request; and a depot's answer becomes items, each of which the device verifies as if it had come alone. Who
//! carries the bytes is the caller's choice, and is trusted with nothing: grants are sealed to the device or say nothing to others that
//! their carrier must not know, lists and heads are signed, and a challenge is good for one answer. A carrier can drop and delay;
//! a list that ends, a budget and the hand-in bound what that gains.
//!
//! ```text
//! request   wayseal fetch 1
//!           device pda-17
//!           recipient age1…                  or `-`
//!           grant 77                         serial of the grant in use
//!           list 12                          number of the revocation list held
//!           operators 3                      number of the list of operators held
//!           head 200                         entries of which a head was signed
//!           entries 231                      entries of the log
//!
//! answer    wayseal bundle 1
//!           challenge 64 hexadecimal digits  or `-`: the auditor wants a hand-in
//!           NAME LENGTH                      a line for each item, in the order in which it is taken
//!                                            an empty line, then the bytes of the items, one after the other
//!
//! hand-in   wayseal hand-in 1
//!           COUNT HEAD PROOF                 or `-` for a log without an answer
//!                                            an empty line, then the bytes of the log
//! ```
//!
//! Lines end with a line feed. Names have letters, digits, `.`, `_` and `-`. The same bytes are files where there is no network.

mod bundle;
mod error;
mod hand_in;
mod request;

pub use bundle::{BUNDLE_ITEMS, BUNDLE_MAX, Bundle, BundleWriter};
pub use error::ExchangeError;
pub use hand_in::{HAND_IN_MAX, HandIn};
pub use request::{FetchRequest, REQUEST_MAX};
