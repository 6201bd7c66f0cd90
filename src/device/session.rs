//! What a courier's device holds, and one call a scan.
//!
//! ```text
//! text → framing → what the keys reach → what the grant allows → tag → log entry on disk → record
//! ```
//!
//! An attempt ends at the first that fails, and leaves one entry in the [log](super::log) wherever it ends. A
//! record is handed out only once its entry is on disk.
//!
//! # What the grant says
//!
//! - A purpose that it does not name opens nothing.
//! - Its budget is what may be shown until the log is next handed in. What is spent is counted from the
//!   entries since the last signed head, which are on disk before anything is shown: after a crash between the
//!   two an entry counts whose record nobody saw, and never the other way round.
//! - A label opened before is opened again and counted, or opened and not counted, or refused, as it says;
//!   counted if it says nothing.
//! - So with a label that was signed off. If the grant says nothing, that opens no more for delivery; for a
//!   return, a new label or an enquiry it does, if the grant names these.
//!
//! # The state folder
//!
//! | file | |
//! |---|---|
//! | `state` | what is held of grants and revocation lists: [`Device`] |
//! | `identity` | the device's age identity, if its grants are sealed to it |
//! | `auditor.pub` | who signs heads of the log |
//! | `log`, `log.key`, `head` | the log, its current key, the head that was last signed |
//! | `inbox/` | what came: `*.grant`, `*.list`, `*.head`; the next scan takes it in |
//! | `loaded`, `state.locked` | today's parcels, and `state` sealed to the depot: [`load`] |

mod error;
mod folder;
mod judge;
mod keys;
pub mod load;
mod outcome;
mod parcel;
mod tally;
mod work;

pub use error::SessionError;
pub use outcome::{Attempt, ScanOutcome, SignOff};
pub use parcel::Parcel;
pub use work::Session;
