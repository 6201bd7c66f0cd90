//! Which nodes each role gets, and the limits that keep a lost grant small.
//!
//! Grants are made from day keys, whoever holds them: the authority makes them from the root, and a day
//! issuer's grant is one day's of them.

use super::day_keys::{DayKeys, Days, IssueError, below};
use crate::keys::{AliasKey, Day, Node, Path, Region, SealerId, Site, Tier};
use crate::secret::scrubbed;
use crate::signed::delegate::Delegate;
use crate::signed::grant::{Grant, Purpose, REGION_DAYS, Reopening, Role, SCANNER_DAYS, SEALER_DAYS};
use crate::signed::revocation::Revocations;
use crate::signed::signer::Signs;

/// A destination.
pub type Destination = (Region, Site);

/// Whom a grant is for, and on which terms.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The device or person.
    pub to: String,
    /// The age recipient that the grant is sealed to, or empty.
    pub device: String,
    /// The grant's serial, larger than any before it for this device.
    pub serial: u64,
    /// Now, in seconds since 1970.
    pub issued: u64,
    /// What labels may be opened for.
    pub purposes: Vec<Purpose>,
    /// Labels a shift; `None` for no limit.
    pub budget: Option<u32>,
    /// Which labels may be opened once more.
    pub reopening: Reopening,
    /// The least number of the revocation list to be held.
    pub revocations: u64,
    /// Whether the keys that the device holds already stay.
    pub top_up: bool,
}

impl Terms {
    /// A grant that replaces what was held, without a budget, for deliveries.
    #[must_use]
    pub fn new(to: impl Into<String>, serial: u64, issued: u64) -> Self {
        Self {
            to: to.into(),
            device: String::new(),
            serial,
            issued,
            purposes: vec![Purpose::Deliver],
            budget: None,
            reopening: Reopening::default(),
            revocations: 0,
            top_up: false,
        }
    }
}

/// What a grant reaches.
#[derive(Clone, Copy, Debug)]
pub enum Scope<'a> {
    /// For each day an origin leaf, and for each destination a leaf of both tiers.
    Sealer {
        /// The sealer's number.
        sealer: SealerId,
        /// The stations that it sends to.
        destinations: &'a [Destination],
    },
    /// The site keys of its stations.
    Scanner {
        /// The tiers that it opens.
        tiers: &'a [Tier],
        /// Its stations.
        stations: &'a [Destination],
    },
    /// The keys of its regions.
    Region {
        /// The tiers that it opens, usually one.
        tiers: &'a [Tier],
        /// Its regions.
        regions: &'a [Region],
    },
    /// The contact keys of stations.
    Relay {
        /// The stations that it rings for.
        stations: &'a [Destination],
    },
    /// The day keys themselves, and a signing key of its own.
    DayIssuer,
}

impl Scope<'_> {
    /// The role of such a grant.
    #[must_use]
    pub const fn role(&self) -> Role {
        match self {
            Self::Sealer { .. } => Role::Sealer,
            Self::Scanner { .. } => Role::Scanner,
            Self::Region { .. } => Role::Region,
            Self::Relay { .. } => Role::Relay,
            Self::DayIssuer => Role::DayIssuer,
        }
    }

    fn tiers(&self) -> Vec<Tier> {
        let mut tiers = match self {
            Self::Sealer { .. } | Self::DayIssuer => vec![Tier::Origin, Tier::Delivery, Tier::Contact],
            Self::Scanner { tiers, .. } | Self::Region { tiers, .. } => tiers.to_vec(),
            Self::Relay { .. } => vec![Tier::Contact],
        };
        tiers.sort_unstable();
        tiers.dedup();
        tiers
    }
}

/// Whether the limits of a role hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limits {
    /// They do.
    Kept,
    /// Somebody said that they do not, for this grant.
    Lifted,
}

/// The most days of a role, how many days after the day of issue the last may be, and the most tiers.
const fn limits(role: Role) -> (u16, u16, usize) {
    match role {
        Role::Sealer => (SEALER_DAYS, SEALER_DAYS - 1, 3),
        Role::Scanner | Role::Relay => (SCANNER_DAYS, 1, 2),
        Role::Region => (REGION_DAYS, 1, 1),
        Role::DayIssuer => (1, SEALER_DAYS - 1, 3),
    }
}

/// Makes a grant; the caller signs it.
///
/// # Errors
/// [`IssueError`]: a limit of the role, days that the keys do not reach, or nothing to open.
pub fn issue(
    keys: &(impl DayKeys + ?Sized),
    terms: Terms,
    scope: &Scope<'_>,
    days: Days,
    limit: Limits,
) -> Result<Grant, IssueError> {
    let role = scope.role();
    let tiers = scope.tiers();
    if limit == Limits::Kept {
        keep_limits(role, &tiers, days, terms.issued)?;
    }
    let nodes = nodes(keys, scope, &tiers, days)?;
    if nodes.is_empty() {
        return Err(IssueError::Nothing);
    }
    let Terms { to, device, serial, issued, mut purposes, budget, reopening, revocations, top_up } = terms;
    purposes.sort_unstable();
    purposes.dedup();
    Ok(Grant {
        role,
        to,
        device,
        serial,
        generation: keys.generation(),
        issued,
        from: days.from,
        until: days.until,
        tiers,
        purposes,
        budget,
        reopening,
        revocations,
        top_up,
        nodes,
        delegate: None,
    })
}

/// Whether the revocation list lets a grant be made: no revoked holder gets a day from its first doubtful one
/// on, and no revoked sealer does.
///
/// # Errors
/// [`IssueError::Revoked`].
pub fn permit(list: &Revocations, terms: &Terms, scope: &Scope<'_>, days: Days) -> Result<(), IssueError> {
    let sealer = match scope {
        Scope::Sealer { sealer, .. } => list.sealer(*sealer),
        _ => None,
    };
    let holders = [&terms.to, &terms.device].map(|name| list.holder(name));
    let from = holders.into_iter().chain([sealer]).flatten().min();
    match from {
        Some(from) if days.until >= from => Err(IssueError::Revoked { from }),
        _ => Ok(()),
    }
}

/// A day issuer's grant: the day's keys of every tier, and a signing key certified for that day.
///
/// # Errors
/// As [`issue`], and [`IssueError::Random`].
pub fn day_issuer(
    authority: &(impl DayKeys + Signs),
    terms: Terms,
    days: Days,
    limit: Limits,
) -> Result<Grant, IssueError> {
    let mut grant = issue(authority, terms, &Scope::DayIssuer, days, limit)?;
    let delegate = Delegate::generate(authority, authority.generation(), days.from, days.until);
    grant.delegate = Some(delegate.map_err(|_| IssueError::Random)?);
    Ok(grant)
}

fn keep_limits(role: Role, tiers: &[Tier], days: Days, issued: u64) -> Result<(), IssueError> {
    let (most, ahead, most_tiers) = limits(role);
    if days.count() > u32::from(most) {
        return Err(IssueError::Days { role, most });
    }
    let today = Day::of_unix(issued).ok_or(IssueError::Clock)?;
    if days.until.number() > today.number().saturating_add(ahead) {
        return Err(IssueError::Ahead { role, ahead, today });
    }
    if tiers.len() > most_tiers {
        return Err(IssueError::Tiers { role });
    }
    Ok(())
}

fn nodes(
    keys: &(impl DayKeys + ?Sized),
    scope: &Scope<'_>,
    tiers: &[Tier],
    days: Days,
) -> Result<Vec<Node>, IssueError> {
    let places = match scope {
        Scope::Sealer { destinations, .. } => 2 * destinations.len() + 1,
        Scope::Scanner { stations, .. } | Scope::Relay { stations } => tiers.len() * stations.len(),
        Scope::Region { regions, .. } => tiers.len() * regions.len(),
        Scope::DayIssuer => tiers.len(),
    };
    // Room for all, so that growing leaves no copy of a key behind.
    let mut nodes = Vec::with_capacity(days.count() as usize * places);
    let mut day_key = Node::empty();
    let mut site_key = Node::empty();
    for day in days.each() {
        for &tier in tiers {
            keys.day_key(tier, day, &mut day_key)?;
            let day_path = day_key.path();
            match scope {
                Scope::Sealer { sealer, .. } if tier == Tier::Origin => {
                    let path = Path::origin(day_path.generation_of(), day, *sealer);
                    push(&day_key, path, &mut nodes)?;
                }
                Scope::Sealer { sealer, destinations } => {
                    let mut delivery = Node::empty();
                    keys.day_key(Tier::Delivery, day, &mut delivery)?;
                    for &(region, site) in *destinations {
                        // Both tiers' leaves use the alias that the delivery tier's site key gives.
                        below(&delivery, delivery.path().region(region).site(site), &mut site_key)?;
                        let alias = scrubbed(|| AliasKey::try_from(&site_key).map(|key| key.alias(*sealer)));
                        let alias = alias.map_err(|_| IssueError::NoDay(day))?;
                        push(&day_key, day_path.region(region).site(site).sealer(alias), &mut nodes)?;
                    }
                }
                Scope::Scanner { stations, .. } | Scope::Relay { stations } => {
                    for &(region, site) in *stations {
                        push(&day_key, day_path.region(region).site(site), &mut nodes)?;
                    }
                }
                Scope::Region { regions, .. } => {
                    for &region in *regions {
                        push(&day_key, day_path.region(region), &mut nodes)?;
                    }
                }
                Scope::DayIssuer => push(&day_key, day_path, &mut nodes)?,
            }
        }
    }
    Ok(nodes)
}

fn push(from: &Node, path: Path, nodes: &mut Vec<Node>) -> Result<(), IssueError> {
    nodes.push(Node::empty());
    match nodes.last_mut() {
        Some(last) => below(from, path, last),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authority::custody::Authority;
    use crate::signed::grant::GrantError;

    const TODAY: Day = Day::new(2500);

    fn terms() -> Terms {
        Terms::new("device", 1, (u64::from(TODAY.number()) + Day::UNIX_OFFSET) * 86_400)
    }

    fn station() -> Destination {
        (Region::new(9).unwrap(), Site::new(3).unwrap())
    }

    #[test]
    fn a_grant_beyond_its_roles_limits_is_made_only_when_told_so() {
        let authority = Authority::generate(0).unwrap();
        let (tiers, stations, regions) = ([Tier::Delivery, Tier::Contact], [station()], [station().0]);
        let sealer = Scope::Sealer { sealer: SealerId::new(7).unwrap(), destinations: &stations };
        let scanner = Scope::Scanner { tiers: &tiers, stations: &stations };
        let region = Scope::Region { tiers: &tiers[..1], regions: &regions };
        let both = Scope::Region { tiers: &tiers, regions: &regions };
        let relay = Scope::Relay { stations: &stations };
        let tomorrow = Day::new(TODAY.number() + 1);
        // The most that each may hold, and what is one too much.
        for (scope, good, bad) in [
            (sealer, Days::from(TODAY, 3), Days::from(TODAY, 4)),
            (sealer, Days::from(TODAY, 1), Days::from(tomorrow, 3)),
            (scanner, Days::ending(TODAY, 14), Days::ending(TODAY, 15)),
            (scanner, Days::ending(tomorrow, 14), Days::from(Day::new(TODAY.number() + 2), 1)),
            (region, Days::ending(TODAY, 2), Days::ending(TODAY, 3)),
            (relay, Days::ending(TODAY, 14), Days::ending(TODAY, 15)),
            (Scope::DayIssuer, Days::from(TODAY, 1), Days::from(TODAY, 2)),
        ] {
            let make = |days, limit| issue(&authority, terms(), &scope, days, limit);
            assert!(make(good, Limits::Kept).is_ok(), "{scope:?} {good:?}");
            assert!(make(bad, Limits::Kept).is_err(), "{scope:?} {bad:?}");
            let lifted = make(bad, Limits::Lifted).unwrap();
            assert!(lifted.sign(&authority).is_ok(), "{scope:?} {bad:?}");
        }
        let error = issue(&authority, terms(), &both, Days::from(TODAY, 1), Limits::Kept).unwrap_err();
        assert_eq!(error, IssueError::Tiers { role: Role::Region });
        let nothing = Scope::Scanner { tiers: &tiers, stations: &[] };
        let error = issue(&authority, terms(), &nothing, Days::from(TODAY, 1), Limits::Kept).unwrap_err();
        assert_eq!(error, IssueError::Nothing);
    }

    #[test]
    fn who_is_revoked_gets_no_day_from_the_first_doubtful_one_on() {
        let mut list = Revocations::none();
        let seven = SealerId::new(7).unwrap();
        list.revoke_sealers([crate::verifier::Revoked { sealer: seven, from: TODAY }]);
        list.revoke_holders([("lost".to_owned(), TODAY), ("age1lost".to_owned(), TODAY)]);
        let stations = [station()];
        let sealer = |sealer| Scope::Sealer { sealer, destinations: &stations };
        let scanner = Scope::Scanner { tiers: &[Tier::Delivery], stations: &stations };
        let (before, reaching) = (Days::ending(Day::new(TODAY.number() - 1), 2), Days::ending(TODAY, 2));
        let named = |to: &str, device: &str| Terms { device: device.into(), ..Terms::new(to, 1, 0) };
        for (terms, scope) in [
            (named("shop", ""), sealer(seven)),
            (named("lost", ""), scanner),
            (named("other", "age1lost"), scanner),
        ] {
            assert_eq!(permit(&list, &terms, &scope, before), Ok(()));
            assert_eq!(
                permit(&list, &terms, &scope, reaching),
                Err(IssueError::Revoked { from: TODAY }),
                "{terms:?}"
            );
        }
        let eight = SealerId::new(8).unwrap();
        assert_eq!(permit(&list, &named("shop", ""), &sealer(eight), reaching), Ok(()));
        assert_eq!(permit(&list, &named("found", "age1"), &scanner, reaching), Ok(()));
    }

    #[test]
    fn a_day_issuer_makes_the_same_keys_for_its_day_and_none_for_another() {
        let authority = Authority::generate(3).unwrap();
        let file = day_issuer(&authority, terms(), Days::from(TODAY, 1), Limits::Kept).unwrap();
        let file = file.sign(&authority).unwrap();
        let issuer = Grant::verify(&file, &authority.public()).unwrap();
        let stations = [station()];
        let scope = Scope::Sealer { sealer: SealerId::new(7).unwrap(), destinations: &stations };
        let days = Days::from(TODAY, 1);
        let offline = issue(&issuer, terms(), &scope, days, Limits::Kept).unwrap();
        let own = issue(&authority, terms(), &scope, days, Limits::Kept).unwrap();
        let keys = |grant: &Grant| -> Vec<_> {
            grant.nodes.iter().map(|node| (node.path(), *node.key().expose())).collect()
        };
        assert_eq!(keys(&offline), keys(&own));

        // Signed with the issuer's own key, and taken by a device that pins the authority alone.
        let delegate = issuer.delegate.as_ref().unwrap();
        let signed = offline.sign(delegate).unwrap();
        assert_eq!(Grant::verify(&signed, &authority.public()).unwrap().to, "device");
        let other = Authority::generate(3).unwrap();
        assert!(matches!(Grant::verify(&signed, &other.public()), Err(GrantError::Signature)));

        let tomorrow = Days::from(Day::new(TODAY.number() + 1), 1);
        let error = issue(&issuer, terms(), &scope, tomorrow, Limits::Lifted).unwrap_err();
        assert_eq!(error, IssueError::NoDay(tomorrow.from));
        // Nor does its signature hold for another day, another generation or another issuer's grant, even
        // with keys that it got elsewhere.
        let stolen = issue(&authority, terms(), &scope, tomorrow, Limits::Kept).unwrap();
        let refused = |grant: &Grant| {
            let bytes = grant.sign(delegate).unwrap();
            matches!(Grant::verify(&bytes, &authority.public()), Err(GrantError::BeyondIssuer))
        };
        assert!(refused(&stolen));
        assert!(refused(&issuer));
        let next = Authority::generate(4).unwrap();
        assert!(refused(&issue(&next, terms(), &scope, days, Limits::Kept).unwrap()));
    }
}
