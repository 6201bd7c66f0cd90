//! What a grant is made from, of stations in a file: their places in the key tree, and when each exists.

use std::sync::Arc;
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{Destination, Lives};
use wayseal::batch::stations::Station;

pub fn places_and_lives<'s>(stations: impl Iterator<Item = &'s Arc<Station>>) -> (Vec<Destination>, Lives) {
    let with_life =
        |it: &Arc<Station>| ((it.region, it.site), Days { from: it.life.first(), until: it.life.last() });
    let all: Vec<_> = stations.map(with_life).collect();
    (all.iter().map(|(place, _)| *place).collect(), all.into_iter().collect())
}
