//! Values of grants.

use wayseal::keys::{Region, SealerId, Tier};
use wayseal::signed::grant::{Purpose, Reopen, UnknownName};

pub fn purpose(name: &str) -> Result<Purpose, String> {
    name.parse()
        .map_err(|unknown: UnknownName| format!("not a purpose; they are {}", unknown.known().join(", ")))
}

pub fn reopen(name: &str) -> Result<Reopen, String> {
    name.parse().map_err(|_| "not allow, count or refuse".to_owned())
}

pub fn tier(name: &str) -> Result<Tier, String> {
    let tiers = [Tier::Delivery, Tier::Contact];
    tiers.into_iter().find(|tier| tier.name() == name).ok_or_else(|| "not delivery or contact".to_owned())
}

pub fn sealer(number: &str) -> Result<SealerId, String> {
    number.parse().ok().and_then(SealerId::new).ok_or_else(|| "not a number of 0 to 16777215".to_owned())
}

pub fn recipient(text: &str) -> Result<String, String> {
    let recipient = text.to_owned();
    wayseal::signed::envelope::is_recipient(text)
        .then_some(recipient)
        .ok_or_else(|| "not an age recipient, age1…; `wayseal device init` prints the device's".to_owned())
}

pub fn region(number: &str) -> Result<Region, String> {
    number.parse().ok().and_then(Region::new).ok_or_else(|| "not a number of 0 to 4095".to_owned())
}
