//! Arguments of `wayseal courier`.

use crate::cli::arguments::authority::values::purpose;
use crate::cli::arguments::pin::PinArgs;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use wayseal::device::operators::Operator;
use wayseal::signed::grant::Purpose;

/// The courier's screen: scan with a wedge scanner, or type. Lines from a pipe work too.
///
/// Keys, each followed by Enter: 1 sign off, 2 next purpose, 3 today's list, 4 another outcome than delivered, 5 take back what
/// was said last, 7 ask a colleague for parcels, 0 end; F1 to F5, F7 and Esc do the same at once. 3 and a number, as in 3 12, chooses a parcel of the list, 6 and
/// the last digits of a phone, as in 6 5678, the parcel of that phone; so does its bar code. 1 and the recipient's delivery code, as in 1 0794009, signs off with it. Enter alone hides the
/// record. The last line shows what is typed and not yet entered; a key that was pressed by accident is dropped
/// after five seconds.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct CourierArgs {
    /// The device's state folder; once for each carrier that is served here
    #[arg(long, value_name = "FOLDER", required = true)]
    pub state: Vec<PathBuf>,
    /// Seconds after which a record is hidden
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub conceal: u64,
    /// Ask for the recipient's delivery code at each sign-off
    #[arg(long)]
    pub code: bool,
    /// Answer each line with a JSON object
    #[arg(long)]
    pub json: bool,
    #[command(subcommand)]
    pub step: Option<CourierCommand>,
}

#[derive(Subcommand)]
pub enum CourierCommand {
    /// Set up a device: start its log, and pin the auditor and the authority
    Init(CourierInitArgs),
    /// Make the depot's secret key, with which devices lock their keys
    Depot(DepotArgs),
    /// Scan the day's parcels at the depot, then lock the keys of stations
    Load(LoadArgs),
    /// Begin an operator's shift with number and PIN, or end it
    Shift(CourierShiftArgs),
    /// Ask a colleague for parcels: a request, to be shown as a QR code
    Ask(AskArgs),
    /// Give parcels to the colleague who asked: a pass for that device
    Give(GiveArgs),
    /// Take the pass that a colleague gave
    Take(TakeArgs),
    /// Back at the depot: unlock the keys of stations, and erase the day's
    Unlock(UnlockArgs),
}

#[derive(Args)]
pub struct CourierInitArgs {
    /// The file that `wayseal log enrol` made
    #[arg(long, value_name = "FILE")]
    pub enrolment: PathBuf,
    /// The device's state folder
    #[arg(long, value_name = "FOLDER")]
    pub state: PathBuf,
}

#[derive(Args)]
pub struct DepotArgs {
    /// The file of the secret key; it stays at the depot
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

#[derive(Args)]
pub struct LoadArgs {
    /// Pictures of labels, folders of them, or - for lines of a wedge scanner on standard input
    #[arg(required = true)]
    pub labels: Vec<PathBuf>,
    /// The device's state folder
    #[arg(long, value_name = "FOLDER")]
    pub state: PathBuf,
    /// The depot's age recipient, as `wayseal courier depot` printed it
    #[arg(long, value_name = "AGE1…")]
    pub depot: String,
}

#[derive(Args)]
pub struct AskArgs {
    /// The device's state folder
    #[arg(long, value_name = "FOLDER")]
    pub state: PathBuf,
    /// Write the request to a file; without this and --png its digits are printed
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Draw the QR code to be shown, as a PNG
    #[arg(long, value_name = "FILE")]
    pub png: Option<PathBuf>,
}

#[derive(Args)]
pub struct GiveArgs {
    /// Pictures of labels, folders of them, or - for lines of a wedge scanner on standard input
    #[arg(required = true)]
    pub labels: Vec<PathBuf>,
    /// The device's state folder
    #[arg(long, value_name = "FOLDER")]
    pub state: PathBuf,
    /// The colleague's request: its file, or its digits in a file
    #[arg(long, value_name = "FILE")]
    pub request: PathBuf,
    /// What the colleague may open the labels for: deliver, return, relabel
    #[arg(long = "for", value_name = "PURPOSE", default_value = "deliver", value_parser = purpose)]
    pub purpose: Purpose,
    /// The file of the pass, for the colleague's inbox
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Draw the pass as a QR code too, as a PNG; of twenty labels at most
    #[arg(long, value_name = "FILE")]
    pub png: Option<PathBuf>,
}

#[derive(Args)]
pub struct TakeArgs {
    /// The pass: its file, or its digits in a file
    pub pass: PathBuf,
    /// The device's state folder
    #[arg(long, value_name = "FOLDER")]
    pub state: PathBuf,
}

#[derive(Args)]
pub struct UnlockArgs {
    /// The device's state folder
    #[arg(long, value_name = "FOLDER")]
    pub state: PathBuf,
    /// The depot's secret key
    #[arg(long, value_name = "FILE")]
    pub depot_key: PathBuf,
}

#[derive(Args)]
pub struct CourierShiftArgs {
    /// The device's state folder
    #[arg(long, value_name = "FOLDER")]
    pub state: PathBuf,
    /// The operator's number
    #[arg(long, value_name = "NUMBER", required_unless_present = "end", conflicts_with = "end")]
    pub operator: Option<Operator>,
    #[command(flatten)]
    pub pin: PinArgs,
    /// End the shift
    #[arg(long)]
    pub end: bool,
}
