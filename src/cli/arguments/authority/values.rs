//! Values of grants.

use crate::cli::language::value::ValueError;
use wayseal::keys::{Region, SealerId, Tier};
use wayseal::signed::grant::{Purpose, Reopen};

pub fn purpose(name: &str) -> Result<Purpose, ValueError> {
    name.parse().map_err(|_| ValueError::Purpose)
}

pub fn reopen(name: &str) -> Result<Reopen, ValueError> {
    name.parse().map_err(|_| ValueError::Reopen)
}

pub fn tier(name: &str) -> Result<Tier, ValueError> {
    let tiers = [Tier::Delivery, Tier::Contact];
    tiers.into_iter().find(|tier| tier.name() == name).ok_or(ValueError::Tier)
}

pub fn sealer(number: &str) -> Result<SealerId, ValueError> {
    number.parse().ok().and_then(SealerId::new).ok_or(ValueError::Sealer)
}

pub fn recipient(text: &str) -> Result<String, ValueError> {
    wayseal::signed::envelope::is_recipient(text).then(|| text.to_owned()).ok_or(ValueError::Recipient)
}

pub fn region(number: &str) -> Result<Region, ValueError> {
    number.parse().ok().and_then(Region::new).ok_or(ValueError::Region)
}
