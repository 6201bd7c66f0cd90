//! Passes of devices whose grants a day issuer or a region's office made.

use crate::common::station::{DAY, NOW, Place, at, station, told};
use crate::giving::{BOTH, device, hand_over, load_and_lock, open, texts};
use std::path::PathBuf;
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue, issuer, let_give};
use wayseal::device::session::{GiveError, Session, SessionError};
use wayseal::device::state::Refused;
use wayseal::keys::Day;
use wayseal::signed::certificate::SignsGrants as _;
use wayseal::signed::grant::{Grant, Purpose};
use wayseal::signed::moment::Moment;
use wayseal::signed::pass_request::PassRequest;
use wayseal::signed::revocation::RevocationList;

/// A grant that an issuer made for a device, in its inbox.
fn granted_by(place: &Place, issuer: &Grant, name: &str, site: u16, days: Days) -> PathBuf {
    let state = place.path().join(name);
    Session::enrol(&state, &place.auditor.enrol(name, place.root.public())).unwrap();
    let key = issuer.issuer_key.as_ref().unwrap();
    let serial = key.certificate().unwrap().terms().serials.start() + 1;
    let stations = [station(site)];
    let scope = Scope::Scanner { tiers: &BOTH, stations: &stations };
    let mut grant = issue(issuer, GrantTerms::new(name, serial, NOW), &scope, days, Limits::Kept).unwrap();
    let_give(&mut grant, key).unwrap();
    std::fs::write(state.join("inbox/own.grant"), &grant.sign(key).unwrap()[..]).unwrap();
    state
}

#[test]
fn devices_that_an_issuer_granted_give_each_other_passes_within_its_certificate() {
    for is_office in [true, false] {
        let place = Place::new(&[Purpose::Deliver], None);
        let regions = [station(12).0];
        let (scope, days, granted) = if is_office {
            let days = Days { from: Day::new(DAY.number() - 13), until: Day::new(DAY.number() + 14) };
            (Scope::RegionIssuer { tiers: &BOTH, regions: &regions }, days, Days::ending(DAY, 14))
        } else {
            (Scope::DayIssuer, Days::from(DAY, 1), Days::from(DAY, 1))
        };
        let terms = GrantTerms::new("south", 1 << 30, NOW).with_purposes([Purpose::Deliver]);
        let south = issuer(&place.root, terms, &scope, days, Limits::Kept).unwrap();
        let giving = granted_by(&place, &south, "pda-a", 12, granted);
        let taking = granted_by(&place, &south, "pda-b", 13, granted);
        let of_the_root = device(&place, "pda-c", 14, None);
        let labels: Vec<String> = (1..=21).map(|number| place.label(number, 12, "王芳")).collect();
        let (mut giver, mut taker, mut other) = (open(&giving), open(&taking), open(&of_the_root));
        // To another of the issuer, to one of the authority, and back; locked too.
        let pass = hand_over(&mut giver, &mut taker, &labels[..2]);
        assert_eq!(pass.until, if is_office { Day::new(DAY.number() + 1) } else { DAY });
        taker.take_pass(pass.digits.unwrap().as_bytes(), NOW).unwrap();
        load_and_lock(&mut taker, &place, &[place.label(31, 13, "李四")]);
        let pass = hand_over(&mut giver, &mut taker, &labels[2..4]);
        taker.take_pass(&pass.file, NOW).unwrap();
        for label in &labels[..4] {
            assert_eq!(told(&mut taker, &at(label)), "王芳 1", "{is_office}");
        }
        assert_eq!(told(&mut taker, &at(&labels[4])), "not_loaded");
        let pass = hand_over(&mut giver, &mut other, &labels[4..5]);
        other.take_pass(&pass.file, NOW).unwrap();
        assert_eq!(told(&mut other, &at(&labels[4])), "王芳 1");
        let pass = hand_over(&mut other, &mut giver, &[place.label(41, 14, "赵六")]);
        giver.take_pass(&pass.file, NOW).unwrap();
        let asked = taker.ask(NOW).unwrap().unwrap();
        let refused = giver.give(&asked.file, &texts(&labels[5..6]), Purpose::Return, NOW);
        assert!(matches!(refused, Err(GiveError::Label { .. })), "{refused:?}");
        let pass = giver.give(&asked.file, &texts(&labels[..20]), Purpose::Deliver, NOW).unwrap();
        assert!(pass.digits.is_some(), "twenty labels in a code");

        // The issuer is listed: nobody gives to its devices, nor takes from them, and what was taken is gone.
        let later = hand_over(&mut giver, &mut other, &labels[6..7]);
        let asked = taker.ask(NOW).unwrap().unwrap();
        let mut list = RevocationList::none();
        list.revoke_issuers([("south".to_owned(), DAY)]);
        let list = list.sign_next(Moment(NOW), Day::new(DAY.number() + 10), &place.root).unwrap();
        for session in [&mut giver, &mut taker, &mut other] {
            session.take_list(&list, NOW).unwrap();
        }
        let refused = other.give(&asked.file, &texts(&[place.label(42, 14, "赵六")]), Purpose::Deliver, NOW);
        assert!(matches!(refused, Err(GiveError::Asking(Refused::IssuerRevoked { .. }))), "{refused:?}");
        let refused = other.take_pass(&later.file, NOW);
        assert!(matches!(refused, Err(SessionError::Keys(Refused::IssuerRevoked { .. }))), "{refused:?}");
        let again = |text| at(text).with_now(NOW + 60);
        assert_eq!(told(&mut other, &again(&labels[4])), "other_station");
        assert_eq!(told(&mut taker, &again(&labels[0])), "not_loaded");
        assert!(giver.ask(NOW).unwrap().is_none(), "its key is of no use any more");
        drop((giver, taker, other));
        let mut other = open(&of_the_root);
        assert_eq!(told(&mut other, &again(&labels[4])), "other_station");
        assert!(other.ask(NOW).unwrap().is_some(), "the authority's devices go on");
    }
}

#[test]
fn an_issuers_grant_leaves_the_authoritys_key_for_passes_and_brings_one_where_there_is_none() {
    let place = Place::new(&[Purpose::Deliver], None);
    let regions = [station(12).0];
    let days = Days { from: Day::new(DAY.number() - 13), until: Day::new(DAY.number() + 14) };
    let terms = GrantTerms::new("south", 1 << 30, NOW).with_purposes([Purpose::Deliver]);
    let scope = Scope::RegionIssuer { tiers: &BOTH, regions: &regions };
    let south = issuer(&place.root, terms, &scope, days, Limits::Kept).unwrap();
    let key = south.issuer_key.as_ref().unwrap();
    let state = device(&place, "pda-a", 12, None);
    let mut session = open(&state);
    let certified_by = |session: &mut Session| {
        let asked = session.ask(NOW).unwrap().unwrap();
        let request = PassRequest::verify(&asked.file, &place.root.public()).unwrap();
        request.certificate.by().map(|by| by.terms().name.clone())
    };
    assert_eq!(certified_by(&mut session), None);
    let stations = [station(12)];
    let scope = Scope::Scanner { tiers: &BOTH, stations: &stations };
    let serial = key.certificate().unwrap().terms().serials.start() + 1;
    let terms = GrantTerms::new("pda-a", serial, NOW);
    let mut grant = issue(&south, terms, &scope, Days::ending(DAY, 14), Limits::Kept).unwrap();
    let_give(&mut grant, key).unwrap();
    session.take_grant(&grant.sign(key).unwrap(), NOW).unwrap();
    assert_eq!(certified_by(&mut session), None, "the authority's stays");
    // The authority's next grant is without one: then the next of the office brings its own.
    let terms = GrantTerms::new("pda-a", 51, NOW);
    let plain = issue(&place.root, terms, &scope, Days::ending(DAY, 14), Limits::Kept).unwrap();
    session.take_grant(&plain.sign(&place.root).unwrap(), NOW).unwrap();
    assert!(session.ask(NOW).unwrap().is_none());
    grant.serial += 1;
    session.take_grant(&grant.sign(key).unwrap(), NOW).unwrap();
    assert_eq!(certified_by(&mut session).as_deref(), Some("south"));
    drop(session);
    assert_eq!(certified_by(&mut open(&state)).as_deref(), Some("south"));
}
