//! Arguments of `wayseal scan`.

use crate::cli::language::value::ValueError;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use wayseal::keys::Day;
use wayseal::signed::grant::Purpose;

/// With `--state` every attempt is logged on the device before its record is printed, and the grant's purposes and
/// budget apply. With `--grant` alone nothing is logged: for tests and for desks that keep their own record.
#[derive(Args)]
pub struct ScanArgs {
    /// Pictures of labels, folders of them, or - for standard input
    #[arg(required_unless_present = "frames")]
    pub pictures: Vec<PathBuf>,
    /// Standard input is a video, JPEG after JPEG, as `ffmpeg -f v4l2 -i /dev/video0 -c copy -f mjpeg -` writes it
    #[arg(long, conflicts_with = "pictures")]
    pub frames: bool,
    /// A device's state folder: grants, log, budget; once for each carrier that is served here
    #[arg(long, value_name = "FOLDER", required_unless_present = "grant", conflicts_with_all = ["grant", "authority", "day"])]
    pub state: Vec<PathBuf>,
    /// What the labels are opened for: deliver, return, relabel, enquiry
    #[arg(long = "for", value_name = "PURPOSE", default_value = "deliver", value_parser = purpose, requires = "state")]
    pub purpose: Purpose,
    /// A scanner's grant, without a log
    #[arg(long, value_name = "FILE")]
    pub grant: Option<PathBuf>,
    /// The authority's public key
    #[arg(long, value_name = "FILE")]
    pub authority: Option<PathBuf>,
    /// The identity that opens a grant sealed to this device
    #[arg(long, value_name = "FILE")]
    pub identity: Option<PathBuf>,
    /// The sections to open: held is what the grant opens; a tier that the grant lacks is refused
    #[arg(long, value_enum, default_value = "held")]
    pub want: Tiers,
    /// Print JSON lines
    #[arg(long)]
    pub json: bool,
    /// The day of scanning, such as 2026-11-24; today if not given
    #[arg(long)]
    pub day: Option<Day>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Tiers {
    Held,
    Delivery,
    Contact,
    Both,
}

pub fn purpose(name: &str) -> Result<Purpose, ValueError> {
    name.parse().map_err(|_| ValueError::OpeningPurpose)
}
