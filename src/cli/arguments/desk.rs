//! Arguments of `wayseal relabel` and `wayseal return`.

use crate::cli::arguments::values::{DotsPerInch, size};
use clap::{ArgGroup, Args};
use std::path::PathBuf;
use wayseal::label::Format;

/// What both commands of a desk take.
#[derive(Args)]
#[command(group(ArgGroup::new("out").required(true).args(["print", "output"])))]
pub struct DeskArgs {
    /// Pictures of labels, folders of them, or - for lines of a wedge scanner on standard input
    #[arg(required = true)]
    pub labels: Vec<PathBuf>,
    /// The state folder of the desk's device, with a grant of the role desk and a sealer's
    #[arg(long, value_name = "FOLDER")]
    pub state: PathBuf,
    /// The file of stations
    #[arg(long, value_name = "FILE")]
    pub stations: Option<PathBuf>,
    /// Print each label at once, on the printer that `print --to` takes
    #[arg(long, value_name = "PRINTER")]
    pub print: Option<String>,
    /// Write each label into this folder, by its waybill number
    #[arg(short, long, value_name = "FOLDER")]
    pub output: Option<PathBuf>,
    /// The format; zpl for a printer and png for a folder if not given
    #[arg(long)]
    pub format: Option<Format>,
    /// The template of the labels
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
    /// Width and height in millimetres, such as 100x150, or 4x6in, or A6; the template's, or 100x150, if not given
    #[arg(long, value_parser = size)]
    pub size: Option<(f64, f64)>,
    /// The printer's dots per inch; the template's, or 203, if not given
    #[arg(long, value_enum)]
    pub dpi: Option<DotsPerInch>,
    /// The goods, as printed on each label; none if not given
    #[arg(long, default_value = "")]
    pub goods: String,
    /// A remark for the carrier, as printed on each label; none if not given
    #[arg(long, default_value = "")]
    pub remark: String,
    /// Print nothing of an address but its division, as on labels of discreet orders: the old label does not say which
    /// it was
    #[arg(long)]
    pub discreet: bool,
    /// Print JSON lines
    #[arg(long)]
    pub json: bool,
}

/// Give parcels new labels, for another station or in place of worn ones. Nobody's data is shown: the desk's device
/// opens each label, logs it, seals it again, and prints it, in one step.
#[derive(Args)]
pub struct RelabelArgs {
    #[command(flatten)]
    pub desk: DeskArgs,
    /// The station to which the parcels go
    #[arg(long, value_name = "STATION")]
    pub to: String,
}

/// Give parcels labels that bring them back: the sender becomes the recipient. A label without a sender goes to the
/// place of its sealer, and says so.
#[derive(Args)]
#[command(group(ArgGroup::new("where").required(true).multiple(true).args(["to", "places"])))]
pub struct ReturnArgs {
    #[command(flatten)]
    pub desk: DeskArgs,
    /// The station to which all parcels go
    #[arg(long, value_name = "STATION")]
    pub to: Option<String>,
    /// A CSV file of places by sealer and range of waybill numbers: station, and as needed sealer, from, until, name,
    /// phone, province, city, district, detail; the first line that fits is taken
    #[arg(long, value_name = "FILE")]
    pub places: Option<PathBuf>,
}
