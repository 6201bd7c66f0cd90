//! Arguments of `wayseal seal`.

use crate::cli::arguments::columns::ColumnsArgs;
use crate::cli::arguments::input::InputArgs;
use crate::cli::arguments::print::PrintingArgs;
use crate::cli::arguments::values::{DotsPerInch, size};
use clap::Args;
use std::num::NonZero;
use std::path::PathBuf;
use wayseal::batch::make::ProductKind;
use wayseal::keys::Day;

#[derive(Args, Clone)]
pub struct SealArgs {
    /// Files and folders of orders: CSV in UTF-8 or GB18030, XLSX, JSON Lines; - is the standard input
    #[arg(required = true)]
    pub orders: Vec<PathBuf>,
    /// The sealer's grant
    #[arg(long, value_name = "FILE")]
    pub grant: PathBuf,
    /// Where labels go: a folder, or a file that ends in .zip, .tar, .pdf, .jsonl, .zpl, .tspl or .cpcl; - is
    /// the standard output
    #[arg(long, value_name = "OUT", required_unless_present_any = ["dry_run", "print", "preview"])]
    pub out: Option<PathBuf>,
    /// Print the labels, in their order: tcp://HOST, HOST:PORT, ipp://HOST/printers/NAME, lp:NAME for a queue
    /// of CUPS here, or the path of a device or spool file; on Windows also a printer's name. ZPL if --format does
    /// not say otherwise
    #[arg(long, value_name = "PRINTER", conflicts_with_all = ["out", "dry_run", "part"])]
    pub print: Option<String>,
    /// The format, if the ending of OUT does not say: png, svg, pdf, zpl, tspl, cpcl, zpl-native, tspl-native (the
    /// printer draws the codes), payload; the QR code alone, for your own layout: symbol, symbol-png, symbol-svg,
    /// symbol-zpl
    #[arg(long)]
    pub format: Option<ProductKind>,
    /// Resume a batch that was stopped, or begin it
    #[arg(long)]
    pub resume: bool,
    /// Replace what an earlier batch has written
    #[arg(long, conflicts_with = "resume")]
    pub overwrite: bool,
    /// Do everything except writing, and show what becomes of each column
    #[arg(long, conflicts_with_all = ["resume", "overwrite", "out"])]
    pub dry_run: bool,
    /// Show what becomes of each column, how many labels go to each station, and the first label, and write no label; in the
    /// terminal, or to a file that ends in .png or .html
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "-",
        conflicts_with_all = ["out", "print", "dry_run", "resume", "overwrite"])]
    pub preview: Option<PathBuf>,
    /// Take at most this number of orders
    #[arg(long, value_name = "ORDERS")]
    pub limit: Option<u64>,
    /// Make one label again, the same bit for bit on the same --day
    #[arg(long, value_name = "WAYBILL", conflicts_with = "limit")]
    pub only: Option<String>,
    /// Skip the rows before this waybill number: to continue after a printer stopped; - reads the last good label's
    /// bar code, QR code or handle from the standard input, and continues after it
    #[arg(long, value_name = "WAYBILL", conflicts_with = "only")]
    pub from: Option<String>,
    #[command(flatten)]
    pub printing: PrintingArgs,
    /// Explain which QR codes the labels have, and why
    #[arg(long)]
    pub explain: bool,
    /// Read every Nth label back from its finished file or commands, and open it, before it counts
    #[arg(long, value_name = "N")]
    pub verify: Option<NonZero<u64>>,
    /// Worker threads; one per core if not given
    #[arg(long, value_name = "THREADS")]
    pub jobs: Option<NonZero<usize>>,
    /// Labels in one ZIP, TAR or PDF, or one folder of a folder, before the next begins
    #[arg(long, value_name = "LABELS")]
    pub part: Option<NonZero<u64>>,
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub columns: ColumnsArgs,
    /// For lanes where customs asks for an identity number: seal one found in name or address in the note, which is
    /// never printed; without this, such an order is refused
    #[arg(long)]
    pub allow_identity: bool,
    /// The file of rejected rows; next to OUT if not given; - is the standard output and fd:N an open descriptor, to
    /// which each goes as a JSON line at once
    #[arg(long, value_name = "FILE|fd:N")]
    pub rejects: Option<PathBuf>,
    /// Ranges of waybill numbers that the carrier assigned, as CSV with first and last: orders without a number get one of
    /// them, each once
    #[arg(long, value_name = "FILE")]
    pub waybills: Option<PathBuf>,
    /// The file of orders for stations that are sealed for from a later day on, by sealed_from in the file of stations
    #[arg(long, value_name = "FILE")]
    pub unsealed: Option<PathBuf>,
    /// Seal rejected rows to whoever corrects them, an age recipient
    #[arg(long, value_name = "RECIPIENT", conflicts_with = "dry_run")]
    pub rejects_for: Option<String>,
    /// Write the delivery code of each label to this file, for the notices to recipients: CSV with waybill, handle and code, or
    /// JSON Lines by its ending; readable by you alone
    #[arg(long, value_name = "FILE", conflicts_with_all = ["dry_run", "preview"])]
    pub codes: Option<PathBuf>,
    /// Seal the delivery codes to whoever sends the notices, an age recipient
    #[arg(long, value_name = "RECIPIENT", requires = "codes")]
    pub codes_for: Option<String>,
    /// Put each label's delivery code into its line of payloads in JSON Lines
    #[arg(long, conflicts_with_all = ["dry_run", "preview"])]
    pub with_codes: bool,
    /// Seal for this tenant of a service, by its number in the service's books: its labels have salts of their own
    #[arg(long, value_name = "NUMBER")]
    pub tenant: Option<u32>,
    /// The authority's public key
    #[arg(long, value_name = "FILE")]
    pub authority: Option<PathBuf>,
    /// The identity that opens a grant sealed to this device
    #[arg(long, value_name = "FILE")]
    pub identity: Option<PathBuf>,
    /// The file of stations
    #[arg(long, value_name = "FILE")]
    pub stations: Option<PathBuf>,
    /// The label's template
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
    /// Font for scripts that the embedded one lacks, such as Arabic or Thai: TrueType or OpenType; may be repeated
    #[arg(long = "font", value_name = "FILE")]
    pub fonts: Vec<PathBuf>,
    /// Width and height in millimetres, such as 100x150, or 4x6in, or A6; the template's, or 100x150, if not given
    #[arg(long, value_parser = size)]
    pub size: Option<(f64, f64)>,
    /// The printer's dots per inch; the template's, or 203, if not given
    #[arg(long, value_enum)]
    pub dpi: Option<DotsPerInch>,
    /// The day of sealing, such as 2026-11-24; today, or the day of the batch that is resumed, if not given
    #[arg(long)]
    pub day: Option<Day>,
    /// Print events as JSON lines
    #[arg(long)]
    pub json: bool,
}
