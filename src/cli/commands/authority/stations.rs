//! Stations by their codes.

use crate::cli::failure::Failure;
use wayseal::authority::issue::Destination;
use wayseal::batch::stations::Stations;

pub fn find(codes: &[String], stations: &Stations) -> Result<Vec<Destination>, Failure> {
    let find = |code: &String| {
        let station = stations.find(code);
        station
            .map(|station| (station.region, station.site))
            .ok_or_else(|| Failure::usage(format!("no station {code} in the file of stations")))
    };
    codes.iter().map(find).collect()
}
