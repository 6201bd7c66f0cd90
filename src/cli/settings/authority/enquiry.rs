//! Plans of `wayseal authority open-one` and `wayseal authority enquiries`.

use super::folder::AuthorityFolder;
use crate::cli::arguments::authority::enquiry::{EnquiriesArgs, OpenOneArgs};
use crate::cli::clock::now;
use crate::cli::settings::resolved::Settings;
use std::path::PathBuf;

/// One label to be opened by two officers.
pub struct OpenOnePlan {
    /// The authority's folder.
    pub place: AuthorityFolder,
    /// The text of the label; `-` is the standard input.
    pub text: String,
    /// What for.
    pub case: String,
    /// The officers' shares; none if the root is in two tokens.
    pub shares: Vec<PathBuf>,
    /// Seconds since 1970.
    pub now: u64,
}

/// The log of enquiries to be checked and printed.
pub struct EnquiriesPlan {
    /// The authority's folder.
    pub folder: PathBuf,
}

impl OpenOnePlan {
    /// Resolves the arguments against the settings and the clock.
    pub fn new(typed: OpenOneArgs, settings: &Settings) -> Self {
        let place = AuthorityFolder::new(typed.place, settings);
        Self { place, text: typed.text, case: typed.case, shares: typed.share, now: now() }
    }
}

impl EnquiriesPlan {
    /// Takes the arguments.
    pub fn new(typed: EnquiriesArgs) -> Self {
        Self { folder: typed.folder }
    }
}
