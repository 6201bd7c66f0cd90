//! What `wayseal authority` does.

use super::{audit, grant, prune, revoke, root, shares, show};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum AuthorityCommand {
    /// Make the root and the signing keys, sealed under a passphrase or to age recipients
    Init(root::AuthorityInitArgs),
    /// Make a grant, or with --devices those of many devices
    Grant(Box<grant::GrantCommandArgs>),
    /// Print a grant without its keys
    Show(show::ShowGrantArgs),
    /// Revoke sealers and scanners: the next revocation list
    Revoke(revoke::RevokeArgs),
    /// Name the labels of a sample that no sealer made
    Audit(audit::AuditArgs),
    /// Erase grants that are over
    Prune(prune::PruneArgs),
    /// Take a new root into use, beside the one before
    Rotate(root::RotateArgs),
    /// Erase the roots before the newest, at the end of a change-over
    Retire(root::RetireArgs),
    /// A backup in shares, and its restore
    #[command(subcommand)]
    Shares(shares::SharesCommand),
}
