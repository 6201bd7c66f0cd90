//! Issuers and what a stolen one can do: certificates, serials, terms and revocation.

use wayseal::authority::custody::Authority;
use wayseal::authority::day_keys::{Days, IssueError};
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue, issuer, permit};
use wayseal::device::state::{DeviceState, Refused};
use wayseal::keys::{Day, Region, SealerId, Site, Tier};
use wayseal::signed::grant::{Grant, GrantError, Purpose, Reopen, Role};
use wayseal::signed::moment::Moment;
use wayseal::signed::revocation::{Additions, ListError, RevocationList};

const TODAY: Day = Day::new(2500);
/// The number of the issuer's block of serials.
const NUMBER: u64 = 1_790_000_000;
const TIERS: [Tier; 2] = [Tier::Delivery, Tier::Contact];

fn at(day: u16) -> u64 {
    Moment::start_of(Day::new(day)).0 + 9 * 3600
}

fn station(region: u16) -> (Region, Site) {
    (Region::new(region).unwrap(), Site::new(3).unwrap())
}

/// An authority, a device with a grant of three days and a budget of 3, and an issuer's verified grant.
struct Theft {
    authority: Authority,
    device: DeviceState,
    issuer: Grant,
}

impl Theft {
    fn of(scope: &Scope<'_>, days: Days, terms: impl FnOnce(GrantTerms) -> GrantTerms) -> Self {
        let authority = Authority::generate(4).unwrap();
        let mut device = DeviceState::new(authority.public(), "pda-17", "");
        let own = GrantTerms::new("pda-17", 10, at(2500)).with_budget(3);
        device.accept(&made(&authority, own, 9, Days::ending(TODAY, 3)), at(2500)).unwrap();
        let terms = terms(GrantTerms::new("desk", NUMBER, at(2500)));
        let made = issuer(&authority, terms, scope, days, Limits::Kept).unwrap().sign(&authority).unwrap();
        let issuer = Grant::verify(&made, &authority.public()).unwrap();
        Self { authority, device, issuer }
    }

    fn day_issuer() -> Self {
        Self::of(&Scope::DayIssuer, Days::from(TODAY, 1), |terms| terms.with_purposes([]))
    }

    fn serial(&self, count: u64) -> u64 {
        self.issuer.issuer_key.as_ref().unwrap();
        (NUMBER << 20) + count
    }

    /// A grant that the thief signs, widest terms, for a region's station and days.
    fn stolen(
        &self,
        count: u64,
        region: u16,
        days: Days,
        change: impl FnOnce(&mut Grant),
    ) -> Result<Vec<u8>, GrantError> {
        let mut terms = GrantTerms::new("pda-17", self.serial(count), at(2500))
            .with_purposes([Purpose::Deliver, Purpose::Enquiry]);
        terms.top_up = true;
        terms.reopening.again = Reopen::Allow;
        let stations = [station(region)];
        let scope = Scope::Scanner { tiers: &TIERS, stations: &stations };
        let mut grant = issue(&self.issuer, terms, &scope, days, Limits::Lifted).unwrap();
        change(&mut grant);
        Ok(grant.sign(self.issuer.issuer_key.as_ref().unwrap())?.to_vec())
    }

    fn terms(&self, day: u16) -> Vec<(u64, Option<u32>, Vec<u16>)> {
        let session = self.device.session(Role::Scanner, at(day)).unwrap();
        session
            .sets
            .iter()
            .map(|set| {
                let mut days: Vec<_> = set.nodes.iter().map(|node| node.path().day_of().number()).collect();
                days.dedup();
                (set.serial, set.budget, days)
            })
            .collect()
    }
}

/// A scanner's grant of a region's station, signed by the authority.
fn made(authority: &Authority, terms: GrantTerms, region: u16, days: Days) -> Vec<u8> {
    let stations = [station(region)];
    let scope = Scope::Scanner { tiers: &TIERS, stations: &stations };
    issue(authority, terms, &scope, days, Limits::Kept).unwrap().sign(authority).unwrap().to_vec()
}

#[test]
fn a_stolen_issuer_neither_locks_out_the_authority_nor_widens_or_erases_other_keys() {
    let own = (10, Some(3), vec![2498, 2499, 2500]);
    let day = Days::from(TODAY, 1);
    // The highest serial of its block, a list that does not exist, keys that replace: whatever it says.
    let changes: [fn(&mut Grant); 4] = [
        |_| {},
        |grant| grant.serial |= (1 << 20) - 1,
        |grant| grant.revocations = u64::MAX,
        |grant| grant.top_up = false,
    ];
    for (case, change) in changes.into_iter().enumerate() {
        let mut theft = Theft::day_issuer();
        let bytes = theft.stolen(1, 9, day, change).unwrap();
        theft.device.accept(&bytes, at(2500)).unwrap();
        assert_eq!(theft.terms(2500)[0], own, "{case}: the authority's set comes first, as it was");
        assert!(theft.terms(2500)[1..].iter().all(|(_, _, days)| *days == [2500]), "{case}");

        // The authority's next grant is taken, tops up its own keys, and a later one replaces all.
        let next = GrantTerms::new("pda-17", 11, at(2501)).with_budget(5).topping_up();
        let next = made(&theft.authority, next, 9, Days::ending(Day::new(2501), 1));
        assert_eq!(theft.device.accept(&next, at(2501)).unwrap().added, 2, "{case}");
        let terms = theft.terms(2501);
        assert_eq!(terms[..2], [(11, Some(5), vec![2501]), own.clone()], "{case}");
        let whole =
            made(&theft.authority, GrantTerms::new("pda-17", 12, at(2501)), 9, Days::ending(TODAY, 2));
        theft.device.accept(&whole, at(2501)).unwrap();
        assert_eq!(theft.terms(2501), [(12, None, vec![2499, 2500])], "{case}");
    }
}

#[test]
fn a_certificate_bounds_serials_days_roles_and_terms() {
    let narrow = |terms: GrantTerms| terms.with_budget(40).with_purposes([Purpose::Deliver]);
    let mut theft = Theft::of(&Scope::DayIssuer, Days::from(TODAY, 1), narrow);
    let day = Days::from(TODAY, 1);
    let good: fn(&mut Grant) = |grant| {
        grant.budget = Some(40);
        grant.purposes = vec![Purpose::Deliver];
    };
    let bytes = theft.stolen(1, 9, day, good).unwrap();
    theft.device.accept(&bytes, at(2500)).unwrap();
    let wrong: [fn(&mut Grant); 9] = [
        |grant| grant.budget = None,
        |grant| grant.budget = Some(41),
        |grant| grant.purposes = vec![Purpose::Deliver, Purpose::Enquiry],
        |grant| grant.serial = u64::MAX,
        |grant| grant.serial = 11,
        |grant| grant.generation = 6,
        |grant| grant.until = Day::new(2501),
        |grant| grant.issued += 86_400,
        |grant| grant.issued -= 86_400,
    ];
    for (case, change) in wrong.into_iter().enumerate() {
        let bytes = theft.stolen(2, 9, day, |grant| {
            good(grant);
            change(grant);
        });
        assert!(matches!(bytes, Err(GrantError::BeyondIssuer)), "{case}: {bytes:?}");
    }
    // Time that the issuer signs is believed no further than the device's clock: it locks no device.
    let ahead = theft.stolen(2, 9, day, |grant| {
        good(grant);
        grant.issued += 10 * 3600;
    });
    assert!(matches!(theft.device.accept(&ahead.unwrap(), at(2500)), Err(Refused::ClockBehind { .. })));
    assert!(theft.device.session(Role::Scanner, at(2500)).is_ok());
}

#[test]
fn an_issuer_signs_nothing_after_its_days_and_nothing_once_a_list_names_it() {
    let mut theft = Theft::day_issuer();
    let day = Days::from(TODAY, 1);
    let bytes = theft.stolen(1, 9, day, |_| {}).unwrap();
    // A grant of the evening arrives the next morning, and no later.
    let mut late = DeviceState::from_bytes(&theft.device.to_bytes()).unwrap();
    assert!(late.accept(&bytes, at(2501)).is_ok());
    let mut late = DeviceState::from_bytes(&theft.device.to_bytes()).unwrap();
    assert!(matches!(late.accept(&bytes, at(2502)), Err(Refused::IssuerOver { .. })));
    assert!(matches!(late.accept(&bytes, at(2510)), Err(Refused::IssuerOver { .. })));

    theft.device.accept(&bytes, at(2500)).unwrap();
    assert_eq!(theft.terms(2500).len(), 2);
    for (name, holder) in [("desk", false), ("desk", true)] {
        let mut device = DeviceState::from_bytes(&theft.device.to_bytes()).unwrap();
        let mut list = RevocationList::none();
        let entry = [(name.to_owned(), Day::new(2499))];
        if holder {
            list.revoke_holders(entry)
        } else {
            list.revoke_issuers(entry)
        }
        let signed = list.sign_next(Moment(at(2500)), Day::new(2510), &theft.authority).unwrap();
        device.accept_list(&signed, at(2500)).unwrap();
        let session = device.session(Role::Scanner, at(2500)).unwrap();
        assert_eq!(session.sets.len(), 1, "what it brought is erased");
        assert_eq!(session.sets[0].serial, 10);
        let next = theft.stolen(2, 9, day, |_| {}).unwrap();
        assert!(matches!(device.accept(&next, at(2500)), Err(Refused::IssuerRevoked { .. })), "{holder}");
        // Nor does the authority certify it anew.
        let terms = GrantTerms::new("desk", NUMBER + 1, at(2500));
        let again = permit(&list, &terms, &Scope::DayIssuer, day);
        assert!(matches!(again, Err(IssueError::Revoked { .. })), "{holder}");
    }
    // A list from a day after the certificate's last leaves its grants alone.
    let mut list = RevocationList::none();
    list.revoke_issuers([("desk".to_owned(), Day::new(2501))]);
    let signed = list.sign_next(Moment(at(2500)), Day::new(2510), &theft.authority).unwrap();
    theft.device.accept_list(&signed, at(2500)).unwrap();
    assert_eq!(theft.terms(2500).len(), 2);
}

#[test]
fn a_regions_office_grants_scanners_of_its_regions_and_nothing_else() {
    let regions = [Region::new(9).unwrap(), Region::new(11).unwrap()];
    let scope = Scope::RegionIssuer { tiers: &TIERS, regions: &regions };
    let days = Days { from: Day::new(2487), until: Day::new(2514) };
    let purposes = |terms: GrantTerms| terms.with_purposes([Purpose::Deliver, Purpose::Enquiry]);
    let mut theft = Theft::of(&scope, days, purposes);

    // A device that is replaced gets the days that the lost one held, without the root.
    let bytes = theft.stolen(1, 11, Days::ending(TODAY, 14), |_| {}).unwrap();
    let mut replacement = DeviceState::new(theft.authority.public(), "pda-17", "");
    assert_eq!(replacement.accept(&bytes, at(2500)).unwrap().added, 28);
    let stations = [station(11)];
    let own = Scope::Scanner { tiers: &TIERS, stations: &stations };
    let root = issue(
        &theft.authority,
        GrantTerms::new("x", 1, at(2500)),
        &own,
        Days::ending(TODAY, 14),
        Limits::Kept,
    );
    let keys = |nodes: &mut dyn Iterator<Item = &wayseal::keys::Node>| -> Vec<_> {
        nodes.map(|node| (node.path(), *node.key().expose())).collect()
    };
    let session = replacement.session(Role::Scanner, at(2500)).unwrap();
    assert_eq!(keys(&mut session.nodes()), keys(&mut root.unwrap().nodes.iter()), "the tree's own keys");

    // No other region, even with keys from elsewhere, no other role, no sealer, and no region as a whole.
    let other = [station(10)];
    let scope = Scope::Scanner { tiers: &TIERS, stations: &other };
    let day = Days::from(TODAY, 1);
    let terms = || GrantTerms::new("pda-17", theft.serial(9), at(2500));
    let none = issue(&theft.issuer, terms(), &scope, day, Limits::Kept);
    assert!(matches!(none, Err(IssueError::NoDay(_))));
    let key = theft.issuer.issuer_key.as_ref().unwrap();
    let sealer = Scope::Sealer { sealer: SealerId::new(7).unwrap(), destinations: &stations };
    let whole = Scope::Region { tiers: &TIERS[..1], regions: &regions[..1] };
    for scope in
        [scope, sealer, whole, Scope::Desk { stations: &stations }, Scope::Relay { stations: &stations }]
    {
        let mut terms = terms();
        if scope.role() == Role::Desk {
            terms.purposes = vec![Purpose::Relabel];
        }
        let elsewhere = issue(&theft.authority, terms, &scope, day, Limits::Kept).unwrap();
        assert!(matches!(elsewhere.sign(key), Err(GrantError::BeyondIssuer)), "{:?}", scope.role());
    }
    theft.device.accept(&bytes, at(2500)).unwrap();
}

#[test]
fn a_stop_key_adds_to_the_list_takes_nothing_off_and_grants_nothing() {
    let mut theft = Theft::of(&Scope::Stop, Days::from(TODAY, 92), |terms| terms.with_purposes([]));
    assert!(theft.issuer.nodes.is_empty(), "no key that opens");
    let key = theft.issuer.issuer_key.as_ref().unwrap();
    let elsewhere = {
        let stations = [station(9)];
        let scope = Scope::Scanner { tiers: &TIERS, stations: &stations };
        let terms = GrantTerms::new("pda-17", theft.serial(1), at(2500));
        issue(&theft.authority, terms, &scope, Days::from(TODAY, 1), Limits::Kept).unwrap()
    };
    assert!(matches!(elsewhere.sign(key), Err(GrantError::BeyondIssuer)));

    let list = |names: &[&str], day: u16| {
        let mut list = RevocationList::none();
        (list.number, list.issued, list.until) = (at(day), Moment(at(day)), Day::new(day + 13));
        list.revoke_holders(names.iter().map(|name| ((*name).to_owned(), Day::new(2490))));
        list
    };
    let signed = |names: &[&str]| Additions::sign(&list(names, 2500), key).unwrap();
    // Neither another issuer's key, nor a time outside the certificate, nor the list's own signature is one.
    let other = Theft::day_issuer();
    assert!(Additions::sign(&list(&["x"], 2500), other.issuer.issuer_key.as_ref().unwrap()).is_err());
    assert!(Additions::sign(&list(&["x"], 2600), key).is_err());
    let stranger = Additions::verify(&signed(&["x"]), &other.authority.public());
    assert!(matches!(stranger, Err(ListError::Signature)));

    let mut official = list(&["pda-3"], 2499);
    let first = official.sign_next(Moment(at(2499)), Day::new(2512), &theft.authority).unwrap();
    theft.device.accept_list(&first, at(2500)).unwrap();
    let number = theft.device.list_number();
    let theft_of_another = signed(&["pda-4"]);
    theft.device.accept_list(&theft_of_another, at(2500)).unwrap();
    assert_eq!(theft.device.list_number(), number, "it replaces no list");
    assert!(theft.device.session(Role::Scanner, at(2500)).is_ok());
    // Every bit of it is signed.
    for place in 0..theft_of_another.len() {
        let mut altered = theft_of_another.clone();
        altered[place] ^= 1;
        let mut device = DeviceState::from_bytes(&theft.device.to_bytes()).unwrap();
        assert!(device.accept_list(&altered, at(2500)).is_err(), "{place}");
    }

    let own = signed(&["pda-17"]);
    theft.device.accept_list(&own, at(2500)).unwrap();
    let locked = |device: &DeviceState| matches!(device.session(Role::Scanner, at(2500)), Err(Refused::Revoked { from }) if from == Day::new(2490));
    assert!(locked(&theft.device));
    // It stays in the state, and no list that does not contain it lifts it.
    let mut device = DeviceState::from_bytes(&theft.device.to_bytes()).unwrap();
    assert!(locked(&device));
    let second = official.sign_next(Moment(at(2500)), Day::new(2513), &theft.authority).unwrap();
    device.accept_list(&second, at(2500)).unwrap();
    assert!(locked(&device), "a list without the entry lifted it");
    // The authority alone lifts it, by revoking the stop key that was stolen or used in error.
    official.revoke_issuers([("desk".to_owned(), TODAY)]);
    let third = official.sign_next(Moment(at(2500)), Day::new(2513), &theft.authority).unwrap();
    device.accept_list(&third, at(2500)).unwrap();
    assert!(device.session(Role::Scanner, at(2500)).is_ok());
    let refused = device.accept_list(&own, at(2500));
    assert!(matches!(refused, Err(Refused::IssuerRevoked { .. })));

    // A stolen stop key fills a bounded place, and a list that contains its entries empties it.
    let mut device = DeviceState::from_bytes(&theft.device.to_bytes()).unwrap();
    let names: Vec<String> = (0..40).map(|at| format!("x{at}")).collect();
    let taken =
        names.iter().filter(|name| device.accept_list(&signed(&[name.as_str()]), at(2500)).is_ok()).count();
    assert_eq!(taken, 30, "two were held");
    let before = device.to_bytes().len();
    let mut all = list(&["pda-3", "pda-4", "pda-17"], 2501);
    all.revoke_holders(names.iter().map(|name| (name.clone(), Day::new(2489))));
    let all = all.sign_next(Moment(at(2501)), Day::new(2512), &theft.authority).unwrap();
    device.accept_list(&all, at(2501)).unwrap();
    assert!(device.to_bytes().len() < before);
    assert!(device.accept_list(&signed(&["y"]), at(2501)).is_ok());
}
