//! Codes of deliveries, judged by the authority: right, wrong, none, or unknown where a relabelling is missing.

use crate::common::tree::Tree;
use std::collections::BTreeSet;
use wayseal::authority::deliveries::{CodeVerdict, Relabellings, SignOffEntry, judge};
use wayseal::device::log::SpokenCode;
use wayseal::keys::{AliasKey, Day, DeliveryCode, Generation, KeyPath, Region, SealerId, Site, Tier};
use wayseal::payload::{ContactClass, HEADER_MAX, Handle, Header, Waybill};

const DAY: Day = Day::new(2519);

fn tree() -> Tree {
    Tree::of_bytes(7)
}

/// A label of a sealer for a station: its handle, its header, and its code.
fn label(sealer: u32, site: u16, salt: u8) -> (Handle, Header, DeliveryCode) {
    let (region, site) = (Region::new(755).unwrap(), Site::new(site).unwrap());
    let sealer = SealerId::new(sealer).unwrap();
    let key = tree().node(KeyPath::day(Generation::EVEN, Tier::Delivery, DAY).region(region).site(site));
    let header = Header {
        generation: Generation::EVEN,
        contact: ContactClass::new(0).unwrap(),
        day_low: DAY.low(),
        region,
        site,
        alias: AliasKey::try_from(&key).unwrap().alias(sealer),
        waybill: Waybill::parse("SF1390004216500").unwrap(),
        salt: [salt; 6],
    };
    let mut bytes = [0; HEADER_MAX];
    let len = header.write(&mut bytes);
    let leaf = tree().node(KeyPath::origin(Generation::EVEN, DAY, sealer));
    let code = DeliveryCode::derive(&leaf, &bytes[..len]).unwrap();
    (Handle::from([salt; 16]), header, code)
}

#[test]
fn a_relabelled_parcel_keeps_the_code_of_its_first_label() {
    let ((first, first_header, code), (second, second_header, other), (third, third_header, _)) =
        (label(7, 12, 1), label(900, 13, 2), label(900, 14, 3));
    assert_ne!(code, other);
    let (code, other) = (SpokenCode::from(code), SpokenCode::from(other));
    let desks = || BTreeSet::from([SealerId::new(900).unwrap()]);
    let said = |relabellings: &Relabellings, handle, header: &Header, code| {
        let entry = SignOffEntry { handle, header: header.clone(), code };
        judge(&tree(), relabellings, &entry, DAY).unwrap()
    };
    let none = Relabellings::new(desks());
    assert_eq!(said(&none, first, &first_header, Some(code)), CodeVerdict::Right);
    assert_eq!(said(&none, first, &first_header, Some(other)), CodeVerdict::Wrong);
    assert_eq!(said(&none, first, &first_header, None), CodeVerdict::NotGiven);

    // Relabelled twice; the logs may hold an entry twice, in any order.
    let mut chain = Relabellings::new(desks());
    chain.add(second, second_header.clone(), third);
    // The first link is missing.
    assert_eq!(said(&chain, third, &third_header, Some(code)), CodeVerdict::Unknown);
    chain.add(first, first_header.clone(), second);
    chain.add(first, first_header.clone(), second);
    assert_eq!(said(&chain, third, &third_header, Some(code)), CodeVerdict::Right);
    assert_eq!(said(&chain, third, &third_header, Some(other)), CodeVerdict::Wrong);
    // Two entries contradict each other, and one leads back to itself.
    let mut circle = chain.clone();
    chain.add(third, third_header.clone(), second);
    assert_eq!(said(&chain, third, &third_header, Some(code)), CodeVerdict::Unknown);
    circle.add(third, third_header.clone(), first);
    assert_eq!(said(&circle, third, &third_header, Some(code)), CodeVerdict::Unknown);
}
