//! A desk: it gives parcels new labels, for another station or back to their senders, and shows nobody's data.
//!
//! In: the text of a label, and where the parcel goes. Out: a [`ReplacedLabel`], ready to be printed, or why there is none. The
//! label is opened with its purpose on the log, sealed again with the desk's own sealer grant, and the record is wiped, all in
//! one call. The log then holds the old label's header and handle beside the new handle, before the new label is given out: of
//! two labels of one parcel each is tied to the other.
//!
//! The folder is a device's, with two grants in it: one of the role desk, and a sealer's for the same device. A
//! label that the desk's keys do not reach is opened by a pass, if the device holds one.
//!
//! Equal input gives an equal label. A desk that is killed after the entry and before the printer makes the same label again
//! on the same day, and its log says so twice.
//!
//! No call returns a record, and there is no scan at a desk:
//!
//! ```compile_fail,E0599
//! # use wayseal::device::{desk::Desk, session::Attempt};
//! fn read(desk: &mut Desk, text: &str) {
//!     let _ = desk.scan(&Attempt::new(text));
//! }
//! ```
//!
//! ```compile_fail,E0609
//! # use wayseal::device::desk::ReplacedLabel;
//! fn read<'l>(label: &'l ReplacedLabel<'_>) -> &'l wayseal::verifier::Opened<'l> {
//!     &label.record
//! }
//! ```
//!
//! ```compile_fail,E0616
//! # use wayseal::device::desk::Desk;
//! fn read(desk: &mut Desk) {
//!     let _ = &desk.session;
//! }
//! ```

mod made;
mod request;
mod work;

pub use made::{DeskOutcome, NotMade, ReplacedLabel};
pub use request::{DeskScan, PlaceOf, ReturnPlace, ReturnedLabel, ToStation};
pub use work::Desk;
