//! `wayseal log report`.

use super::Desk;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub struct Report {
    /// Logs, or what was handed in
    #[arg(required = true, value_name = "FILE")]
    logs: Vec<PathBuf>,
    #[command(flatten)]
    desk: Desk,
}

impl Report {
    pub fn run(&self, _language: Language) -> Result<u8, Failure> {
        Err(Failure::usage("not yet"))
    }
}
