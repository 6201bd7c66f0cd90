//! Why no station is found for an order.

use super::served::ServedBy;
use crate::keys::Day;
use thiserror::Error;

/// Why no station is found for an order. It says what was looked for, and nothing of the address.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Unserved {
    /// No item matches.
    #[error("no station of the file of stations serves its {}; add the station's code, or the area to the file", levels(.0))]
    Nowhere(Vec<ServedBy>),
    /// The most specific items that match are of several stations.
    #[error("{} stations serve its {}: {}; add the code of one", .1.len(), level(*.0), .1.join(", "))]
    Several(ServedBy, Vec<String>),
    /// The station's first day is later.
    #[error("station {0} begins on {1}; add the code of the one that serves the address until then")]
    NotYet(String, Day),
    /// The station is over, and names no successor.
    #[error("station {0} was over after {1} and has no successor; add the code of another")]
    Over(String, Day),
    /// The station is over, and which of its successors serves the address the file of stations does not say.
    #[error(
        "station {0} was over after {1}, and the file of stations does not say which of its successors serves the \
         address: {list}; add the code of one", list = .2.join(", ")
    )]
    Undecided(String, Day, Vec<String>),
}

fn levels(levels: &[ServedBy]) -> String {
    if levels.is_empty() {
        return "address, which has neither a division nor a postcode".to_owned();
    }
    levels.iter().map(|served| level(*served)).collect::<Vec<_>>().join(", ")
}

const fn level(served: ServedBy) -> &'static str {
    match served {
        ServedBy::Country => "country",
        ServedBy::Province => "province",
        ServedBy::City => "city",
        ServedBy::District => "district",
        ServedBy::Street => "street",
        ServedBy::Postcode | ServedBy::PostcodeRange => "postcode",
    }
}
