//! Signed grants: the round trip, and the bytes that are refused.

use super::*;
use crate::keys::{KeyPath, Region, Site};
use crate::signed::role::Role;
use crate::signed::signer::Signs;
use ed25519_dalek::SigningKey;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn grant() -> Grant {
    let site = KeyPath::day(Generation::from(4), Tier::Delivery, Day::new(2500))
        .region(Region::new(9).unwrap())
        .site(Site::new(3).unwrap());
    Grant {
        role: Role::Scanner,
        to: "pda-17".into(),
        device: "age1device".into(),
        serial: 12,
        generation: 4,
        issued: 1_790_000_000,
        from: Day::new(2500),
        until: Day::new(2500),
        tiers: vec![Tier::Delivery],
        purposes: vec![Purpose::Deliver, Purpose::Enquiry],
        budget: Some(300),
        reopening: Reopening::default(),
        revocations: 41,
        stations: 0,
        top_up: true,
        nodes: vec![Node::new(site, &[0xab; 32])],
        labels: Vec::new(),
        issuer_key: None,
        issued_by: None,
    }
}

#[test]
fn a_signed_grant_comes_back() {
    let authority = key(1);
    let bytes = grant().sign(&authority).unwrap();
    let back = Grant::verify(&bytes, &authority.verifying_key()).unwrap();
    assert_eq!((back.role, back.to.as_str(), back.serial), (Role::Scanner, "pda-17", 12));
    assert_eq!((back.device.as_str(), back.issued, back.generation), ("age1device", 1_790_000_000, 4));
    assert_eq!((back.budget, back.revocations, back.top_up), (Some(300), 41, true));
    assert_eq!(back.purposes, [Purpose::Deliver, Purpose::Enquiry]);
    assert_eq!(back.nodes[0].path(), grant().nodes[0].path());
    assert_eq!(back.nodes[0].key().expose(), &[0xab; 32]);
    assert_eq!(*back.sign(&authority).unwrap(), *bytes, "the same grant has the same bytes");
}

#[test]
fn rules_for_opening_again_come_back_and_the_defaults_take_no_bytes() {
    let authority = key(1);
    let usual = grant().sign(&authority).unwrap().len();
    let rules = [None, Some(Reopen::Allow), Some(Reopen::Count), Some(Reopen::Refuse)];
    for (again, delivered) in Reopen::ALL.iter().flat_map(|again| rules.map(|rule| (*again, rule))) {
        let reopening = Reopening { again, delivered };
        let bytes = Grant { reopening, ..grant() }.sign(&authority).unwrap();
        let back = Grant::verify(&bytes, &authority.verifying_key()).unwrap();
        assert_eq!(back.reopening, reopening);
        assert_eq!(Reopening::try_from(reopening.byte()).ok(), Some(reopening));
        assert_eq!(bytes.len() == usual, reopening == Reopening::default());
    }
}

#[test]
fn altered_truncated_and_foreign_grants_are_refused() {
    let authority = key(1);
    let bytes = grant().sign(&authority).unwrap();
    let other = key(2);
    assert!(matches!(Grant::verify(&bytes, &other.verifying_key()), Err(GrantError::Signature)));
    for place in 0..bytes.len() {
        let mut altered = bytes.to_vec();
        altered[place] ^= 0x40;
        assert!(Grant::verify(&altered, &authority.verifying_key()).is_err(), "{place}");
        assert!(Grant::verify(&bytes[..place], &authority.verifying_key()).is_err(), "{place}");
    }
    assert!(Grant::verify(&[&bytes[..], &[0]].concat(), &authority.verifying_key()).is_err());
}

#[test]
fn a_signed_body_with_another_field_is_refused() {
    let authority = key(1);
    let sign = |body: &[u8]| {
        let mut file = CborWriter::with_room(body.len() + 512);
        file.array(5);
        file.text(MAGIC);
        file.uint(VERSION);
        file.bytes(body);
        file.bytes(&grant().bundle());
        file.bytes(&Signs::sign(&authority, &signed(body)).to_bytes());
        Grant::verify(&file.finish(), &authority.verifying_key())
    };
    let body = grant().body(&Sha256::digest(grant().bundle()).into());
    sign(&body).unwrap();
    // An empty field 15, which issuers alone have.
    let mut more = [&body[..], &[15, 0x41, 0]].concat();
    more[0] += 1;
    assert!(matches!(sign(&more), Err(GrantError::Form)));
    // An unknown rule, the default written out, an unknown number, a duplicate, rules out of order, a pass without labels,
    // an unknown field.
    for fields in [&[16, 0][..], &[16, 2], &[17, 4], &[16, 1, 16, 1], &[17, 1, 16, 1], &[18, 0x40], &[19, 1]]
    {
        let mut unknown = [&body[..], fields].concat();
        unknown[0] += fields.len() as u8 / 2;
        assert!(matches!(sign(&unknown), Err(GrantError::Form)), "{fields:?}");
    }
    let mut missing = body.to_vec();
    missing[0] -= 1;
    assert!(matches!(sign(&missing), Err(GrantError::Form)));
}

#[test]
fn an_inconsistent_grant_is_neither_signed_nor_accepted() {
    let authority = key(1);
    let wrong: [fn(&mut Grant); 13] = [
        |grant| grant.from = Day::new(2501),
        |grant| grant.until = Day::new(2499),
        |grant| grant.tiers = vec![Tier::Contact],
        |grant| grant.tiers = vec![Tier::Contact, Tier::Delivery],
        |grant| grant.generation = 5,
        |grant| grant.to = String::new(),
        |grant| grant.to = "a\nb".into(),
        |grant| grant.budget = Some(0),
        |grant| grant.serial = 1 << 40,
        // Nodes, purposes and keys that are another role's.
        |grant| grant.role = Role::Region,
        |grant| grant.role = Role::Desk,
        |grant| grant.role = Role::DayIssuer,
        |grant| grant.role = Role::Stop,
    ];
    for (case, change) in wrong.into_iter().enumerate() {
        let mut grant = grant();
        change(&mut grant);
        assert!(matches!(grant.sign(&authority), Err(GrantError::Form)), "{case}");
    }
}

#[test]
fn debug_shows_no_key() {
    let shown = format!("{:?}", grant());
    assert!(!shown.contains("171") && !shown.contains("ab, ab"), "{shown}");
}

#[test]
fn a_demand_for_signed_stations_is_a_sealers_and_takes_no_bytes_where_there_is_none() {
    let authority = key(1);
    let leaf = KeyPath::origin(Generation::from(4), Day::new(2500), crate::keys::SealerId::new(7).unwrap());
    let sealer = |stations| Grant {
        role: Role::Sealer,
        stations,
        tiers: vec![Tier::Origin],
        purposes: Vec::new(),
        nodes: vec![Node::new(leaf, &[1; 32])],
        ..grant()
    };
    let bytes = sealer(1_790_000_000).sign(&authority).unwrap();
    assert_eq!(Grant::verify(&bytes, &authority.verifying_key()).unwrap().stations, 1_790_000_000);
    assert_eq!(sealer(0).sign(&authority).unwrap().len() + 2 + 4, bytes.len());
    assert!(matches!(Grant { stations: 1, ..grant() }.sign(&authority), Err(GrantError::Form)));
}
