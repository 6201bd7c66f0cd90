//! The state of a device: which grants and lists it accepts, and which keys it gives out at which time.

use wayseal::authority::custody::Authority;
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue, issuer};
use wayseal::authority::root::Root;
use wayseal::device::state::{CLOCK_SLACK, DeviceState, Refused, StateError};
use wayseal::keys::{Day, Region, SealerId, Site, Tier};
use wayseal::signed::envelope::Identity;
use wayseal::signed::grant::{GrantError, Purpose, Role};
use wayseal::signed::moment::Moment;
use wayseal::signed::revocation::{ListError, RevocationList};
use wayseal::verifier::Revoked;

const TODAY: Day = Day::new(2500);
const DAY: u64 = 86_400;

fn at(day: u16) -> u64 {
    Moment::start_of(Day::new(day)).0 + 9 * 3600
}

struct Line {
    authority: Authority,
    device: DeviceState,
}

impl Line {
    fn new() -> Self {
        let authority = Authority::generate(4).unwrap();
        let device = DeviceState::new(authority.public(), "pda-17", "");
        Self { authority, device }
    }

    /// A scanner's grant for days that end with `until`, made on that day.
    fn grant(&self, serial: u64, until: u16, days: u16, change: impl FnOnce(&mut GrantTerms)) -> Vec<u8> {
        let stations = [(Region::new(9).unwrap(), Site::new(3).unwrap())];
        let scope = Scope::Scanner { tiers: &[Tier::Delivery], stations: &stations };
        let mut terms = GrantTerms::new("pda-17", serial, at(until));
        change(&mut terms);
        let days = Days::ending(Day::new(until), days);
        issue(&self.authority, terms, &scope, days, Limits::Lifted)
            .unwrap()
            .sign(&self.authority)
            .unwrap()
            .to_vec()
    }

    fn days(&self, now: u64) -> Vec<u16> {
        let session = self.device.session(Role::Scanner, now).unwrap();
        let mut days: Vec<_> = session.nodes().map(|node| node.path().day_of().number()).collect();
        days.sort_unstable();
        days
    }
}

#[test]
fn a_grant_is_held_and_a_top_up_adds_only() {
    let mut line = Line::new();
    let first = line.grant(10, 2500, 3, |terms| terms.budget = Some(300));
    let taken = line.device.accept(&first, at(2500)).unwrap();
    assert_eq!((taken.role, taken.serial, taken.added, taken.erased), (Role::Scanner, 10, 3, 0));
    // The same file again.
    let taken = line.device.accept(&first, at(2500)).unwrap();
    assert_eq!((taken.added, taken.erased), (0, 0));

    let more = line.grant(11, 2501, 1, |terms| {
        terms.top_up = true;
        terms.budget = Some(200);
    });
    assert_eq!(line.device.accept(&more, at(2501)).unwrap().added, 1);
    assert_eq!(line.days(at(2501)), [2498, 2499, 2500, 2501]);
    let session = line.device.session(Role::Scanner, at(2501)).unwrap();
    // Terms belong to keys: the top-up's are those of its own day alone.
    let terms: Vec<_> = session.sets.iter().map(|set| (set.serial, set.budget, set.nodes.len())).collect();
    assert_eq!(terms, [(11, Some(200), 1), (10, Some(300), 3)]);
    assert_eq!(session.sets[0].purposes, [Purpose::Deliver]);

    let other = line.grant(12, 2501, 1, |_| {});
    let taken = line.device.accept(&other, at(2501)).unwrap();
    assert_eq!((taken.added, taken.erased), (0, 3), "a grant that is no top-up replaces");
    assert_eq!(line.days(at(2501)), [2501]);
}

#[test]
fn what_is_not_its_own_or_not_the_newest_is_refused() {
    let mut line = Line::new();
    let own = line.grant(10, 2500, 3, |_| {});
    line.device.accept(&own, at(2500)).unwrap();
    let before = line.device.to_bytes();

    let other = Line::new();
    let stranger = other.grant(11, 2500, 3, |_| {});
    let refused = line.device.accept(&stranger, at(2500)).unwrap_err();
    assert!(matches!(refused, Refused::Grant(GrantError::Signature)));

    let neighbour = line.grant(11, 2500, 3, |terms| terms.to = "pda-18".into());
    assert!(matches!(line.device.accept(&neighbour, at(2500)), Err(Refused::OtherDevice { .. })));
    let sealed = line.grant(11, 2500, 3, |terms| terms.device = "age1other".into());
    assert!(matches!(line.device.accept(&sealed, at(2500)), Err(Refused::OtherDevice { .. })));

    let replay = line.grant(10, 2500, 2, |_| {});
    assert!(matches!(line.device.accept(&replay, at(2500)), Err(Refused::Replay { serial: 10 })));
    let older = line.grant(9, 2500, 3, |_| {});
    assert!(matches!(line.device.accept(&older, at(2500)), Err(Refused::Older { serial: 9, held: 10 })));

    for place in (0..own.len()).step_by(7) {
        let mut altered = line.grant(11, 2500, 3, |_| {});
        altered[place] ^= 1;
        assert!(matches!(line.device.accept(&altered, at(2500)), Err(Refused::Grant(_))), "{place}");
    }
    assert_eq!(*line.device.to_bytes(), *before, "a refusal changes nothing");
}

#[test]
fn a_day_issuers_grant_and_a_device_with_a_recipient() {
    let mut line = Line::new();
    let terms = GrantTerms::new("pda-17", 1 << 30, at(2500));
    let day = issuer(&line.authority, terms, &Scope::DayIssuer, Days::from(TODAY, 1), Limits::Kept).unwrap();
    let bytes = day.sign(&line.authority).unwrap();
    assert!(matches!(line.device.accept(&bytes, at(2500)), Err(Refused::Role(Role::DayIssuer))));

    let recipient = Identity::generate().recipient();
    line.device = DeviceState::new(line.authority.public(), "pda-17", recipient.clone());
    // Its recipient decides, whatever the person is called.
    let own = line.grant(11, 2500, 3, |terms| {
        terms.to = "somebody".into();
        terms.device = recipient;
    });
    assert_eq!(line.device.accept(&own, at(2500)).unwrap().added, 3);
}

#[test]
fn a_wrong_clock_locks_and_neither_erases_a_key_nor_widens_its_window() {
    let mut line = Line::new();
    let first = line.grant(10, 2500, 14, |_| {});
    line.device.accept(&first, at(2500)).unwrap();
    let before = line.device.to_bytes();

    // Before signed time: locked, with a message that has both times and the advice.
    let refused = line.device.session(Role::Scanner, at(2490)).unwrap_err();
    assert!(matches!(refused, Refused::ClockBehind { .. }));
    let text = refused.to_string();
    for part in ["2026-10-26", "2026-11-05", "2026-10-23 … 2026-11-18", "set the clock"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    // Within the tolerated difference of two clocks, signed time is used.
    assert_eq!(line.days(at(2500) - CLOCK_SLACK).len(), 14);
    assert!(line.device.session(Role::Scanner, at(2500) - CLOCK_SLACK - 1).is_err());

    // Ahead: keys become unusable one by one, and usable again when the clock is corrected.
    assert_eq!(line.days(at(2503)).len(), 11);
    assert!(matches!(line.device.session(Role::Scanner, at(2514)), Err(Refused::Over { .. })));
    let more = line.grant(11, 2501, 1, |terms| terms.top_up = true);
    assert!(matches!(line.device.accept(&more, at(2600)), Err(Refused::Over { .. })));
    assert!(matches!(line.device.accept(&more, at(2499)), Err(Refused::ClockBehind { .. })));
    assert!(matches!(line.device.accept(&more, u64::MAX), Err(Refused::Over { .. })));
    assert!(matches!(line.device.accept(&more, 0), Err(Refused::ClockBehind { .. })));
    assert_eq!(*line.device.to_bytes(), *before, "nothing was erased");
    assert_eq!(line.days(at(2500)).len(), 14);
}

#[test]
fn keys_are_erased_by_signed_time_alone() {
    let mut line = Line::new();
    let first = line.grant(10, 2500, 14, |_| {});
    line.device.accept(&first, at(2500)).unwrap();
    let more = line.grant(11, 2501, 1, |terms| terms.top_up = true);
    // The window of day 2487 ends before day 2501, by signed time.
    assert_eq!(line.device.accept(&more, at(2501)).unwrap().erased, 1);
    assert_eq!(line.device.raise_floor(at(2500)), 0, "an older time changes nothing");
    assert_eq!(line.device.raise_floor(at(2511)), 10);
    assert_eq!(line.days(at(2511)), (2498..=2501).collect::<Vec<_>>());
    assert!(matches!(line.device.session(Role::Scanner, at(2501)), Err(Refused::ClockBehind { .. })));

    // An old grant that was never accepted brings no key back.
    let late = line.grant(12, 2490, 3, |_| {});
    assert!(matches!(line.device.accept(&late, at(2511)), Err(Refused::Over { .. })));
}

#[test]
fn a_sealers_key_is_of_use_on_its_day() {
    let mut line = Line::new();
    let stations = [(Region::new(9).unwrap(), Site::new(3).unwrap())];
    let scope = Scope::Sealer { sealer: SealerId::new(7).unwrap(), destinations: &stations };
    let grant = issue(
        &line.authority,
        GrantTerms::new("pda-17", 1, at(2500)),
        &scope,
        Days::from(TODAY, 3),
        Limits::Kept,
    );
    let bytes = grant.unwrap().sign(&line.authority).unwrap();
    line.device.accept(&bytes, at(2500)).unwrap();
    for day in 2500..2503 {
        let session = line.device.session(Role::Sealer, at(day)).unwrap();
        assert_eq!(session.today, Day::new(day));
        assert!(session.nodes().all(|node| node.path().day_of() == session.today));
        assert_eq!(session.nodes().count(), 3);
    }
    assert!(matches!(line.device.session(Role::Sealer, at(2503)), Err(Refused::Over { .. })));
    assert!(matches!(line.device.session(Role::Scanner, at(2500)), Err(Refused::None(Role::Scanner))));
}

#[test]
fn both_generations_are_held_during_a_change_over_and_older_ones_go() {
    let mut line = Line::new();
    let old = line.grant(10, 2500, 3, |_| {});
    line.device.accept(&old, at(2500)).unwrap();
    let roots = [4, 5, 6].map(|generation| Root::generate(generation).unwrap());
    let [four, five, six] = &roots;
    let stations = [(Region::new(9).unwrap(), Site::new(3).unwrap())];
    let scope = Scope::Scanner { tiers: &[Tier::Delivery], stations: &stations };
    let signer = &line.authority;
    let top_up = |root: &Root, serial, day| {
        let mut terms = GrantTerms::new("pda-17", serial, at(day));
        terms.top_up = true;
        let grant = issue(root, terms, &scope, Days::from(Day::new(day), 1), Limits::Kept).unwrap();
        grant.sign(signer).unwrap().to_vec()
    };
    line.device.accept(&top_up(five, 11, 2501), at(2501)).unwrap();
    let bits = |device: &DeviceState, now| {
        let session = device.session(Role::Scanner, now).unwrap();
        let mut bits: Vec<_> = session.nodes().map(|node| node.path().generation_of().bit()).collect();
        bits.sort_unstable();
        bits
    };
    assert_eq!(bits(&line.device, at(2501)), [0, 0, 0, 1]);
    // During a change-over grants of both are accepted.
    line.device.accept(&top_up(four, 12, 2501), at(2501)).unwrap();
    assert_eq!(bits(&line.device, at(2501)), [0, 0, 0, 0, 1]);
    // Roots 4 and 6 share a bit: the keys of 4 go when 6 comes.
    line.device.accept(&top_up(six, 13, 2502), at(2502)).unwrap();
    assert_eq!(bits(&line.device, at(2502)), [0, 1]);
    let refused = line.device.accept(&top_up(four, 14, 2502), at(2502));
    assert!(matches!(refused, Err(Refused::OlderGeneration { generation: 4, newest: 6 })));
}

#[test]
fn the_list_that_a_grant_wants_is_held_or_the_device_locks() {
    let mut line = Line::new();
    let seven = Revoked { sealer: SealerId::new(7).unwrap(), from: Day::new(2490) };
    let mut list = RevocationList::none();
    list.revoke_sealers([seven]);
    let mut sign = |day: u16, holder: Option<&str>| {
        list.revoke_holders(holder.map(|name| (name.to_owned(), Day::new(day))));
        list.sign_next(Moment(at(day)), Day::new(day + 13), &line.authority).unwrap()
    };
    let (one, two, three) = (sign(2500, None), sign(2501, Some("pda-18")), sign(2502, Some("pda-17")));

    // Their numbers are the times of signing.
    let (first, second) = (at(2500), at(2501));
    let grant = line.grant(10, 2501, 14, |terms| terms.revocations = second);
    line.device.accept(&grant, at(2501)).unwrap();
    let locked = line.device.session(Role::Scanner, at(2501)).unwrap_err();
    assert!(matches!(locked, Refused::ListBehind { held: 0, wanted } if wanted == second));
    assert_eq!(line.device.accept_list(&one, at(2501)).unwrap(), first);
    let locked = line.device.session(Role::Scanner, at(2501)).unwrap_err();
    assert!(matches!(locked, Refused::ListBehind { held, wanted } if (held, wanted) == (first, second)));
    assert_eq!(line.device.accept_list(&two, at(2501)).unwrap(), second);
    assert!(line.device.session(Role::Scanner, at(2501)).is_ok());
    assert_eq!(line.device.revoked(), [seven]);

    // Refused: an older list, other bytes with one number, another authority's, an expired one. Accepted: the same again.
    let older = line.device.accept_list(&one, at(2501));
    assert!(matches!(older, Err(Refused::Older { serial, held }) if (serial, held) == (first, second)));
    let mut other = RevocationList::none();
    let other = other.sign_next(Moment(at(2501)), Day::new(2600), &line.authority).unwrap();
    assert!(
        matches!(line.device.accept_list(&other, at(2501)), Err(Refused::Replay { serial }) if serial == second)
    );
    let stranger = RevocationList::none().sign_next(Moment(at(2501)), Day::new(2600), &Line::new().authority);
    let stranger = line.device.accept_list(&stranger.unwrap(), at(2501));
    assert!(matches!(stranger, Err(Refused::List(ListError::Signature))));
    assert!(matches!(line.device.accept_list(&three, at(2516)), Err(Refused::ListOver { .. })));
    assert_eq!(line.device.accept_list(&two, at(2501)).unwrap(), second);

    // Expired while keys are still in their window: locked until the next list.
    let more = line.grant(11, 2514, 1, |terms| terms.top_up = true);
    line.device.accept(&more, at(2514)).unwrap();
    assert!(line.device.session(Role::Scanner, at(2514)).is_ok());
    let locked = line.device.session(Role::Scanner, at(2515)).unwrap_err();
    assert!(matches!(locked, Refused::ListOver { until, .. } if until == Day::new(2514)));

    // The list is stored with the state. The third list names this device.
    let mut back = DeviceState::from_bytes(&line.device.to_bytes()).unwrap();
    assert_eq!((back.list_number(), back.revoked()), (second, &[seven][..]));
    back.accept_list(&three, at(2515)).unwrap();
    assert!(
        matches!(back.session(Role::Scanner, at(2515)), Err(Refused::Revoked { from }) if from == Day::new(2502))
    );
    let again = line.grant(12, 2515, 1, |_| {});
    assert!(matches!(back.accept(&again, at(2515)), Err(Refused::Revoked { .. })));
}

#[test]
fn the_state_comes_back_from_its_file_and_in_its_envelope_shows_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let identity = Identity::generate();
    let mut line = Line::new();
    line.device = DeviceState::new(line.authority.public(), "pda-17", identity.recipient());
    let recipient = identity.recipient();
    let grant = line.grant(10, 2500, 14, |terms| terms.device = recipient);
    line.device.accept(&grant, at(2500)).unwrap();
    line.device.store(&path).unwrap();
    let stored = std::fs::read(&path).unwrap();
    let session = line.device.session(Role::Scanner, at(2500)).unwrap();
    let key = session.sets[0].nodes[0].key().expose();
    assert!(!stored.windows(8).any(|window| window == &key[..8]), "a key outside its envelope");

    let mut back = DeviceState::load(&path, Some(&identity)).unwrap();
    assert_eq!(*back.to_bytes(), *line.device.to_bytes());
    assert_eq!(back.accept(&grant, at(2500)).unwrap().added, 0, "the serial was kept");
    assert!(matches!(DeviceState::load(&path, None), Err(StateError::Envelope(_))));
    let bytes = line.device.to_bytes();
    for cut in (0..bytes.len()).step_by(11) {
        assert!(DeviceState::from_bytes(&bytes[..cut]).is_err(), "{cut}");
    }
    assert!(!format!("{back:?}{session:?}").contains(&format!("{}, {}", key[0], key[1])));
}

#[test]
fn windows_are_the_same_when_a_grant_is_accepted_and_when_it_is_used() {
    // Over a whole window of the clock, the set of usable keys never grows.
    let mut line = Line::new();
    let grant = line.grant(10, 2500, 14, |_| {});
    line.device.accept(&grant, at(2500)).unwrap();
    let mut last = 14;
    for now in (at(2500)..at(2516)).step_by(DAY as usize / 4) {
        let usable = line.device.session(Role::Scanner, now).map_or(0, |session| session.nodes().count());
        assert!(usable <= last);
        last = usable;
    }
    assert_eq!(last, 0);
}
