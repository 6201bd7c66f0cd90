//! The C interface of the core. `samples/c/include/wayseal.h` declares it.
//!
//! In: pointers to keys, orders and label texts. Out: a label text, a record or a handle, and a status code. There
//! is no heap, no state and no callback.
//!
//! Only this module and its parts read through raw pointers, in `pointer`. Every function checks for null. The
//! caller guarantees lengths and lifetimes, as the header states. Grant signatures are not checked here: the code
//! that installs the keys checks them.
#![allow(unsafe_code, reason = "C hands over pointers")]

mod calls;
mod open;
mod order;
mod pointer;
mod reading;
mod record;
mod status;

pub use calls::{wayseal_error, wayseal_handle, wayseal_scanned, wayseal_seal, wayseal_wipe};
pub use open::{NODES_MAX, REVOKED_MAX, wayseal_open, wayseal_open2};
pub use order::COrder;
pub use reading::{CReading, CRevoked};
pub use record::{CRecord, RECORD_TEXT};
