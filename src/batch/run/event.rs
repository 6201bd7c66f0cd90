//! What a batch reports.

use crate::batch::columns::Accounting;
use crate::batch::input::InputRemark;
use crate::batch::manifest::{Manifest, PartRecord};
use crate::batch::output::FrameEntry;
use crate::batch::pipeline::OpenedInput;
use crate::batch::reject::Reject;

/// What a batch reports while it runs. Exhaustive on purpose: a caller that shows events should not miss a new one.
pub enum Event<'a> {
    /// A file of orders was opened, and people should know this of it.
    Input {
        /// The file's index in the plan.
        input: usize,
        /// What was found.
        remark: &'a InputRemark,
    },
    /// A file is begun.
    Columns {
        /// Its index in the plan.
        input: usize,
        /// What becomes of its columns.
        accounting: &'a Accounting,
    },
    /// A row gave no label.
    Rejected {
        /// The file's index in the plan.
        input: usize,
        /// The reason.
        reject: &'a Reject,
    },
    /// A row is not sealed, since its station is sealed for from a later day on.
    Unsealed {
        /// The file's index in the plan.
        input: usize,
        /// The line of the row.
        line: u64,
    },
    /// A label was made, and is written next. Labels to a printer are sent one by one: when this event comes, all labels
    /// before it have been sent.
    Label(&'a FrameEntry),
    /// A part is finished.
    Part(&'a PartRecord),
    /// Some more rows are processed.
    Progress {
        /// The counts so far.
        manifest: &'a Manifest,
        /// The file being read.
        source: &'a OpenedInput,
        /// The line reached in it.
        line: u64,
    },
}
