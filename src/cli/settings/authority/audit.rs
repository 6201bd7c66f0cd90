//! The plan of `wayseal authority audit`.

use super::folder::AuthorityFolder;
use crate::cli::arguments::authority::audit::AuditArgs;
use crate::cli::clock::today;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::settings::resolved::Settings;
use std::path::PathBuf;
use wayseal::keys::Day;

/// Labels to be examined.
pub struct AuditPlan {
    /// The authority's folder.
    pub place: AuthorityFolder,
    /// Pictures, folders of them, or files of texts; `-` is the standard input.
    pub labels: Vec<PathBuf>,
    /// The file of the tenants that may have had labels sealed for them.
    pub tenants: Option<PathBuf>,
    /// The day of the audit.
    pub day: Day,
    /// Whether JSON lines are printed.
    pub json: bool,
}

impl AuditPlan {
    /// Resolves the arguments against the settings and the clock.
    pub fn new(typed: AuditArgs, settings: &Settings, language: Language) -> Result<Self, Failure> {
        let day = typed.day.map_or_else(|| today(language), Ok)?;
        let place = AuthorityFolder::new(typed.place, settings);
        Ok(Self { place, labels: typed.labels, tenants: typed.tenants, day, json: typed.json })
    }
}
