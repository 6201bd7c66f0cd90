//! The file of stations, read.

use crate::cli::failure::Failure;
use std::path::Path;
use wayseal::batch::stations::Stations;
use wayseal::files;

/// The largest file of stations.
const STATIONS_MAX: u64 = 1 << 30;

/// The stations of a file.
pub fn stations_of(path: &Path) -> Result<Stations, Failure> {
    let bytes = files::read(path, STATIONS_MAX).map_err(Failure::input)?;
    Stations::parse(&bytes).map_err(|error| Failure::input(format!("{}: {error}", path.display())))
}
