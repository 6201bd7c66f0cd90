//! Arguments of `wayseal bench`.

use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub struct BenchArgs {
    /// Also write the table as a chart, an SVG file
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Seconds for each figure
    #[arg(long, default_value = "0.8", value_name = "SECONDS")]
    pub seconds: f64,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
    /// Repeat one kind of work and do nothing else, for a tool that counts instructions
    #[arg(long, value_enum, requires = "times", hide = true)]
    pub count: Option<Counted>,
    #[arg(long, requires = "count", hide = true)]
    pub times: Option<usize>,
}

/// What is counted.
#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Counted {
    /// A record to the text of the QR code.
    Seal,
    /// An encoded record to the text.
    SealEncoded,
    /// The text to the record.
    Open,
    /// A record to its two plaintexts.
    Codec,
    /// The people of an order to the summary of its label, masked and checked.
    Mask,
    /// The text to modules.
    Symbol,
    /// An order to a page.
    Compose,
    /// The page to a PNG, composing included.
    Png,
    /// The page to ZPL, composing included.
    Zpl,
    /// An order to ZPL of a stream in which the printer draws the codes and stores glyphs.
    ZplNative,
}
