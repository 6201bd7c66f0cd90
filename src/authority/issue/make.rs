//! Making grants, which the caller signs.

use super::limits::{Limits, keep_limits};
use super::nodes::nodes;
use super::scope::Scope;
use super::terms::GrantTerms;
use crate::authority::day_keys::{DayKeys, Days, IssueError};
use crate::signed::day_issuer::DayIssuerKey;
use crate::signed::grant::Grant;
use crate::signed::revocation::RevocationList;
use crate::signed::signer::Signs;

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
    let role = scope.role();
    let tiers = scope.tiers();
    if limit == Limits::Kept {
        keep_limits(role, &tiers, days, terms.issued)?;
    }
    let nodes = nodes(keys, scope, &tiers, days)?;
    if nodes.is_empty() {
        return Err(IssueError::Nothing);
    }
    let GrantTerms { to, device, serial, issued, mut purposes, budget, reopening, revocations, top_up } =
        terms;
    // The file format wants ascending purposes without duplicates.
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
        day_issuer: None,
    })
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
    let from = holders.into_iter().chain([sealer]).flatten().min();
    match from {
        Some(from) if days.until >= from => Err(IssueError::Revoked { from }),
        _ => Ok(()),
    }
}

/// Makes a day issuer's grant: the keys of all tiers for the days, and a signing key certified for them.
///
/// # Errors
/// As [`issue`], and [`IssueError::Random`].
pub fn day_issuer(
    authority: &(impl DayKeys + Signs),
    terms: GrantTerms,
    days: Days,
    limit: Limits,
) -> Result<Grant, IssueError> {
    let mut grant = issue(authority, terms, &Scope::DayIssuer, days, limit)?;
    let key = DayIssuerKey::generate(authority, authority.generation(), days.from, days.until);
    grant.day_issuer = Some(key.map_err(IssueError::Random)?);
    Ok(grant)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authority::custody::Authority;
    use crate::authority::issue::Destination;
    use crate::keys::{Day, Region, SealerId, Site, Tier};
    use crate::signed::grant::{GrantError, Role};

    const TODAY: Day = Day::new(2500);

    fn terms() -> GrantTerms {
        GrantTerms::new("device", 1, (u64::from(TODAY.number()) + Day::UNIX_OFFSET) * 86_400)
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
            let lifted = make(bad, Limits::Lifted).unwrap();
            assert!(lifted.sign(&authority).is_ok(), "{scope:?} {bad:?}");
        }
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
        let key = issuer.day_issuer.as_ref().unwrap();
        let signed = offline.sign(key).unwrap();
        assert_eq!(Grant::verify(&signed, &authority.public()).unwrap().to, "device");
        let other = Authority::generate(3).unwrap();
        assert!(matches!(Grant::verify(&signed, &other.public()), Err(GrantError::Signature)));

        let tomorrow = Days::from(Day::new(TODAY.number() + 1), 1);
        let error = issue(&issuer, terms(), &scope, tomorrow, Limits::Lifted).unwrap_err();
        assert!(matches!(error, IssueError::NoDay(day) if day == tomorrow.from));
        // Its signature is refused for another day, another generation or another issuer's grant, even with keys
        // from elsewhere.
        let stolen = issue(&authority, terms(), &scope, tomorrow, Limits::Kept).unwrap();
        let refused = |grant: &Grant| {
            let bytes = grant.sign(key).unwrap();
            matches!(Grant::verify(&bytes, &authority.public()), Err(GrantError::BeyondIssuer))
        };
        assert!(refused(&stolen));
        assert!(refused(&issuer));
        let next = Authority::generate(4).unwrap();
        assert!(refused(&issue(&next, terms(), &scope, days, Limits::Kept).unwrap()));
    }
}
