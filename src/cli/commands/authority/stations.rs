//! Looks up stations by their codes.

use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::failure as text;
use wayseal::authority::issue::Destination;
use wayseal::batch::stations::Stations;

pub fn find(codes: &[String], stations: &Stations, language: Language) -> Result<Vec<Destination>, Failure> {
    let find = |code: &String| {
        let station = stations.find(code);
        station
            .map(|station| (station.region, station.site))
            .ok_or_else(|| Failure::usage(text::no_station(language, code)))
    };
    codes.iter().map(find).collect()
}
