//! A carrier's stations: maps the station codes of orders to the regions and sites of the key tree, and addresses to the
//! stations that serve them.
//!
//! - `table`: the file of stations, and lookups by code and by place; `station`: one of them; `error`: why a file is not used.
//! - `life`: from when and until when a station exists; `resolve`: who follows it, and which stations a grant reaches.
//! - `served`: the divisions and postcodes that stations serve; `postcodes`: the latter; `item`: what both are written as;
//!   `register`: which codes were in the file before; `holders`: who has one of them; `unserved`: why there is no station for an order.

mod error;
mod holders;
mod item;
mod life;
mod postcodes;
mod register;
mod resolve;
mod served;
mod station;
mod table;
mod unserved;

pub use error::StationsError;
pub use life::{Life, RESERVED_DAYS};
pub use register::{GivenAgain, REGISTER_MAX, StationsRegister};
pub use resolve::{Resolved, StationReached};
pub use served::{Destination, ServedBy};
pub use station::Station;
pub use table::Stations;
pub use unserved::Unserved;
