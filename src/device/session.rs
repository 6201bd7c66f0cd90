//! A session: a courier's device at work, with one call for each scan.
//!
//! In: an [`Attempt`] with the text of a code, a purpose and the time. Out: a [`ScanOutcome`] with the opened record,
//! or the reason why there is none. The state folder belongs to one process at a time.
//!
//! ```text
//! text → framing → what the keys reach → what the grant allows → tag → log entry on disk → record
//! ```
//!
//! An attempt ends at the first step that fails, and leaves one entry in the [log](super::log) in every case. A record
//! is returned only after its entry is on disk.
//!
//! # The grant's limits
//!
//! - A purpose that the grant does not name opens nothing.
//! - The budget is the number of labels that may be shown until the next hand-in, each counted once however often it is opened; with
//!   operators it is each one's own. It is counted from the log entries since the last signed head. Entries are on disk before a record is shown, so that a crash in between charges a
//!   record that nobody saw, and never shows one that is not charged.
//! - A label that arrives again within five seconds for the same purpose is the same scan, sent twice: one opening, charged
//!   once, with an entry that says so.
//! - For a label opened before, the grant's rule allows, counts or refuses another opening; the default counts it.
//! - For a label signed off, it does the same. The default refuses delivery; other purposes that the grant names follow
//!   the rule for labels opened before.
//!
//! # The state folder
//!
//! | file | |
//! |---|---|
//! | `state` | pinned keys, grants and revocation list: [`DeviceState`](super::state::DeviceState) |
//! | `identity` | the device's age identity, if its grants are sealed to it |
//! | `log`, `log.key`, `head` | the log, its current key, the last signed head |
//! | `operators` | the auditor's list of operators, if the device asks for them: [`operators`](super::operators) |
//! | `inbox/` | received `*.grant`, `*.pass`, `*.list`, `*.head` and `*.operators`, which the next scan accepts or refuses, and erases |
//! | `taken/`, `refused` | received files while they are read; what was refused, with its time and reason |
//! | `log.lost.1` … | logs whose keys were lost with the key store's, until a head of the one after them is signed |
//! | `loaded`, `passes`, `state.locked`, `state.road` | the day's parcels, labels of passes, `state` sealed to the depot, and what stays of it: [`load`] |
//! | `asking` | the identity that a colleague's pass is sealed to, while one was asked for |

mod anew;
mod ask;
mod before;
mod error;
mod folder;
mod give;
mod held;
mod judge;
mod keeping;
mod keys;
pub mod load;
mod loading;
mod locking;
mod open;
mod outcome;
mod parcel;
mod passes;
mod refusal;
mod replace;
mod several;
mod shift;
mod sign_off;
mod status;
mod tally;
mod work;

pub use ask::AskedPass;
pub use error::SessionError;
pub use give::{GiveError, GivenLabel, GivenPass};
pub use load::LoadTerms;
pub use outcome::{Attempt, ParcelOutcome, ScanOutcome, SignOff, SignedLabel, TakeBack};
pub use parcel::Parcel;
pub(in crate::device) use replace::{InHand, Replacing};
pub use shift::ShiftBegin;
pub use status::DeviceStatus;
pub use work::Session;
