//! Arguments of `wayseal log`.

use crate::cli::arguments::pin::PinArgs;
use crate::cli::arguments::secrets::SecretsArgs;
use crate::cli::language::value::ValueError;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use wayseal::device::operators::Operator;

#[derive(Subcommand)]
pub enum LogCommand {
    /// Make the auditor's key, which checks logs and opens no label
    Auditor(LogInitArgs),
    /// Make a device's enrolment file, which starts its log
    Enrol(EnrolArgs),
    /// Auditor: give an operator a PIN, or remove one; the list goes into devices' inboxes
    Operator(OperatorArgs),
    /// Auditor: a challenge for a device's hand-in, used once
    Challenge(ChallengeArgs),
    /// Device: answer a challenge, and put answer and log in one file
    HandIn(HandInArgs),
    /// Auditor: check what was handed in, sign its head, and release the next keys
    Sign(SignArgs),
    /// Device: take a signed head, and the keys that came with it
    Accept(AcceptHeadArgs),
    /// Auditor: check that a log is as the device wrote it, and name the entries that are not
    Verify(VerifyArgs),
    /// Auditor: report what all devices did, as a table, JSON, or a page with charts
    Report(ReportArgs),
}

/// The auditor's folder: `auditor.key`, `auditor.pub`, and for each device its last signed head and its open challenge.
#[derive(Args)]
pub struct AuditorFolderArgs {
    /// The auditor's folder
    #[arg(long, value_name = "FOLDER", default_value = "auditor")]
    pub auditor: PathBuf,
    #[command(flatten)]
    pub secrets: SecretsArgs,
}

#[derive(Args)]
pub struct LogInitArgs {
    #[command(flatten)]
    pub desk: AuditorFolderArgs,
    /// Put the key under a passphrase, which every later step of the auditor asks for
    #[arg(long)]
    pub protect: bool,
}

#[derive(Args)]
pub struct EnrolArgs {
    /// The device's name, as its grants have it: letters, digits, `.`, `_` and `-`
    pub device: String,
    #[command(flatten)]
    pub desk: AuditorFolderArgs,
    /// The authority's public key, which the device will pin
    #[arg(long, value_name = "FILE")]
    pub authority: Option<PathBuf>,
    /// The enrolment file; a secret until the device is set up
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

#[derive(Args)]
pub struct OperatorArgs {
    /// The operator's number
    pub number: Operator,
    #[command(flatten)]
    pub desk: AuditorFolderArgs,
    #[command(flatten)]
    pub pin: PinArgs,
    /// Remove the operator from the list
    #[arg(long, conflicts_with_all = ["pin_file", "pin_fd"])]
    pub remove: bool,
}

#[derive(Args)]
pub struct ChallengeArgs {
    /// The device's name
    pub device: String,
    #[command(flatten)]
    pub desk: AuditorFolderArgs,
}

#[derive(Args)]
pub struct HandInArgs {
    /// The device's state folder
    #[arg(long, value_name = "FOLDER")]
    pub state: PathBuf,
    /// The auditor's challenge
    #[arg(long, value_name = "DIGITS")]
    pub challenge: String,
    /// The file to hand in
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

#[derive(Args)]
pub struct SignArgs {
    /// What the device handed in
    #[arg(value_name = "FILE")]
    pub handed: PathBuf,
    #[command(flatten)]
    pub desk: AuditorFolderArgs,
    /// The next grant, released with the head and only then; sealed to the device, the auditor cannot read it
    #[arg(long, value_name = "FILE")]
    pub keys: Option<PathBuf>,
    /// The log before this one, whose key was lost with the key store's: asked for with the first hand-in of the log that names it
    #[arg(long, value_name = "FILE")]
    pub before: Option<PathBuf>,
    /// The folder for the device's inbox: the head, and the keys
    #[arg(short, long, value_name = "FOLDER")]
    pub output: PathBuf,
}

#[derive(Args)]
pub struct AcceptHeadArgs {
    /// The head, and the grant if one was released
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The device's state folder
    #[arg(long, value_name = "FOLDER")]
    pub state: PathBuf,
}

#[derive(Args)]
pub struct VerifyArgs {
    /// Logs, or what was handed in
    #[arg(required = true, value_name = "FILE")]
    pub logs: Vec<PathBuf>,
    #[command(flatten)]
    pub desk: AuditorFolderArgs,
    /// Print JSON lines
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct ReportArgs {
    /// Logs, or what was handed in
    #[arg(required = true, value_name = "FILE")]
    pub logs: Vec<PathBuf>,
    #[command(flatten)]
    pub desk: AuditorFolderArgs,
    /// A file of decoys, whose openings are named; may be given more than once
    #[arg(long, value_name = "FILE")]
    pub decoys: Vec<PathBuf>,
    /// The identity that opens files of decoys which are sealed to age recipients
    #[arg(long, value_name = "FILE", requires = "decoys")]
    pub identity: Option<PathBuf>,
    /// The hours of work
    #[arg(long, value_name = "HH:MM-HH:MM", default_value = "06:00-22:00", value_parser = hours)]
    pub shift: (u32, u32),
    /// Offset of local time from UTC
    #[arg(long, value_name = "±HH:MM", default_value = "+08:00", value_parser = ahead, allow_hyphen_values = true)]
    pub ahead: i32,
    /// Count what `authority deliveries -o FILE` said of the delivery codes
    #[arg(long, value_name = "FILE")]
    pub deliveries: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Write a page with charts, one file that loads nothing else
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
}

pub fn minutes(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 24 && minutes < 60 && hours * 60 + minutes <= 1440).then_some(hours * 60 + minutes)
}

pub fn hours(text: &str) -> Result<(u32, u32), ValueError> {
    let both = text.split_once('-').and_then(|(from, until)| Some((minutes(from)?, minutes(until)?)));
    both.ok_or(ValueError::Hours)
}

pub fn ahead(text: &str) -> Result<i32, ValueError> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let minutes = minutes(rest).filter(|minutes| *minutes <= 14 * 60);
    minutes.map(|minutes| sign * minutes.cast_signed()).ok_or(ValueError::Offset)
}
