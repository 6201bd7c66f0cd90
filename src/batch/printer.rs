//! Sends labels to printers, and says of each label what is known of it.
//!
//! In go finished labels; out comes a [`PrintState`] for each. Only the printer's own count of labels makes one
//! `confirmed`: it is read, with the printer's status, before and after. All else is `sent` or `unknown`.
//!
//! - [`address`]: parses the name of a printer.
//! - [`state`]: the states of a label, and why one is unknown.
//! - [`link`]: a connection, as the session sees it; `tcp`, `device`: the connections there are; `connect`: makes them.
//! - `spooler`: jobs in the queue of a spooler; `ipp`, `winspool`: the spoolers there are.
//! - [`status`]: parses what printers say of themselves.
//! - [`session`]: sends labels over a link, waits, and judges.
//! - [`clock`]: the time, which tests replace.
//! - [`ledger`]: a file of what was sent when, to which printer; [`queue`]: prints by it, nothing twice.
//! - [`job`]: splits a file of labels, and reads which label is which.

pub mod address;
pub mod clock;
mod connect;
mod device;
#[cfg(feature = "spool")]
mod ipp;
pub mod job;
pub mod ledger;
pub mod link;
pub mod queue;
pub mod session;
#[cfg(any(feature = "spool", windows, test))]
mod spooler;
pub mod state;
pub mod status;
mod tcp;
#[cfg(windows)]
mod winspool;

#[cfg(test)]
mod fakes;

pub use address::PrinterAddress;
pub use state::PrintState;
