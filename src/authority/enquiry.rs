//! Enquiries: two officers open one label of any day, on a log of the authority. There is no search.
//!
//! In: the text of one label, the case, the officers, and the authority's keys, which only both officers together bring. Out: the
//! record, after its entry is in the file `enquiries`, whatever came of the attempt.
//!
//! ```text
//! line       entry ‖ "\t" ‖ signature, 128 hexadecimal digits ‖ "\n"
//! entry      with "\t" between: number from 1, seconds since 1970, the label's handle, outcome, officers with ";" between, case
//! signature  Ed25519 of the authority over "wayseal enquiry 1\n" ‖ before ‖ entry
//! before     SHA-256 of the line before, without its line end; zeros for the first
//! ```
//!
//! So a line that was changed, removed from between, added or moved is found with the authority's public key alone. A tail that was cut off
//! is not: each enquiry says its number, which the officers write into the case's file.

mod case;
mod entry;
mod error;
mod log;
mod open;

pub use case::{Case, Officers};
pub use entry::EnquiryEntry;
pub use error::{CASE_MAX, EnquiryError};
pub use log::EnquiryLog;
pub use open::open_one;
