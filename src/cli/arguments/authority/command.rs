//! What `wayseal authority` does.

use super::{audit, grant, prune, revoke, root, shares, show};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum AuthorityCommand {
    /// Make the root and the signing keys, sealed under a passphrase or to age recipients
    Init(root::AuthorityInitArgs),
    /// Make a grant, or with --devices those of many devices
    Grant(Box<grant::GrantCommand>),
    /// Print a grant without its keys
    Show(show::ShowGrantArgs),
    /// Revoke sealers and scanners: the next revocation list
    Revoke(revoke::Revoke),
    /// Name the labels of a sample that no sealer made
    Audit(audit::Audit),
    /// Erase grants that are over
    Prune(prune::Prune),
    /// Take a new root into use, beside the one before
    Rotate(root::Rotate),
    /// Erase the roots before the newest, at the end of a change-over
    Retire(root::Retire),
    /// A backup in shares, and its restore
    #[command(subcommand)]
    Shares(shares::Shares),
}
