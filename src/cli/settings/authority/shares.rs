//! Plans of `wayseal authority shares`.

use super::folder::AuthorityFolder;
use crate::cli::arguments::authority::shares::SharesCommand;
use crate::cli::settings::resolved::Settings;
use std::path::PathBuf;

/// A backup in shares, made or restored.
pub enum SharesPlan {
    Make(MakeSharesPlan),
    Restore(RestorePlan),
}

/// Shares to be made.
pub struct MakeSharesPlan {
    /// The authority's folder.
    pub place: AuthorityFolder,
    /// How many shares are needed to restore it.
    pub need: u8,
    /// A file for each share.
    pub files: Vec<PathBuf>,
}

/// An authority to be restored.
pub struct RestorePlan {
    /// The new folder.
    pub place: AuthorityFolder,
    /// The age recipients of its envelope; a passphrase if there is none.
    pub recipients: Vec<String>,
    /// The newest revocation list.
    pub list: Option<PathBuf>,
    /// Whether no list was ever signed.
    pub no_list: bool,
    /// The shares.
    pub files: Vec<PathBuf>,
}

impl SharesPlan {
    /// Resolves the arguments against the settings.
    pub fn new(typed: SharesCommand, settings: &Settings) -> Self {
        match typed {
            SharesCommand::Make(typed) => Self::Make(MakeSharesPlan {
                place: AuthorityFolder::new(typed.place, settings),
                need: typed.need,
                files: typed.files,
            }),
            SharesCommand::Restore(typed) => Self::Restore(RestorePlan {
                place: AuthorityFolder::new(typed.place, settings),
                recipients: typed.recipient,
                list: typed.list,
                no_list: typed.no_list,
                files: typed.files,
            }),
        }
    }
}
