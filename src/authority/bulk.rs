//! Grants for many devices in one run, which resumes after an interruption.
//!
//! In: a list of [`GrantOrder`]s, day keys and a signing key. Out: one file `FOLDER/<name>.grant` for each device, and
//! the journal `FOLDER/run`, which says what the run is and which grants are on the disk.
//!
//! A run of the same orders in the same folder skips the grants that are done; a run of other orders is refused.
//! Serial and time of issue are the first run's, so that a resumed run writes the same bytes.
//!
//! ```text
//! wayseal grants 1
//! run 5f2c…                    SHA-256 of the orders
//! serial 1795516334
//! issued 1795516334            seconds since 1970-01-01 UTC
//! over 2026-12-07              the last day on which any of the grants is of use
//! done pda-17                  one line for each grant
//! ```

mod error;
mod journal;
mod order;
mod run;

pub use error::{BulkError, MakeError};
pub use journal::{BulkFiles, files_of_run, is_file_name};
pub use order::{BulkReach, GrantOrder};
pub use run::BulkRun;
