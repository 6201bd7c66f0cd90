//! Arguments of `wayseal authority audit`.

use crate::cli::arguments::authority::folder::AuthorityFolderArgs;
use clap::Args;
use std::path::PathBuf;
use wayseal::keys::Day;

#[derive(Args)]
pub struct AuditArgs {
    #[command(flatten)]
    pub place: AuthorityFolderArgs,
    /// Pictures of labels, folders of them, or texts of codes: .txt, .jsonl of `inspect --json`, - for these on
    /// standard input
    #[arg(required = true)]
    pub labels: Vec<PathBuf>,
    /// The tenants of a service that seals for many: a number on each line, and its name after a comma. The one whose salt
    /// fits is named
    #[arg(long, value_name = "FILE")]
    pub tenants: Option<PathBuf>,
    /// The day of the audit, such as 2026-11-24; today if not given
    #[arg(long)]
    pub day: Option<Day>,
    /// Print JSON lines
    #[arg(long)]
    pub json: bool,
}
