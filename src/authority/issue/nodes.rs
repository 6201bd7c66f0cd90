//! The nodes of the key tree that a scope contains.

use super::lives::Lives;
use super::scope::Scope;
use crate::authority::day_keys::{DayKeys, Days, IssueError, below};
use crate::keys::{AliasKey, Generation, KeyPath, Node, Tier};
use crate::secret::scrubbed;

/// The nodes of a scope, day by day and tier by tier; of each station those of its days.
pub(super) fn nodes(
    keys: &(impl DayKeys + ?Sized),
    scope: &Scope<'_>,
    tiers: &[Tier],
    days: Days,
    lives: &Lives,
) -> Result<Vec<Node>, IssueError> {
    let places = match scope {
        Scope::Sealer { destinations, .. } => 2 * destinations.len() + 1,
        Scope::Scanner { stations, .. } | Scope::Relay { stations } | Scope::Desk { stations } => {
            tiers.len() * stations.len()
        }
        Scope::Region { regions, .. }
        | Scope::RegionIssuer { regions, .. }
        | Scope::RegionDesk { regions } => tiers.len() * regions.len(),
        Scope::DayIssuer => tiers.len(),
        Scope::Stop => 0,
    };
    // Allocated once: a vector that grows leaves an unwiped copy of the keys.
    let mut nodes = Vec::with_capacity(days.count() as usize * places);
    let mut day_key = Node::empty();
    let mut site_key = Node::empty();
    for day in days.each() {
        for &tier in tiers {
            let day_path = KeyPath::day(Generation::from(keys.generation()), tier, day);
            // A region's office has no day key: its nodes are derived from those that it has.
            let whole = match keys.day_key(tier, day, &mut day_key) {
                Ok(()) => true,
                Err(IssueError::NoDay(_)) => false,
                Err(error) => return Err(error),
            };
            let push = |path: KeyPath, nodes: &mut Vec<Node>| {
                nodes.push(Node::empty());
                match nodes.last_mut() {
                    Some(last) if whole => below(&day_key, path, last),
                    Some(last) => keys.node(path, last),
                    None => Ok(()),
                }
            };
            match scope {
                Scope::Sealer { sealer, .. } if tier == Tier::Origin => {
                    let path = KeyPath::origin(day_path.generation_of(), day, *sealer);
                    push(path, &mut nodes)?;
                }
                Scope::Sealer { sealer, destinations } => {
                    // The contact tier's leaves need the delivery tier too, for the alias.
                    let mut delivery = Node::empty();
                    keys.day_key(Tier::Delivery, day, &mut delivery)?;
                    for &(region, site) in destinations.iter().filter(|station| lives.hold(**station, day)) {
                        // The alias of both tiers' leaves derives from the delivery tier's site key.
                        below(&delivery, delivery.path().region(region).site(site), &mut site_key)?;
                        let alias = scrubbed(|| AliasKey::try_from(&site_key).map(|key| key.alias(*sealer)));
                        let alias = alias.map_err(|_| IssueError::NoDay(day))?;
                        push(day_path.region(region).site(site).sealer(alias), &mut nodes)?;
                    }
                }
                Scope::Scanner { stations, .. } | Scope::Relay { stations } | Scope::Desk { stations } => {
                    for &(region, site) in stations.iter().filter(|station| lives.hold(**station, day)) {
                        push(day_path.region(region).site(site), &mut nodes)?;
                    }
                }
                Scope::Region { regions, .. }
                | Scope::RegionIssuer { regions, .. }
                | Scope::RegionDesk { regions } => {
                    for &region in *regions {
                        push(day_path.region(region), &mut nodes)?;
                    }
                }
                Scope::DayIssuer => push(day_path, &mut nodes)?,
                Scope::Stop => {}
            }
        }
    }
    Ok(nodes)
}
