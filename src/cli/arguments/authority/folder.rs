//! Where the authority is, and what opens it.

use crate::cli::arguments::secrets::SecretsArgs;
use clap::Args;
use std::path::PathBuf;

/// Where the authority is, and what opens it.
#[derive(Args)]
pub struct AuthorityFolderArgs {
    /// The authority's folder
    #[arg(long, value_name = "FOLDER", default_value = "authority")]
    pub folder: PathBuf,
    #[command(flatten)]
    pub secrets: SecretsArgs,
    /// An identity to open an authority that is sealed to age recipients
    #[arg(long, value_name = "FILE")]
    pub identity: Option<PathBuf>,
    #[cfg(feature = "hsm")]
    #[command(flatten)]
    pub token: super::token::TokenArgs,
}
