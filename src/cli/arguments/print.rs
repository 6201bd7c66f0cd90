//! Arguments of `wayseal print` and `wayseal printer-test`.

use crate::cli::arguments::values::{DotsPerInch, size};
use clap::Args;
use std::path::PathBuf;
use wayseal::label::Format;

#[derive(Args)]
pub struct PrintArgs {
    /// Files in the printer's language, as `seal --format zpl`, `tspl` or `cpcl` writes them
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// The printer: tcp://HOST, HOST:PORT, ipp://HOST/printers/NAME, lp:NAME for a queue of CUPS here, or the path of
    /// a device or spool file; on Windows also a printer's name
    #[arg(long, value_name = "PRINTER")]
    pub to: String,
    /// Skip the labels before this waybill number; - reads the last good label's bar code, QR code or handle from
    /// the standard input, and continues after it
    #[arg(long, value_name = "WAYBILL")]
    pub from: Option<String>,
    #[command(flatten)]
    pub printing: PrintingArgs,
}

/// What every command that prints labels takes.
#[derive(Args, Clone, Default)]
pub struct PrintingArgs {
    /// The file of what was sent when, to which printer; printed.jsonl if not given
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
    /// Print these labels again, and no others: a waybill number, or a file with one in each line; all prints all
    /// again; may be repeated
    #[arg(long, value_name = "WAYBILL|FILE|all")]
    pub reprint: Vec<String>,
    /// How long a printer may take no data, report a fault, or keep the connection open after the last label; 300
    /// for the first two and 60 for the last if not given
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub patience: Option<u64>,
}

impl PrintingArgs {
    /// Whether nothing was given.
    pub const fn is_empty(&self) -> bool {
        self.ledger.is_none() && self.reprint.is_empty() && self.patience.is_none()
    }
}

#[derive(Args)]
pub struct PrinterTestArgs {
    /// The format: zpl, tspl or cpcl for a printer, png, svg or pdf to look at
    #[arg(long, default_value = "zpl")]
    pub format: Format,
    /// Let the printer draw the codes
    #[arg(long)]
    pub native: bool,
    /// The template with the printer's settings, which the label then shows
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
    /// Width and height in millimetres, such as 100x150, or 4x6in, or A6; the template's, or 100x150, if not given
    #[arg(long, value_parser = size)]
    pub size: Option<(f64, f64)>,
    /// The printer's dots per inch; the template's, or 203, if not given
    #[arg(long, value_enum)]
    pub dpi: Option<DotsPerInch>,
    /// The printer, as `print --to` takes it
    #[arg(long, value_name = "PRINTER", conflicts_with = "output")]
    pub print: Option<String>,
    /// The file to write; the standard output if not given
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}
