//! Arguments of `wayseal authority`.

use super::{audit, decoys, deliveries, enquiry, grant, prune, revoke, root, shares, show, sign_stations};
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
    /// Find the labels of a sample that no sealer made
    Audit(audit::AuditArgs),
    /// Judge the delivery codes of sign-offs: right, wrong, not given, or of an unknown first label
    Deliveries(deliveries::DeliveriesArgs),
    /// Open one label for an enquiry, by two officers and on a log
    OpenOne(enquiry::OpenOneArgs),
    /// Check and print the log of enquiries
    Enquiries(enquiry::EnquiriesArgs),
    /// Keep the handles of decoys in a sealed file, for reports on logs
    Decoys(decoys::DecoysArgs),
    /// Erase expired grants
    Prune(prune::PruneArgs),
    /// Sign the file of stations, so that a changed one is refused
    SignStations(sign_stations::SignStationsArgs),
    /// Add a new root and make grants from it; the old one stays until `retire`
    Rotate(root::RotateArgs),
    /// Erase all roots but the newest, at the end of a change-over
    Retire(root::RetireArgs),
    /// Back up the authority in shares, or restore it
    #[command(subcommand)]
    Shares(shares::SharesCommand),
}
