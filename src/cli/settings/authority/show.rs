//! Which grant is shown, and what it is checked and opened with.

use crate::cli::arguments::authority::show::ShowGrantArgs;
use crate::cli::settings::resolved::Settings;
use crate::cli::settings::trust::Trust;
use std::path::PathBuf;

/// A grant to be shown.
pub struct ShowPlan {
    /// The grant's file.
    pub grant: PathBuf,
    /// What it is checked and opened with.
    pub trust: Trust,
    /// Whether JSON is printed.
    pub json: bool,
}

impl ShowPlan {
    /// Resolves the arguments against the settings and the clock.
    pub fn new(typed: ShowGrantArgs, settings: &Settings) -> Self {
        let trust = settings.trust(typed.authority.as_deref(), typed.identity.as_deref());
        Self { grant: typed.grant, trust, json: typed.json }
    }
}
