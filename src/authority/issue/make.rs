//! Making grants, which the caller signs.

use super::limits::{Limits, keep_limits, keep_regions};
use super::lives::Lives;
use super::nodes::nodes;
use super::scope::Scope;
use super::terms::{GrantKeys, GrantTerms};
use crate::authority::day_keys::{DayKeys, Days, IssueError};
use crate::keys::Region;
use crate::signed::certificate::{self, Ceilings, CertificateTerms, SignsGrants};
use crate::signed::grant::{Grant, Purpose, Role, SCANNER_DAYS};
use crate::signed::issuer_key::IssuerKey;
use crate::signed::revocation::RevocationList;

/// Makes a grant; the caller signs it.
///
/// # Errors
/// [`IssueError`]: a limit of the role, days that the keys do not reach, or nothing to open.
pub fn issue(
    keys: &(impl DayKeys + ?Sized),
    terms: GrantTerms,
    scope: &Scope<'_>,
    days: Days,
    limit: Limits,
) -> Result<Grant, IssueError> {
    issue_within(keys, terms, scope, days, limit, &Lives::default())
}

/// The same, without keys of a station for days on which it does not exist.
///
/// # Errors
/// As [`issue`].
pub fn issue_within(
    keys: &(impl DayKeys + ?Sized),
    terms: GrantTerms,
    scope: &Scope<'_>,
    days: Days,
    limit: Limits,
    lives: &Lives,
) -> Result<Grant, IssueError> {
    let role = scope.role();
    let tiers = scope.tiers();
    keep_regions(scope, days, limit)?;
    if limit == Limits::Kept {
        keep_limits(role, &tiers, days, terms.issued)?;
    }
    let nodes = nodes(keys, scope, &tiers, days, lives)?;
    if nodes.is_empty() && role != Role::Stop {
        return Err(IssueError::Nothing);
    }
    let generation = keys.generation();
    Ok(terms.grant(GrantKeys { role, generation, tiers, days, nodes, labels: Vec::new() }))
}

/// Checks a grant against the revocation list: no revoked holder or sealer gets a day from its first doubtful one on.
///
/// # Errors
/// [`IssueError::Revoked`].
pub fn permit(
    list: &RevocationList,
    terms: &GrantTerms,
    scope: &Scope<'_>,
    days: Days,
) -> Result<(), IssueError> {
    let sealer = match scope {
        Scope::Sealer { sealer, .. } => list.sealer(*sealer),
        _ => None,
    };
    let holders = [&terms.to, &terms.device].map(|name| list.holder(name));
    let issuer = match scope {
        Scope::DayIssuer | Scope::RegionIssuer { .. } | Scope::Stop => list.issuer(&terms.to),
        _ => None,
    };
    let from = holders.into_iter().chain([sealer, issuer]).flatten().min();
    match from {
        Some(from) if days.until >= from => Err(IssueError::Revoked { from }),
        _ => Ok(()),
    }
}

/// Makes the grant of an issuer or of a duty officer: the keys of its scope, and a signing key certified for them. The
/// purposes and the budget of `terms` are ceilings of the grants that it signs; no purpose means all.
///
/// # Errors
/// As [`issue`], and [`IssueError::Random`].
pub fn issuer(
    authority: &(impl DayKeys + SignsGrants),
    terms: GrantTerms,
    scope: &Scope<'_>,
    days: Days,
    limit: Limits,
) -> Result<Grant, IssueError> {
    // The block's number is the grant's serial, which is the time of issue: another has no block.
    let serials = certificate::serials(terms.serial).ok_or(IssueError::Clock)?;
    let mut grant = issue(authority, terms, scope, days, limit)?;
    let (roles, regions): (&[Role], &[Region]) = match scope {
        Scope::DayIssuer => {
            (&[Role::Sealer, Role::Scanner, Role::Region, Role::Relay, Role::Desk, Role::Pass], &[])
        }
        Scope::RegionIssuer { regions, .. } => (&[Role::Scanner, Role::Pass], regions),
        _ => (&[], &[]),
    };
    let span = days.until.number().saturating_sub(days.from.number()).saturating_add(1);
    let ceilings = Ceilings {
        roles: roles.to_vec(),
        tiers: grant.tiers.clone(),
        purposes: match &*grant.purposes {
            [] if grant.role != Role::Stop => Purpose::ALL.to_vec(),
            purposes => purposes.to_vec(),
        },
        budget: grant.budget,
        days: span.min(SCANNER_DAYS),
    };
    let certified = CertificateTerms {
        role: grant.role,
        name: grant.to.clone(),
        generation: grant.generation,
        issued: grant.issued,
        from: days.from,
        until: days.until,
        regions: regions.to_vec(),
        serials,
        ceilings,
    };
    grant.issuer_key = Some(IssuerKey::generate(authority, certified).map_err(IssueError::Random)?);
    Ok(grant)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authority::custody::Authority;
    use crate::authority::issue::Destination;
    use crate::keys::{Day, SealerId, Site, Tier};
    use crate::signed::grant::GrantError;

    const TODAY: Day = Day::new(2500);
    /// The number of an issuer's block too.
    const SERIAL: u64 = 1 << 30;

    fn terms() -> GrantTerms {
        GrantTerms::new("device", SERIAL, (u64::from(TODAY.number()) + Day::UNIX_OFFSET) * 86_400)
    }

    fn station() -> Destination {
        (Region::new(9).unwrap(), Site::new(3).unwrap())
    }

    #[test]
    fn a_grant_beyond_its_roles_limits_is_made_only_with_limits_lifted() {
        let authority = Authority::generate(0).unwrap();
        let (tiers, stations, regions) = ([Tier::Delivery, Tier::Contact], [station()], [station().0]);
        let sealer = Scope::Sealer { sealer: SealerId::new(7).unwrap(), destinations: &stations };
        let scanner = Scope::Scanner { tiers: &tiers, stations: &stations };
        let region = Scope::Region { tiers: &tiers[..1], regions: &regions };
        let both = Scope::Region { tiers: &tiers, regions: &regions };
        let relay = Scope::Relay { stations: &stations };
        let tomorrow = Day::new(TODAY.number() + 1);
        // The most that each role may hold, and one day more.
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
            assert!(make(bad, Limits::Lifted).is_ok(), "{scope:?} {bad:?}");
        }
        let hub = Scope::RegionDesk { regions: &regions };
        let make = |days, limit| issue(&authority, terms(), &hub, days, limit);
        let refused = make(Days::ending(TODAY, 1), Limits::Kept).unwrap_err();
        assert!(matches!(refused, IssueError::Regions { role: Role::Desk }));
        assert_eq!(make(Days::ending(TODAY, 7), Limits::Lifted).unwrap().nodes.len(), 14);
        let refused = make(Days::ending(TODAY, 8), Limits::Lifted).unwrap_err();
        assert!(matches!(refused, IssueError::Days { role: Role::Desk, most: 7 }));
        let error = issue(&authority, terms(), &both, Days::from(TODAY, 1), Limits::Kept).unwrap_err();
        assert!(matches!(error, IssueError::Tiers { role: Role::Region }));
        let nothing = Scope::Scanner { tiers: &tiers, stations: &[] };
        let error = issue(&authority, terms(), &nothing, Days::from(TODAY, 1), Limits::Kept).unwrap_err();
        assert!(matches!(error, IssueError::Nothing));
    }

    #[test]
    fn who_is_revoked_gets_no_day_from_the_first_doubtful_one_on() {
        let mut list = RevocationList::none();
        let seven = SealerId::new(7).unwrap();
        list.revoke_sealers([crate::verifier::Revoked { sealer: seven, from: TODAY }]);
        list.revoke_holders([("lost".to_owned(), TODAY), ("age1lost".to_owned(), TODAY)]);
        let stations = [station()];
        let sealer = |sealer| Scope::Sealer { sealer, destinations: &stations };
        let scanner = Scope::Scanner { tiers: &[Tier::Delivery], stations: &stations };
        let (before, reaching) = (Days::ending(Day::new(TODAY.number() - 1), 2), Days::ending(TODAY, 2));
        let named =
            |to: &str, device: &str| GrantTerms { device: device.into(), ..GrantTerms::new(to, 1, 0) };
        for (terms, scope) in [
            (named("shop", ""), sealer(seven)),
            (named("lost", ""), scanner),
            (named("other", "age1lost"), scanner),
        ] {
            permit(&list, &terms, &scope, before).unwrap();
            let refused = permit(&list, &terms, &scope, reaching);
            assert!(matches!(refused, Err(IssueError::Revoked { from: TODAY })), "{terms:?}");
        }
        let eight = SealerId::new(8).unwrap();
        permit(&list, &named("shop", ""), &sealer(eight), reaching).unwrap();
        permit(&list, &named("found", "age1"), &scanner, reaching).unwrap();
    }

    #[test]
    fn a_day_issuer_makes_the_same_keys_for_its_day_and_none_for_another() {
        let authority = Authority::generate(3).unwrap();
        let file =
            issuer(&authority, terms(), &Scope::DayIssuer, Days::from(TODAY, 1), Limits::Kept).unwrap();
        let file = file.sign(&authority).unwrap();
        let held = Grant::verify(&file, &authority.public()).unwrap();
        let stations = [station()];
        let scope = Scope::Sealer { sealer: SealerId::new(7).unwrap(), destinations: &stations };
        let days = Days::from(TODAY, 1);
        let own = || GrantTerms { serial: SERIAL << 20, ..terms() };
        let offline = issue(&held, own(), &scope, days, Limits::Kept).unwrap();
        let whole = issue(&authority, own(), &scope, days, Limits::Kept).unwrap();
        let keys = |grant: &Grant| -> Vec<_> {
            grant.nodes.iter().map(|node| (node.path(), *node.key().expose())).collect()
        };
        assert_eq!(keys(&offline), keys(&whole));

        // Signed with the issuer's own key, and taken by a device that pins the authority alone.
        let key = held.issuer_key.as_ref().unwrap();
        let signed = offline.sign(key).unwrap();
        assert_eq!(Grant::verify(&signed, &authority.public()).unwrap().to, "device");
        let other = Authority::generate(3).unwrap();
        assert!(matches!(Grant::verify(&signed, &other.public()), Err(GrantError::Signature)));

        let tomorrow = Days::from(Day::new(TODAY.number() + 1), 1);
        let error = issue(&held, own(), &scope, tomorrow, Limits::Lifted).unwrap_err();
        assert!(matches!(error, IssueError::NoDay(day) if day == tomorrow.from));
        // Its signature is refused for another day, another generation or another issuer's grant, even with keys
        // from elsewhere.
        let stolen = issue(&authority, own(), &scope, tomorrow, Limits::Kept).unwrap();
        let refused = |grant: &Grant| matches!(grant.sign(key), Err(GrantError::BeyondIssuer));
        assert!(refused(&stolen));
        assert!(refused(&held));
        let next = Authority::generate(4).unwrap();
        assert!(refused(&issue(&next, own(), &scope, days, Limits::Kept).unwrap()));
    }
}
