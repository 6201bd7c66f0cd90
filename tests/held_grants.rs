//! Nodes that a key store holds, by each kind of grant that brings them: an issuer's, of an office or of a day; a relay's, alone and beside a
//! scanner's; and by a depot's answer. What is told is what a device tells that keeps its nodes itself.

use crate::common::station::{DAY, NOW, Place, station};
use crate::held_nodes::{BOTH, Pda, code, holds, labels, list, scanner_grant, told};
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue, issuer};
use wayseal::device::app::{Device, LabelScan};
use wayseal::device::exchange::BundleWriter;
use wayseal::keys::{Day, KeyLevel};
use wayseal::signed::certificate::SignsGrants as _;
use wayseal::signed::grant::{Grant, Purpose};
use wayseal::signed::moment::Moment;
use wayseal::signed::revocation::RevocationList;
use wayseal::verifier::Want;

/// A region's office, or who grants for one day by its whole keys.
fn south(place: &Place, is_office: bool) -> Grant {
    let regions = [station(12).0];
    let (scope, days) = if is_office {
        let days = Days { from: Day::new(DAY.number() - 13), until: Day::new(DAY.number() + 14) };
        (Scope::RegionIssuer { tiers: &BOTH, regions: &regions }, days)
    } else {
        (Scope::DayIssuer, Days::from(DAY, 1))
    };
    let terms = GrantTerms::new("south", 1 << 30, NOW).with_purposes([Purpose::Deliver, Purpose::Call]);
    issuer(&place.root, terms, &scope, days, Limits::Kept).unwrap()
}

/// The grant of that number that it makes.
fn granted_by(south: &Grant, number: u64, scope: &Scope<'_>, change: impl FnOnce(&mut Grant)) -> Grant {
    let key = south.issuer_key.as_ref().unwrap();
    let serial = key.certificate().unwrap().terms().serials.start() + number;
    let is_day = south.nodes.iter().any(|node| node.path().level() == KeyLevel::Day);
    let days = if is_day { Days::from(DAY, 1) } else { Days::ending(DAY, 14) };
    let terms = GrantTerms::new("pda-17", serial, NOW).topping_up();
    let mut grant = issue(south, terms, scope, days, Limits::Kept).unwrap();
    change(&mut grant);
    grant
}

fn signed_by(south: &Grant, grant: &Grant) -> Vec<u8> {
    grant.sign(south.issuer_key.as_ref().unwrap()).unwrap().to_vec()
}

fn relay_grant(place: &Place, serial: u64, site: u16) -> Grant {
    let scope = Scope::Relay { stations: &[station(site)] };
    let terms = GrantTerms::new("pda-17", serial, NOW).with_purposes([Purpose::Call]);
    issue(&place.root, terms, &scope, Days::ending(DAY, 14), Limits::Kept).unwrap()
}

/// What is told of each label for each want, ten seconds apart.
fn tells(device: &mut Device, labels: &[String], purpose: Purpose, now: u64) -> Vec<String> {
    let wants = [Want::Held, Want::Delivery, Want::Contact, Want::Both];
    let scans = labels.iter().flat_map(|label| wants.map(|want| (label, want)));
    scans
        .enumerate()
        .map(|(at, (label, want))| {
            let scan = LabelScan::new(label, now + 10 * at as u64).with_want(want).with_purpose(purpose);
            told(device, &scan)
        })
        .collect()
}

#[test]
fn nodes_of_an_issuers_grant_are_held_beside_the_authoritys_and_erased_with_the_issuer() {
    for is_office in [true, false] {
        let place = Place::new(&[Purpose::Deliver], None);
        let south = south(&place, is_office);
        let own = scanner_grant(&place, 60, &BOTH);
        let scope = Scope::Scanner { tiers: &BOTH, stations: &[station(13)] };
        let other = granted_by(&south, 1, &scope, |_| {});
        // Of a stolen issuer: other keys for the authority's places.
        let scope = Scope::Scanner { tiers: &BOTH, stations: &[station(12)] };
        let stolen = granted_by(&south, 2, &scope, |grant| {
            for node in &mut grant.nodes {
                node.set(node.path(), &[7; 32]);
            }
        });
        let mut revoking = RevocationList::none();
        revoking.revoke_issuers([("south".to_owned(), DAY)]);
        let revoking =
            revoking.sign_next(Moment(NOW + 5000), Day::new(DAY.number() + 10), &place.root).unwrap();
        let labels = labels(&place);
        let run = |pda: &Pda, check: &dyn Fn(&[&Grant])| {
            let mut all = Vec::new();
            let mut device = pda.open(NOW);
            device.take(&own.sign(&place.root).unwrap(), NOW).unwrap();
            for grant in [&other, &stolen] {
                all.push(device.take(&signed_by(&south, grant), NOW).unwrap().added.to_string());
            }
            check(&[&own, &other, &stolen]);
            all.extend(tells(&mut device, &labels, Purpose::Deliver, NOW));
            drop(device);
            let mut device = pda.open(NOW + 1000);
            all.push(device.load(&LabelScan::new(&labels[1], NOW + 1000)).unwrap().to_string());
            all.extend(tells(&mut device, &labels, Purpose::Deliver, NOW + 2000));
            device.take(&revoking, NOW + 5000).unwrap();
            check(&[&own]);
            all.extend(tells(&mut device, &labels, Purpose::Deliver, NOW + 6000));
            all.push(code(device.take(&signed_by(&south, &other), NOW + 7000)).to_owned());
            all
        };
        let plain = Pda::new(&place, None);
        let without = run(&plain, &|_| {});
        let (held, nodes) = Pda::holding(&place);
        let with = run(&held, &|grants| {
            assert_eq!(nodes.count(), grants.iter().map(|grant| grant.nodes.len()).sum::<usize>());
            for grant in grants {
                assert_eq!(holds(&held.files.files(), grant), Vec::<String>::new());
                assert!(grant.nodes.iter().all(|node| nodes.holds(node.key().expose())));
            }
        });
        assert_eq!(with, without, "{is_office}");
        for told in ["王芳 13812345678 1 None", "李四 13812345678 1 None", "other_station", "issuer_revoked"]
        {
            assert!(with.iter().any(|other| other == told), "{told}: {with:?}");
        }
    }
}

#[test]
fn an_issuers_grant_is_taken_again_when_its_nodes_were_lost() {
    for is_office in [true, false] {
        let place = Place::new(&[Purpose::Deliver], None);
        let south = south(&place, is_office);
        let scope = Scope::Scanner { tiers: &BOTH, stations: &[station(13)] };
        let grant = granted_by(&south, 1, &scope, |_| {});
        let signed = signed_by(&south, &grant);
        let own = scanner_grant(&place, 60, &BOTH).sign(&place.root).unwrap();
        let (pda, nodes) = Pda::holding(&place);
        let mut device = pda.open(NOW);
        device.take(&own, NOW).unwrap();
        device.take(&signed, NOW).unwrap();
        nodes.lose();
        let label = place.label(2, 13, "李四");
        assert_eq!(told(&mut device, &LabelScan::new(&label, NOW)), "no_grant");
        for bytes in [&own[..], &signed] {
            assert!(device.take(bytes, NOW + 10).unwrap().added > 0);
            assert_eq!(device.take(bytes, NOW + 10).unwrap().added, 0);
        }
        assert_eq!(told(&mut device, &LabelScan::new(&label, NOW + 20)), "李四 13812345678 1 None");
        assert_eq!(
            told(&mut device, &LabelScan::new(&place.label(1, 12, "王芳"), NOW + 30)),
            "王芳 13812345678 1 None"
        );
        assert_eq!(nodes.count(), 28 + grant.nodes.len());
    }
}

#[test]
fn a_relays_nodes_are_held_and_tell_what_they_tell_without() {
    for is_issuers in [false, true] {
        let place = Place::new(&[Purpose::Deliver], None);
        let south = south(&place, false);
        let (grant, signed) = if is_issuers {
            let scope = Scope::Relay { stations: &[station(12)] };
            let grant = granted_by(&south, 1, &scope, |grant| grant.purposes = vec![Purpose::Call]);
            let signed = signed_by(&south, &grant);
            (grant, signed)
        } else {
            let grant = relay_grant(&place, 60, 12);
            let signed = grant.sign(&place.root).unwrap().to_vec();
            (grant, signed)
        };
        let labels = labels(&place);
        let run = |pda: &Pda| {
            let mut device = pda.open(NOW);
            device.take(&signed, NOW).unwrap();
            let mut all = tells(&mut device, &labels, Purpose::Call, NOW);
            drop(device);
            let mut device = pda.open(NOW + 1000);
            // Contact keys do not tell who sealed a label.
            device.take(&list(&place, NOW + 1000, DAY.number()), NOW + 1000).unwrap();
            all.extend(tells(&mut device, &labels, Purpose::Call, NOW + 1000));
            all.push(code(device.load(&LabelScan::new(&labels[1], NOW + 2000))).to_owned());
            let loaded = LabelScan::new(&labels[0], NOW + 2000).with_purpose(Purpose::Call);
            all.push(format!("{:?}", device.load(&loaded).map_err(|failure| failure.code)));
            device.lock(&place.depot.recipient(), NOW + 2010).unwrap();
            all.extend(tells(&mut device, &labels, Purpose::Call, NOW + 3000));
            all
        };
        let without = run(&Pda::new(&place, None));
        let (held, nodes) = Pda::holding(&place);
        let with = run(&held);
        assert_eq!(with, without, "{is_issuers}");
        assert!(with.iter().any(|told| told == " 13812345678 1 None"), "{with:?}");
        assert!(nodes.asked() > 0 && nodes.count() == 0);
        assert_eq!(holds(&held.files.files(), &grant), Vec::<String>::new());
    }
}

#[test]
fn a_scanners_and_a_relays_nodes_of_the_same_station_stay_as_long_as_one_of_them_does() {
    let place = Place::new(&[Purpose::Deliver], None);
    let scope = Scope::Scanner { tiers: &BOTH, stations: &[station(13)] };
    let newer =
        issue(&place.root, GrantTerms::new("pda-17", 61, NOW), &scope, Days::ending(DAY, 14), Limits::Kept);
    // The contact keys of the first two are the same, and so are their names.
    let grants = [
        (scanner_grant(&place, 60, &BOTH), 28),
        (relay_grant(&place, 70, 12), 28),
        (newer.unwrap(), 28 + 14),
        (relay_grant(&place, 71, 13), 28),
    ];
    let labels = labels(&place);
    let run = |pda: &Pda, check: &dyn Fn(usize)| {
        let mut all = Vec::new();
        let mut device = pda.open(NOW);
        for (at, (grant, count)) in grants.iter().enumerate() {
            let now = NOW + 1000 * at as u64;
            device.take(&grant.sign(&place.root).unwrap(), now).unwrap();
            check(*count);
            all.extend(tells(&mut device, &labels, Purpose::Deliver, now));
            all.extend(tells(&mut device, &labels, Purpose::Call, now + 500));
        }
        all
    };
    let (held, nodes) = Pda::holding(&place);
    let with = run(&held, &|count| assert_eq!(nodes.count(), count));
    assert_eq!(with, run(&Pda::new(&place, None), &|_| {}));
    assert!(with.iter().any(|told| told.starts_with("李四 ")), "{with:?}");
}

#[test]
fn a_list_counts_while_the_key_store_does_not_answer_and_what_it_ends_is_erased_later() {
    let place = Place::new(&[Purpose::Deliver], None);
    let south = south(&place, true);
    let own = scanner_grant(&place, 60, &BOTH);
    let scope = Scope::Scanner { tiers: &BOTH, stations: &[station(13)] };
    let other = granted_by(&south, 1, &scope, |_| {});
    let mut revoking = RevocationList::none();
    revoking.revoke_issuers([("south".to_owned(), DAY)]);
    let revoking = revoking.sign_next(Moment(NOW), Day::new(DAY.number() + 10), &place.root).unwrap();
    let (pda, nodes) = Pda::holding(&place);
    let mut device = pda.open(NOW);
    device.take(&own.sign(&place.root).unwrap(), NOW).unwrap();
    device.take(&signed_by(&south, &other), NOW).unwrap();
    let label = place.label(2, 13, "李四");
    assert_eq!(told(&mut device, &LabelScan::new(&label, NOW)), "李四 13812345678 1 None");
    nodes.fall_silent(true);
    device.take(&revoking, NOW + 10).unwrap();
    assert_eq!(told(&mut device, &LabelScan::new(&label, NOW + 20)), "other_station");
    assert_eq!(nodes.count(), 28 + 28);
    nodes.fall_silent(false);
    assert_eq!(told(&mut device, &LabelScan::new(&label, NOW + 30)), "other_station");
    assert_eq!(nodes.count(), 28);
}

#[test]
fn of_a_depots_answer_is_taken_what_the_key_store_holds_and_the_rest_at_the_next() {
    let place = Place::new(&[Purpose::Deliver], None);
    let south = south(&place, true);
    let scope = Scope::Scanner { tiers: &BOTH, stations: &[station(13)] };
    let items = [
        ("pda-17.grant", scanner_grant(&place, 60, &BOTH).sign(&place.root).unwrap().to_vec()),
        ("south.grant", signed_by(&south, &granted_by(&south, 1, &scope, |_| {}))),
        ("relay.grant", relay_grant(&place, 70, 14).sign(&place.root).unwrap().to_vec()),
        ("new.list", list(&place, NOW, DAY.number() + 1)),
    ];
    let mut bundle = BundleWriter::new(None);
    for (name, item) in &items {
        bundle.add(name, item).unwrap();
    }
    let answer = bundle.finish();
    let (pda, nodes) = Pda::holding(&place);
    let mut device = pda.open(NOW);
    let taken = |device: &mut Device, now| -> Vec<String> {
        let (receipts, _) = device.take_bundle(&answer, now).unwrap();
        receipts
            .iter()
            .map(|receipt| match &receipt.taken {
                Ok(received) => format!("{} {}", receipt.name, received.added),
                Err(failure) => format!("{} {}", receipt.name, failure.code.name()),
            })
            .collect()
    };
    nodes.fall_silent(true);
    let silent = taken(&mut device, NOW);
    for grant in ["pda-17.grant", "south.grant", "relay.grant"] {
        assert!(silent.contains(&format!("{grant} keystore_unavailable")), "{silent:?}");
    }
    assert!(silent.iter().any(|told| told == "new.list 0"), "{silent:?}");
    assert_eq!(device.fetch_request(NOW).grant, 0);
    nodes.fall_silent(false);
    let then = taken(&mut device, NOW + 10);
    for grant in ["pda-17.grant 28", "south.grant 28", "relay.grant 14"] {
        assert!(then.iter().any(|told| told == grant), "{then:?}");
    }
    assert_eq!(nodes.count(), 28 + 28 + 14);
    assert_eq!(device.fetch_request(NOW).grant, 60);
    drop(device);
    let mut device = pda.open(NOW + 20);
    for (site, name) in [(12, "王芳"), (13, "李四")] {
        let label = place.label(site.into(), site, name);
        let scan = LabelScan::new(&label, NOW + 20);
        assert_eq!(told(&mut device, &scan), format!("{name} 13812345678 1 None"));
    }
}
