//! The plan of `wayseal authority deliveries`.

use super::folder::AuthorityFolder;
use crate::cli::arguments::authority::deliveries::DeliveriesArgs;
use crate::cli::clock::today;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::settings::log::AuditorFolder;
use crate::cli::settings::resolved::Settings;
use std::collections::BTreeSet;
use std::path::PathBuf;
use wayseal::keys::{Day, SealerId};

/// Logs whose sign-offs are judged.
pub struct DeliveriesPlan {
    /// Logs, or files that were handed in.
    pub logs: Vec<PathBuf>,
    /// The authority's folder.
    pub place: AuthorityFolder,
    /// The auditor's folder.
    pub auditor: AuditorFolder,
    /// The sealers that only replace labels.
    pub desks: BTreeSet<SealerId>,
    /// The day of the judgement.
    pub day: Day,
    /// The file of the verdicts.
    pub output: Option<PathBuf>,
    /// Whether JSON lines are printed.
    pub json: bool,
}

impl DeliveriesPlan {
    /// Resolves the arguments against the settings and the clock.
    pub fn new(typed: DeliveriesArgs, settings: &Settings, language: Language) -> Result<Self, Failure> {
        let day = typed.day.map_or_else(|| today(language), Ok)?;
        let auditor =
            AuditorFolder { folder: typed.auditor, passphrase: settings.passphrase(&typed.place.secrets) };
        let desks = typed.desk.iter().flat_map(|(from, until)| *from..=*until).filter_map(SealerId::new);
        Ok(Self {
            logs: typed.logs,
            auditor,
            desks: desks.collect(),
            place: AuthorityFolder::new(typed.place, settings),
            day,
            output: typed.output,
            json: typed.json,
        })
    }
}
