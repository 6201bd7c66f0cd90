//! What is masked, settled.

use super::resolved::Settings;
use crate::cli::arguments::mask::Mask;
use crate::cli::failure::Failure;
use std::path::PathBuf;

/// Orders, their stations, and what is looked for.
pub struct MaskPlan {
    /// Files and folders of orders.
    pub orders: Vec<PathBuf>,
    /// The file of stations.
    pub stations: PathBuf,
    /// Whether only masks that hide too little are printed.
    pub check: bool,
    /// Whether the labels of one person are laid side by side.
    pub union: bool,
}

impl MaskPlan {
    /// Settles what was typed.
    pub fn new(typed: Mask, settings: &Settings) -> Result<Self, Failure> {
        let stations = settings.stations_file(typed.stations.as_deref())?;
        Ok(Self { orders: typed.orders, stations, check: typed.check, union: typed.union })
    }
}
