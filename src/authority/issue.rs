//! Which nodes each role gets.

use crate::authority::custody::Authority;
use crate::authority::grant::{Grant, Role};
use crate::keys::{Alias, AliasKey, Day, Generation, Node, Path, Region, SealerId, Site, Tier};
use crate::secret::scrubbed;

/// Days that a sealer holds at most: the day itself and two ahead.
pub const SEALER_DAYS: u16 = 3;
/// Days that a scanner holds at most, the last of them today.
pub const SCANNER_DAYS: u16 = 14;

/// A destination.
pub type Destination = (Region, Site);

/// Whom a grant is for.
#[derive(Clone, Debug)]
pub struct Holder {
    /// The device or person.
    pub to: String,
    /// The grant's serial.
    pub serial: u64,
}

impl Authority {
    /// A sealer's grant: for each day an origin leaf, and for each destination a leaf of both tiers.
    #[must_use]
    pub fn sealer(
        &self,
        holder: Holder,
        sealer: SealerId,
        from: Day,
        days: u16,
        destinations: &[Destination],
    ) -> Grant {
        let days = days.min(SEALER_DAYS);
        let generation = Generation::of(self.generation());
        let mut nodes = Vec::with_capacity(usize::from(days) * (1 + 2 * destinations.len()));
        for day in span(from, days) {
            nodes.push(self.node(Path::origin(generation, day, sealer)));
            for &(region, site) in destinations {
                let site = |tier| Path::day(generation, tier, day).region(region).site(site);
                let alias = self.alias(site(Tier::Delivery), sealer);
                nodes.push(self.node(site(Tier::Delivery).sealer(alias)));
                nodes.push(self.node(site(Tier::Contact).sealer(alias)));
            }
        }
        let tiers = vec![Tier::Origin, Tier::Delivery, Tier::Contact];
        self.grant(Role::Sealer, holder, from, days, tiers, nodes)
    }

    /// A scanner's grant: the site keys of its station, for the days that end with `until`.
    #[must_use]
    pub fn scanner(
        &self,
        holder: Holder,
        until: Day,
        days: u16,
        tiers: &[Tier],
        stations: &[Destination],
    ) -> Grant {
        let days = days.clamp(1, SCANNER_DAYS).min(until.0.saturating_add(1));
        let from = Day(until.0 - (days - 1));
        let generation = Generation::of(self.generation());
        let mut nodes = Vec::with_capacity(usize::from(days) * tiers.len() * stations.len());
        for day in span(from, days) {
            for &tier in tiers {
                for &(region, site) in stations {
                    nodes.push(self.node(Path::day(generation, tier, day).region(region).site(site)));
                }
            }
        }
        self.grant(Role::Scanner, holder, from, days, tiers.to_vec(), nodes)
    }

    fn grant(
        &self,
        role: Role,
        holder: Holder,
        from: Day,
        days: u16,
        tiers: Vec<Tier>,
        nodes: Vec<Node>,
    ) -> Grant {
        let until = Day(from.0.saturating_add(days.saturating_sub(1)));
        let generation = self.generation();
        Grant { role, to: holder.to, serial: holder.serial, generation, from, until, tiers, nodes }
    }

    /// The node of a path; each path is below the root of this generation.
    fn node(&self, path: Path) -> Node {
        let mut node = Node::empty();
        let derived = scrubbed(|| self.root().derive(path, &mut node));
        debug_assert!(derived.is_ok(), "a path of another generation");
        node
    }

    fn alias(&self, site: Path, sealer: SealerId) -> Alias {
        let site = self.node(site);
        scrubbed(|| AliasKey::of_site(&site).map(|key| key.alias(sealer)))
            .unwrap_or_else(|| unreachable!("a site of the delivery tier has an alias key"))
    }
}

fn span(from: Day, days: u16) -> impl Iterator<Item = Day> {
    (from.0..=u16::MAX).take(usize::from(days)).map(Day)
}
