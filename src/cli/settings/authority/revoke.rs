//! The plan of `wayseal authority revoke`: print the revocation list, or sign the next one.

use super::folder::AuthorityFolder;
use super::source::IssuerFile;
use crate::cli::arguments::authority::revoke::RevokeArgs;
use crate::cli::clock::{now, today};
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::settings::resolved::Settings;
use crate::cli::settings::trust::Trust;
use std::path::PathBuf;
use wayseal::keys::{Day, SealerId};
use wayseal::signed::revocation::LIST_DAYS;

/// What is done with the revocation list.
pub enum RevokePlan {
    /// Print it.
    Print {
        /// The authority's folder.
        folder: PathBuf,
        /// The public key that checks the list.
        trust: Trust,
    },
    /// Sign the next one.
    Sign(Revocation),
    /// Add to it with a stop key.
    Stop {
        /// The stop key's grant.
        key: IssuerFile,
        /// What is added.
        revocation: Revocation,
        /// The file of the additions.
        output: PathBuf,
    },
}

/// What the next list revokes in addition.
pub struct Revocation {
    /// The authority's folder.
    pub place: AuthorityFolder,
    /// Sealers by their numbers.
    pub sealers: Vec<SealerId>,
    /// Scanners and other holders by name or age recipient.
    pub scanners: Vec<String>,
    /// Issuers and stop keys by name.
    pub issuers: Vec<String>,
    /// The first doubtful day of these.
    pub from: Day,
    /// A CSV file of more, each with its own day.
    pub file: Option<PathBuf>,
    /// Whether the newest list is lost everywhere, so that the next one names only what is named now.
    pub list_is_lost: bool,
    /// The last day on which the list is good.
    pub until: Day,
    /// Seconds since 1970: the time of signing.
    pub now: u64,
}

impl RevokePlan {
    /// Resolves the arguments against the settings and the clock.
    pub fn new(typed: RevokeArgs, settings: &Settings, language: Language) -> Result<Self, Failure> {
        if typed.list {
            // The folder's own key is as trusted as the folder, which its owner keeps.
            let usual = typed.place.folder.join("authority.pub");
            let trust = settings.trust(typed.authority.as_deref().or(Some(&usual)), None);
            return Ok(Self::Print { folder: typed.place.folder, trust });
        }
        let from = typed.from.map_or_else(|| today(language), Ok)?;
        let until = match typed.until {
            Some(until) => until,
            None => Day::new(today(language)?.number().saturating_add(LIST_DAYS - 1)),
        };
        let identity = typed.place.identity.as_deref();
        let stop = typed.stop.zip(typed.output);
        let stop = stop.map(|(file, output)| {
            (IssuerFile { file, trust: settings.trust(typed.authority.as_deref(), identity) }, output)
        });
        let revocation = Revocation {
            place: AuthorityFolder::new(typed.place, settings),
            sealers: typed.sealer,
            scanners: typed.scanner,
            issuers: typed.issuer,
            from,
            file: typed.file,
            list_is_lost: typed.list_is_lost,
            until,
            now: now(),
        };
        Ok(match stop {
            Some((key, output)) => Self::Stop { key, revocation, output },
            None => Self::Sign(revocation),
        })
    }
}
