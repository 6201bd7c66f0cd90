//! A carrier's stations: maps the station codes of orders to the regions and sites of the key tree, and addresses to the
//! stations that serve them.
//!
//! - `table`: the file of stations, and lookups by code and by place.
//! - `served`: the divisions and postcodes that stations serve; `postcodes`: the latter; `item`: what both are written as.

mod item;
mod postcodes;
mod served;
mod table;

pub use served::{Destination, ServedBy, Unserved};
pub use table::{Station, Stations, StationsError};
