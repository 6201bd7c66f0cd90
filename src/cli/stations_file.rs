//! Reads the file of stations, and `points.csv`, the pick-up points, in the same folder.

use crate::cli::failure::Failure;
use crate::cli::language::Language;
use std::path::Path;
use wayseal::batch::points::Points;
use wayseal::batch::stations::Stations;
use wayseal::files;

/// The largest file of stations.
const STATIONS_MAX: u64 = 1 << 30;

/// The stations of a file.
pub fn stations_of(path: &Path, language: Language) -> Result<Stations, Failure> {
    let bytes = files::read(path, STATIONS_MAX).map_err(|error| Failure::input(language.file(&error)))?;
    let stations = Stations::parse(&bytes)
        .map_err(|error| Failure::input(format!("{}: {}", path.display(), language.stations(&error))))?;
    Ok(stations.with_points(points_of(&path.with_file_name("points.csv"), language)?))
}

/// The pick-up points of a file; none if it is not there.
fn points_of(path: &Path, language: Language) -> Result<Points, Failure> {
    match files::read(path, STATIONS_MAX) {
        Ok(bytes) => {
            Points::parse(&bytes).map_err(|error| Failure::input(format!("{}: {error}", path.display())))
        }
        Err(error) if error.is_missing() => Ok(Points::default()),
        Err(error) => Err(Failure::input(language.file(&error))),
    }
}
