//! Arguments of `wayseal print` and `wayseal printer-test`.

use crate::cli::arguments::values::{DotsPerInch, size};
use clap::Args;
use std::path::PathBuf;
use wayseal::label::Format;

#[derive(Args)]
pub struct PrintArgs {
    /// Files in the printer's language, as `seal --format zpl` or `tspl` writes them
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// tcp://HOST, tcp://HOST:PORT, or the path of a device or spool file
    #[arg(long, value_name = "PRINTER")]
    pub to: String,
}

#[derive(Args)]
pub struct PrinterTestArgs {
    /// The format: zpl or tspl for a printer, png, svg or pdf to look at
    #[arg(long, default_value = "zpl")]
    pub format: Format,
    /// Let the printer draw the codes
    #[arg(long)]
    pub native: bool,
    /// Width and height in millimetres
    #[arg(long, default_value = "100x150", value_parser = size)]
    pub size: (u32, u32),
    /// The printer's dots per inch
    #[arg(long, value_enum, default_value = "203")]
    pub dpi: DotsPerInch,
    /// The printer: tcp://HOST, tcp://HOST:PORT, or the path of a device
    #[arg(long, value_name = "PRINTER", conflicts_with = "output")]
    pub print: Option<String>,
    /// The file to write; the standard output if not given
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}
