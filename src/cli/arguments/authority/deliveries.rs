//! Arguments of `wayseal authority deliveries`.

use crate::cli::arguments::authority::folder::AuthorityFolderArgs;
use crate::cli::language::value::ValueError;
use clap::Args;
use std::path::PathBuf;
use wayseal::keys::Day;

#[derive(Args)]
pub struct DeliveriesArgs {
    /// Logs, or what was handed in
    #[arg(required = true, value_name = "LOG")]
    pub logs: Vec<PathBuf>,
    #[command(flatten)]
    pub place: AuthorityFolderArgs,
    /// The auditor's folder, whose key checks the logs
    #[arg(long, value_name = "FOLDER", default_value = "auditor")]
    pub auditor: PathBuf,
    /// Sealers that only replace labels, so that a label of theirs is never a parcel's first: a number, or a range
    /// such as 900-919; may be repeated
    #[arg(long, value_name = "SEALER", value_parser = range)]
    pub desk: Vec<(u32, u32)>,
    /// The day of the judgement, such as 2026-11-24; today if not given
    #[arg(long)]
    pub day: Option<Day>,
    /// Write a JSON line for each sign-off, which `log report --deliveries` counts
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Print a JSON line for each sign-off
    #[arg(long)]
    pub json: bool,
}

/// A sealer's number, or the first and the last of a range.
pub fn range(text: &str) -> Result<(u32, u32), ValueError> {
    let (from, until) = text.split_once('-').unwrap_or((text, text));
    let number = |text: &str| text.trim().parse().ok().filter(|number: &u32| *number < 1 << 24);
    let both = number(from).zip(number(until)).filter(|(from, until)| from <= until && until - from < 65_536);
    both.ok_or(ValueError::Sealers)
}
