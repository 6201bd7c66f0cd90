//! Passes, and terms that belong to keys, as a courier's session meets them.

use crate::common::station::{DAY, NOW, Place, at, station, told};
use wayseal::authority::day_keys::{Days, IssueError};
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue, issuer, pass};
use wayseal::device::session::Session;
use wayseal::error::Refusal;
use wayseal::keys::{Day, Region, Tier};
use wayseal::payload::Payload;
use wayseal::signed::grant::{Grant, GrantError, PASS_LABELS, Purpose};
use wayseal::verifier::Buffer;

const BOTH: [Tier; 2] = [Tier::Delivery, Tier::Contact];

fn terms(serial: u64) -> GrantTerms {
    GrantTerms::new("pda-17", serial, NOW).topping_up()
}

fn made(place: &Place, serial: u64, texts: &[String], purpose: Purpose) -> Grant {
    let terms = terms(serial).with_purposes([purpose]);
    pass(&place.root, terms, texts, &BOTH, Days::from(DAY, 3), Limits::Kept).unwrap()
}

#[test]
fn a_pass_opens_its_labels_and_no_other() {
    let place = Place::new(&[Purpose::Deliver], None);
    let long_ago = Day::new(DAY.number() - 30);
    let named: Vec<String> = vec![place.label_of(long_ago, 1, 12, "王芳"), place.label(2, 13, "李四")];
    let others = [
        place.label_of(long_ago, 3, 12, "赵六"),
        place.label(4, 13, "钱七"),
        // The same waybill for another recipient: another salt, another key.
        place.label(2, 13, "孙八"),
    ];
    let mut session = place.open();
    assert_eq!(told(&mut session, &at(&named[0])), "too_old");
    assert_eq!(told(&mut session, &at(&named[1])), "other_station");
    let grant = made(&place, 1000, &named, Purpose::Deliver);
    let bytes = grant.sign(&place.root).unwrap();
    let back = Grant::verify(&bytes, &place.root.public()).unwrap();
    assert_eq!((back.labels.len(), back.nodes.len()), (2, 0));
    std::fs::write(place.state().join("inbox/pass.grant"), &bytes[..]).unwrap();
    assert_eq!(told(&mut session, &at(&named[0])), "王芳 1");
    assert_eq!(told(&mut session, &at(&named[1])), "李四 1");
    let refused: Vec<_> = others.iter().map(|text| told(&mut session, &at(text))).collect();
    assert_eq!(refused, ["too_old", "other_station", "other_station"]);
    // By arithmetic too: each of its keys, tried on every label.
    let mut buffer = Buffer::new();
    for (at, text) in named.iter().chain(&others).enumerate() {
        let payload = Payload::parse(text.as_bytes()).unwrap();
        let opened = back
            .labels
            .iter()
            .filter(|label| label.keys().open(&payload, wayseal::verifier::Want::Held, &mut buffer).is_ok())
            .count();
        assert_eq!(opened, usize::from(at < 2), "{text}");
        assert_eq!(back.labels.iter().filter(|label| label.is_of(&payload)).count(), opened);
    }
    // For its purpose alone, which the station's grant does not have either.
    let enquiry = at(&named[0]).with_purpose(Purpose::Enquiry);
    assert_eq!(told(&mut session, &enquiry), "purpose_not_granted");
    // It stays over a restart, until its last day is over.
    drop(session);
    let mut session = place.open();
    assert_eq!(told(&mut session, &at(&named[0]).with_now(NOW + 10)), "王芳 2");
    let late = |days: u64| at(&named[0]).with_now(NOW + days * 86_400);
    assert_eq!(told(&mut session, &late(2)), "王芳 3");
    assert_eq!(told(&mut session, &late(3)), "too_old");
}

#[test]
fn a_pass_gives_another_purpose_for_its_labels_alone_and_a_second_pass_takes_none_away() {
    let place = Place::new(&[Purpose::Deliver], None);
    let texts: Vec<String> = (1..4).map(|at| place.label(at, 12, "王芳")).collect();
    let mut session = place.open();
    for (serial, text) in [(1000, &texts[0]), (1001, &texts[1])] {
        let grant = made(&place, serial, std::slice::from_ref(text), Purpose::Relabel);
        let name = format!("inbox/{serial}.grant");
        std::fs::write(place.state().join(name), &grant.sign(&place.root).unwrap()[..]).unwrap();
        assert_eq!(told(&mut session, &at(&texts[2])).split(' ').next(), Some("王芳"));
    }
    let relabel = |text| at(text).with_purpose(Purpose::Relabel);
    assert_eq!(told(&mut session, &relabel(&texts[0])), "王芳 1");
    assert_eq!(told(&mut session, &relabel(&texts[1])), "王芳 1");
    assert_eq!(told(&mut session, &relabel(&texts[2])), "purpose_not_granted");
    assert_eq!(told(&mut session, &at(&texts[0])), "王芳 2", "the station's own grant delivers");
}

#[test]
fn a_pass_is_made_of_labels_that_open_and_within_its_limits() {
    let place = Place::new(&[Purpose::Deliver], None);
    let good = place.label(1, 12, "王芳");
    let mut forged = good.clone();
    forged.replace_range(60..61, if &good[60..61] == "A" { "B" } else { "A" });
    let make = |texts: &[String], days| {
        pass(&place.root, terms(1), texts, &BOTH, Days::from(DAY, days), Limits::Kept)
    };
    let texts = [good.clone(), forged];
    assert!(matches!(make(&texts, 3), Err(IssueError::Label { at: 2, refusal: Refusal::Tampered })));
    let texts = [good.clone(), "https://example.com".into()];
    assert!(matches!(make(&texts, 3), Err(IssueError::Label { at: 2, refusal: Refusal::NotOurs })));
    assert!(matches!(make(&[], 3), Err(IssueError::Labels { given: 0, .. })));
    let many = vec![good.clone(); PASS_LABELS + 1];
    assert!(matches!(make(&many, 3), Err(IssueError::Labels { given: 201, most: 200 })));
    assert!(matches!(make(std::slice::from_ref(&good), 15), Err(IssueError::Days { .. })));
    let full = make(&many[1..], 14).unwrap().sign(&place.root).unwrap();
    assert_eq!(Grant::verify(&full, &place.root.public()).unwrap().labels.len(), PASS_LABELS);

    // A region's office makes them for its regions, and for no other.
    for (region, fits) in [(755, true), (756, false)] {
        let regions = [Region::new(region).unwrap()];
        let days = Days { from: Day::new(DAY.number() - 13), until: Day::new(DAY.number() + 14) };
        let scope = Scope::RegionIssuer { tiers: &BOTH, regions: &regions };
        let number = 1 << 30;
        let office =
            issuer(&place.root, GrantTerms::new("office", number, NOW), &scope, days, Limits::Kept).unwrap();
        let by_office = pass(
            &office,
            terms(number << 20),
            std::slice::from_ref(&good),
            &BOTH,
            Days::from(DAY, 3),
            Limits::Kept,
        );
        assert_eq!(by_office.is_ok(), fits, "{region}");
        let key = office.issuer_key.as_ref().unwrap();
        let own = pass(
            &place.root,
            terms(number << 20),
            std::slice::from_ref(&good),
            &BOTH,
            Days::from(DAY, 3),
            Limits::Kept,
        );
        let signed = own.unwrap().sign(key);
        assert_eq!(matches!(signed, Err(GrantError::BeyondIssuer)), !fits, "{region}");
    }
}

#[test]
fn what_a_stolen_issuer_brings_lifts_the_budget_of_no_other_key() {
    let place = Place::new(&[Purpose::Deliver], Some(2));
    let yesterday = Day::new(DAY.number() - 1);
    let old: Vec<String> = (1..7).map(|at| place.label_of(yesterday, at, 12, "王芳")).collect();
    let number = 1 << 30;
    let days = Days::from(DAY, 1);
    let stolen = GrantTerms::new("desk", number, NOW).with_purposes([]);
    let stolen = issuer(&place.root, stolen, &Scope::DayIssuer, days, Limits::Kept).unwrap();
    let scope = Scope::Scanner { tiers: &BOTH, stations: &[station(12)] };
    let widest = terms((number << 20) + 7).with_purposes(Purpose::ALL);
    let widest = issue(&stolen, widest, &scope, days, Limits::Kept).unwrap();
    let widest = widest.sign(stolen.issuer_key.as_ref().unwrap()).unwrap();
    std::fs::write(place.state().join("inbox/stolen.grant"), &widest[..]).unwrap();
    let mut session: Session = place.open();
    assert_eq!(session.notices().len(), 0, "it is a grant within its certificate");
    let outcomes: Vec<_> = old.iter().map(|text| told(&mut session, &at(text))).collect();
    assert_eq!(outcomes[..2], ["王芳 1", "王芳 1"]);
    assert!(outcomes[2..].iter().all(|outcome| outcome == "budget_spent"), "{outcomes:?}");
    // The authority's terms come first for the issuer's own day too.
    let today = place.label(9, 12, "李四");
    assert_eq!(told(&mut session, &at(&today)), "budget_spent");
    let enquiry = at(&today).with_purpose(Purpose::Enquiry);
    assert_eq!(told(&mut session, &enquiry), "purpose_not_granted");
}
