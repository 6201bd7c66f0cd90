//! Which grants are looked at, and on which day.

use crate::cli::arguments::authority::prune::PruneArgs;
use crate::cli::clock::today;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::settings::resolved::Settings;
use crate::cli::settings::trust::Trust;
use std::path::PathBuf;
use wayseal::keys::Day;

/// Grants to be erased when they are over.
pub struct PrunePlan {
    /// Grants, or folders of them.
    pub paths: Vec<PathBuf>,
    /// What they are checked and opened with.
    pub trust: Trust,
    /// The day on which a grant is over or not.
    pub today: Day,
    /// Whether nothing is erased.
    pub dry_run: bool,
}

impl PrunePlan {
    /// Resolves the arguments against the settings and the clock.
    pub fn new(typed: PruneArgs, settings: &Settings, language: Language) -> Result<Self, Failure> {
        let trust = settings.trust(typed.authority.as_deref(), typed.identity.as_deref());
        Ok(Self { paths: typed.paths, trust, today: today(language)?, dry_run: typed.dry_run })
    }
}
