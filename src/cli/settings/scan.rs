//! The plan of `wayseal scan`: which labels, opened with which keys, shown how.

use super::resolved::Settings;
use crate::cli::arguments::scan::{ScanArgs, Tiers};
use crate::cli::clock::{now, today};
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::settings::trust::Trust;
use std::path::PathBuf;
use wayseal::keys::Day;
use wayseal::signed::grant::Purpose;
use wayseal::verifier::Want;

/// Where labels come from, what opens them, and how they are shown.
pub struct ScanPlan {
    /// Where labels come from.
    pub labels: Labels,
    /// What opens them.
    pub key: ScanKey,
    /// What they are opened for.
    pub purpose: Purpose,
    /// Which sections are opened.
    pub want: Want,
    /// Whether JSON lines are printed.
    pub json: bool,
}

/// Where labels come from.
pub enum Labels {
    /// Files and folders.
    Pictures(Vec<PathBuf>),
    /// A video on the standard input.
    Frames,
}

/// What opens labels.
pub enum ScanKey {
    /// State folders of devices, one a carrier: every attempt is logged.
    Device {
        /// The folders, at least one.
        states: Vec<PathBuf>,
        /// Seconds since 1970.
        now: u64,
    },
    /// A grant alone, on a day.
    Grant {
        /// The grant's file.
        file: PathBuf,
        /// What it is checked and opened with.
        trust: Trust,
        /// The day of scanning.
        day: Day,
    },
}

impl ScanPlan {
    /// Resolves the arguments against the settings and the clock.
    pub fn new(typed: ScanArgs, settings: &Settings, language: Language) -> Result<Self, Failure> {
        let want = match typed.want {
            Tiers::Held => Want::Held,
            Tiers::Delivery => Want::Delivery,
            Tiers::Contact => Want::Contact,
            Tiers::Both => Want::Both,
        };
        let key = match (typed.state, typed.grant) {
            (states, _) if !states.is_empty() => ScanKey::Device { states, now: now() },
            (_, grant) => ScanKey::Grant {
                file: grant.unwrap_or_else(|| PathBuf::from("scanner.grant")),
                trust: Trust {
                    json: typed.json,
                    ..settings.trust(typed.authority.as_deref(), typed.identity.as_deref())
                },
                day: typed.day.map_or_else(|| today(language), Ok)?,
            },
        };
        let labels = if typed.frames { Labels::Frames } else { Labels::Pictures(typed.pictures) };
        Ok(Self { labels, key, purpose: typed.purpose, want, json: typed.json })
    }
}
