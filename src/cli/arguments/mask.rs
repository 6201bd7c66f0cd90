//! What `wayseal mask` takes.

use crate::cli::arguments::columns::ColumnsArgs;
use crate::cli::arguments::input::InputArgs;
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub struct MaskArgs {
    /// Files and folders of orders; - is the standard input
    #[arg(required = true)]
    pub orders: Vec<PathBuf>,
    #[command(flatten)]
    pub columns: ColumnsArgs,
    /// The file of stations
    #[arg(long, value_name = "FILE")]
    pub stations: Option<PathBuf>,
    /// The label's template, which says whether buildings are shown
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
    #[command(flatten)]
    pub input: InputArgs,
    /// For lanes where customs asks for an identity number: seal one found in name or address in the note, which is
    /// never printed; without this, such an order is refused
    #[arg(long)]
    pub allow_identity: bool,
    /// Print only the orders whose masks hide too little
    #[arg(long)]
    pub check: bool,
    /// Check as well that the labels of one person, laid side by side, tell nothing beyond one mask
    #[arg(long)]
    pub union: bool,
}
