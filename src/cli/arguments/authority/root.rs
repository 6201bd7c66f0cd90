//! Arguments of `wayseal authority init`, `rotate` and `retire`.

use crate::cli::arguments::authority::folder::AuthorityFolderArgs;
use clap::Args;
use wayseal::authority::custody::RETENTION_DAYS;

#[derive(Args)]
pub struct AuthorityInitArgs {
    #[command(flatten)]
    pub place: AuthorityFolderArgs,
    /// Seal it to this age recipient instead of a passphrase; may be given more than once
    #[arg(long, value_name = "RECIPIENT")]
    pub recipient: Vec<String>,
    /// Make the root in the PKCS #11 token of this label, which never exports it; given twice, in two tokens that must
    /// both take part
    #[cfg(feature = "hsm")]
    #[arg(long, value_name = "LABEL")]
    pub token: Vec<String>,
    /// The number of the root; its lowest bit is in every label
    #[arg(long, default_value_t = 0)]
    pub generation: u32,
}

#[derive(Args)]
pub struct RotateArgs {
    #[command(flatten)]
    pub place: AuthorityFolderArgs,
    /// Seal it to this age recipient; may be given more than once. Those of before if not given
    #[arg(long, value_name = "RECIPIENT")]
    pub recipient: Vec<String>,
}

#[derive(Args)]
pub struct RetireArgs {
    #[command(flatten)]
    pub place: AuthorityFolderArgs,
    /// Days for which labels are kept for returns and enquiries
    #[arg(long, value_name = "DAYS", default_value_t = RETENTION_DAYS)]
    pub retention: u16,
    /// Erase the roots although such labels need them
    #[arg(long)]
    pub although_needed: bool,
    /// Seal it to this age recipient; may be given more than once. Those of before if not given
    #[arg(long, value_name = "RECIPIENT")]
    pub recipient: Vec<String>,
}
