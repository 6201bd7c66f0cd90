//! Grants, revocation lists and additions, with the certificates of those who sign for the authority; and faults of each.

use super::bits::hex;
use super::cbor::{Item, numbers};
use super::label::{Label, Node};
use super::record::Record;
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const ISSUED: u64 = 1_795_478_400;
const DAY: u64 = 2519;
/// The number of a certificate, and the first serial of its block.
const NUMBER: u64 = 1_795_478_400;
const BLOCK: u64 = NUMBER << 20;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

/// Fields by their keys, from 1 on.
fn map(fields: Vec<Item>) -> Item {
    Item::Map((1..).zip(fields).collect())
}

fn signature(signer: &SigningKey, context: &[u8], body: &[u8]) -> Item {
    Item::Bytes(signer.sign(&[context, body].concat()).to_bytes().to_vec())
}

fn certificate(role: u64, signer: &SigningKey, regions: &[u64], roles: &[u64]) -> (Item, Item) {
    let body = map(vec![
        Item::Number(role),
        "华南办事处".into(),
        Item::Bytes(key(2).verifying_key().to_bytes().to_vec()),
        Item::Number(0),
        Item::Number(ISSUED),
        Item::Number(DAY - 13),
        Item::Number(DAY + 7),
        numbers(regions),
        Item::Number(BLOCK),
        Item::Number(BLOCK + (1 << 20) - 1),
        numbers(roles),
        numbers(&[1, 2]),
        numbers(&[1, 2, 3]),
        Item::Number(300),
        Item::Number(14),
    ]);
    let bytes = body.encode();
    let signature = signature(signer, b"WS1 issuer\0", &bytes);
    (body, Item::Array(vec![Item::Bytes(bytes), signature]))
}

fn office() -> (Item, Item) {
    certificate(8, &key(1), &[755], &[2, 6, 7])
}

/// A certificate of a device that gives passes: body, file, and the body of the issuer who signed it.
type Device = (Item, Item, Option<Item>);

/// What a device's certificate says beside its name and key.
#[derive(Clone)]
struct DeviceTerms {
    role: u64,
    issued: u64,
    days: (u64, u64),
    regions: Vec<u64>,
    purposes: Vec<u64>,
    most: u64,
}

/// The first serial of a device: by its key, as devices that give passes have it.
fn device_block() -> u64 {
    let digest = Sha256::digest(key(4).verifying_key().to_bytes());
    let number = u64::from_be_bytes(digest[..8].try_into().unwrap());
    ((1 << 43) | (number >> 21)) << 20
}

fn device_terms() -> DeviceTerms {
    let regions = vec![755];
    DeviceTerms { role: 2, issued: ISSUED, days: (DAY, DAY + 1), regions, purposes: vec![1], most: 2 }
}

/// By the authority, or by the key of an issuer whose certificate stands with it.
fn device(terms: &DeviceTerms, issuer: Option<&(Item, Item)>) -> Device {
    let body = map(vec![
        Item::Number(terms.role),
        "pda-17".into(),
        Item::Bytes(key(4).verifying_key().to_bytes().to_vec()),
        Item::Number(0),
        Item::Number(terms.issued),
        Item::Number(terms.days.0),
        Item::Number(terms.days.1),
        numbers(&terms.regions),
        Item::Number(device_block()),
        Item::Number(device_block() + (1 << 20) - 1),
        numbers(&[7]),
        numbers(&[1]),
        numbers(&terms.purposes),
        Item::Number(0),
        Item::Number(terms.most),
    ]);
    let bytes = body.encode();
    let signature = signature(&key(if issuer.is_some() { 2 } else { 1 }), b"WS1 issuer\0", &bytes);
    let mut parts = vec![Item::Bytes(bytes), signature];
    parts.extend(issuer.map(|(_, file)| Item::Bytes(file.encode())));
    (body, Item::Array(parts), issuer.map(|(body, _)| body.clone()))
}

/// The file of a pass that a device gives.
fn given(pass: &Grant, (_, file, _): &Device) -> Vec<u8> {
    let body = Item::Map(pass.fields.clone()).encode();
    let signature = signature(&key(4), b"WS1 grant\0", &body);
    Item::Array(vec![
        "wayseal grant".into(),
        Item::Number(1),
        Item::Bytes(body),
        Item::Bytes(pass.nodes.clone()),
        signature,
        Item::Bytes(file.encode()),
    ])
    .encode()
}

/// A grant before it is signed.
#[derive(Clone)]
struct Grant {
    fields: Vec<(u64, Item)>,
    nodes: Vec<u8>,
    certificate: Option<(Item, Item)>,
}

fn bundle(level: u8, tier: u8, day: u64, region: u16) -> Vec<u8> {
    let alias = 0x12_3456;
    let place = if tier == 0 { (0, 0, alias) } else { (region, 12, alias) };
    let node = Node::at(level, 0, tier, day as u16, place);
    let text = node.bundle();
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn grant(role: u64, serial: u64, tiers: &[u64], purposes: &[u64], nodes: &[Vec<u8>]) -> Grant {
    let nodes = nodes.concat();
    let digest = Sha256::digest(&nodes).to_vec();
    let fields = vec![
        Item::Number(role),
        "pda-17".into(),
        "".into(),
        Item::Number(serial),
        Item::Number(0),
        Item::Number(ISSUED),
        Item::Number(DAY - 1),
        Item::Number(DAY),
        numbers(tiers),
        numbers(purposes),
        Item::Number(0),
        Item::Number(0),
        Item::Bool(false),
        Item::Bytes(digest),
    ];
    Grant { fields: (1..).zip(fields).collect(), nodes, certificate: None }
}

impl Grant {
    fn with(mut self, field: u64, item: Item) -> Self {
        match self.fields.iter_mut().find(|(key, _)| *key == field) {
            Some((_, old)) => *old = item,
            None => self.fields.push((field, item)),
        }
        self
    }

    fn under(mut self, certificate: (Item, Item)) -> Self {
        self.certificate = Some(certificate);
        self
    }

    fn file(&self, context: &[u8]) -> Vec<u8> {
        let signer = if self.certificate.is_some() { key(2) } else { key(1) };
        let body = Item::Map(self.fields.clone()).encode();
        let signature = signature(&signer, context, &body);
        let mut parts = vec![
            "wayseal grant".into(),
            Item::Number(1),
            Item::Bytes(body),
            Item::Bytes(self.nodes.clone()),
            signature,
        ];
        parts.extend(self.certificate.iter().map(|(_, file)| Item::Bytes(file.encode())));
        Item::Array(parts).encode()
    }

    fn taken(&self, name: &str) -> Value {
        let fields = Item::Map(self.fields.clone()).told();
        let of = self.certificate.as_ref().map(|(body, _)| body.told());
        vector(name, "grant", &self.file(b"WS1 grant\0"), Some((fields, of)))
    }

    fn refused(&self, name: &str) -> Value {
        vector(name, "grant", &self.file(b"WS1 grant\0"), None)
    }
}

fn vector(name: &str, kind: &str, file: &[u8], taken: Option<(Value, Option<Value>)>) -> Value {
    let authority = hex(&key(1).verifying_key().to_bytes());
    let expect = if taken.is_some() { "taken" } else { "refused" };
    let mut vector =
        json!({"name": name, "kind": kind, "authority": authority, "file": hex(file), "expect": expect});
    if let Some((fields, certificate)) = taken {
        vector["fields"] = fields;
        if let Some(certificate) = certificate {
            vector["certificate"] = certificate;
        }
    }
    vector
}

fn revocations(sealers: &[(u32, u16)], holders: &[(&str, u64)], issuers: &[(&str, u64)]) -> Item {
    let sealers = sealers.iter().flat_map(|(number, day)| {
        let mut entry = number.to_be_bytes()[1..].to_vec();
        entry.extend(day.to_be_bytes());
        entry
    });
    let named = |names: &[(&str, u64)]| {
        Item::Array(
            names.iter().map(|(name, day)| Item::Array(vec![(*name).into(), Item::Number(*day)])).collect(),
        )
    };
    map(vec![
        Item::Number(ISSUED),
        Item::Number(ISSUED),
        Item::Number(DAY + 14),
        Item::Bytes(sealers.collect()),
        named(holders),
        named(issuers),
    ])
}

fn list_file(body: &Item, signer: &SigningKey, context: &[u8], certificate: Option<&Item>) -> Vec<u8> {
    let bytes = body.encode();
    let signature = signature(signer, context, &bytes);
    let mut parts = vec!["wayseal revocations".into(), Item::Number(1), Item::Bytes(bytes), signature];
    parts.extend(certificate.map(|file| Item::Bytes(file.encode())));
    Item::Array(parts).encode()
}

pub fn signed() -> Vec<Value> {
    let sites = || vec![bundle(3, 1, DAY - 1, 755), bundle(3, 2, DAY, 755)];
    let scanner = grant(2, 7, &[1, 2], &[1, 2], &sites());
    let leaves = vec![bundle(4, 0, DAY, 0), bundle(4, 1, DAY, 755), bundle(4, 2, DAY, 755)];
    let label = Label::of("SF1234567890123", &Record::chinese().draft().bits(), None);
    // With a salt that does not depend on the tables of texts.
    let header = [label.unsalted(), vec![0x5a; 6]].concat();
    let mut named = vec![header.len() as u8];
    named.extend(&header);
    named.extend((DAY as u16).to_be_bytes());
    named.push(1);
    named.extend([0xd1; 32]);
    named.extend([0; 32]);
    let pass = grant(7, 9, &[1], &[3], &[]).with(18, Item::Bytes(named));
    let issuer = [vec![2; 32], certificate(5, &key(1), &[], &[2]).1.encode()].concat();
    let own = || grant(2, BLOCK + 1, &[1, 2], &[1], &sites()).with(11, Item::Number(60)).under(office());
    let mut all = vec![
        scanner.taken("grant_scanner"),
        scanner.clone().with(16, Item::Number(1)).with(17, Item::Number(2)).taken("grant_rules"),
        scanner
            .clone()
            .with(11, Item::Number(60))
            .with(12, Item::Number(ISSUED))
            .with(13, Item::Bool(true))
            .taken("grant_terms"),
        scanner.clone().with(2, "网点 12".into()).with(3, "age1example".into()).taken("grant_to_a_recipient"),
        grant(1, 1, &[0, 1, 2], &[], &leaves).taken("grant_sealer"),
        grant(1, 1, &[0, 1, 2], &[], &leaves)
            .with(19, Item::Number(ISSUED))
            .taken("grant_sealer_by_signed_stations"),
        grant(3, 2, &[1], &[1], &[bundle(2, 1, DAY, 755)]).taken("grant_region"),
        grant(6, 3, &[1, 2], &[2, 3], &sites()).taken("grant_desk"),
        grant(5, 4, &[0, 1, 2], &[1], &[bundle(1, 1, DAY, 0)])
            .with(15, Item::Bytes(issuer))
            .taken("grant_day_issuer"),
        pass.clone().taken("grant_pass"),
        own().taken("grant_by_a_region_issuer"),
    ];
    // Passes of a device that the authority certified, and of one that an issuer did; and what an issuer may not certify.
    let own_pass = pass
        .clone()
        .with(4, Item::Number(device_block() + 5))
        .with(7, Item::Number(DAY))
        .with(8, Item::Number(DAY + 1))
        .with(10, numbers(&[1]));
    let fields = || Item::Map(own_pass.fields.clone()).told();
    for (name, issuer) in
        [("grant_pass_of_a_device", None), ("grant_pass_of_an_offices_device", Some(office()))]
    {
        let device = device(&device_terms(), issuer.as_ref());
        let mut told = device.0.told();
        if let Some(by) = &device.2 {
            told["by"] = by.told();
        }
        all.push(vector(name, "grant", &given(&own_pass, &device), Some((fields(), Some(told)))));
    }
    let terms = device_terms;
    for (name, terms, issuer) in [
        (
            "a_desk_of_an_office_of_scanners",
            DeviceTerms { role: 6, ..terms() },
            certificate(8, &key(1), &[755], &[2, 7]),
        ),
        ("a_device_of_an_office_without_passes", terms(), certificate(8, &key(1), &[755], &[2, 6])),
        ("a_device_of_another_region", DeviceTerms { regions: vec![20, 755], ..terms() }, office()),
        ("a_device_of_every_region", DeviceTerms { regions: vec![], ..terms() }, office()),
        ("a_device_beyond_the_offices_days", DeviceTerms { days: (DAY, DAY + 8), ..terms() }, office()),
        ("a_device_beyond_the_offices_purposes", DeviceTerms { purposes: vec![1, 4], ..terms() }, office()),
        ("a_device_certified_before_the_office", DeviceTerms { issued: ISSUED - 1, ..terms() }, office()),
        ("a_device_of_a_stop_key", terms(), certificate(9, &key(1), &[], &[2, 7])),
        ("a_device_of_an_office_of_its_own", terms(), certificate(8, &key(2), &[755], &[2, 6, 7])),
    ] {
        let file = given(&own_pass, &device(&terms, Some(&issuer)));
        all.push(vector(&format!("grant_pass_of_{name}"), "grant", &file, None));
    }
    // Faults of a grant: a signature that holds, over what may not be.
    let unordered = {
        let mut grant = scanner.clone();
        grant.fields.swap(3, 4);
        grant
    };
    let mut other_nodes = scanner.clone();
    other_nodes.nodes[60] ^= 1;
    let mut cut = scanner.clone();
    cut.nodes.pop();
    all.extend([
        vector("grant_of_a_lists_context", "grant", &scanner.file(b"WS1 revoked\0"), None),
        unordered.refused("grant_fields_unordered"),
        other_nodes.refused("grant_other_nodes"),
        cut.with(14, Item::Bytes(vec![0; 32])).refused("grant_nodes_cut"),
        scanner.clone().with(19, Item::Number(ISSUED)).refused("grant_scanner_by_signed_stations"),
        grant(1, 1, &[0, 1, 2], &[], &leaves).with(19, Item::Number(0)).refused("grant_stations_of_no_time"),
        scanner.clone().with(99, Item::Number(0)).refused("grant_unknown_field"),
        scanner.clone().with(9, numbers(&[2, 1])).refused("grant_tiers_unordered"),
        scanner.clone().with(10, numbers(&[1, 6])).refused("grant_unknown_purpose"),
        scanner.clone().with(2, "".into()).refused("grant_to_nobody"),
        scanner.clone().with(7, Item::Number(DAY)).refused("grant_node_of_another_day"),
        scanner.clone().with(8, Item::Number(DAY - 2)).refused("grant_days_backwards"),
        scanner.clone().with(16, Item::Number(2)).refused("grant_default_written_out"),
        scanner.clone().with(4, Item::Number(1 << 40)).refused("grant_serial_of_a_certificate"),
        grant(6, 3, &[1, 2], &[1], &sites()).refused("grant_desk_that_delivers"),
        grant(3, 2, &[1], &[1], &sites()[..1]).refused("grant_region_with_a_site"),
        own().with(4, Item::Number(7)).refused("grant_issuer_with_another_serial"),
        own().with(11, Item::Number(301)).refused("grant_issuer_over_its_budget"),
        own().with(6, Item::Number(ISSUED - 1)).refused("grant_issuer_before_it_was_certified"),
        grant(2, BLOCK + 1, &[1], &[1], &[bundle(3, 1, DAY, 20)])
            .with(11, Item::Number(60))
            .under(office())
            .refused("grant_issuer_of_another_region"),
        own().under(certificate(8, &key(2), &[755], &[2])).refused("grant_issuer_who_certified_itself"),
        own().under(certificate(8, &key(1), &[], &[2])).refused("grant_issuer_of_no_region"),
        own().under(certificate(8, &key(1), &[755], &[2, 8])).refused("grant_issuer_that_certifies"),
    ]);
    let good = scanner.file(b"WS1 grant\0");
    let mut trailing = good.clone();
    trailing.push(0);
    let mut newer = good.clone();
    newer[15] = 2;
    assert_eq!(good[15], 1);
    let mut flipped = good.clone();
    *flipped.last_mut().unwrap() ^= 1;
    // The file's array head with its length in two bytes.
    let long = [&[0x98, 5], &good[1..]].concat();
    for (name, file) in [
        ("grant_with_a_byte_more", trailing),
        ("grant_of_a_later_version", newer),
        ("grant_signature_altered", flipped),
        ("grant_length_in_a_long_form", long),
    ] {
        all.push(vector(name, "grant", &file, None));
    }

    let body = revocations(&[(7, 2500), (900, 2519)], &[("pda-18", 2510), ("网点", 0)], &[("desk", 2519)]);
    let empty = revocations(&[], &[], &[]);
    let context = b"WS1 revoked\0";
    for (name, body) in [("list", &body), ("list_empty", &empty)] {
        all.push(vector(name, "list", &list_file(body, &key(1), context, None), Some((body.told(), None))));
    }
    let twice = revocations(&[(7, 2500), (7, 2519)], &[], &[]);
    let unordered = revocations(&[], &[("b", 1), ("a", 1)], &[]);
    for (name, body, signer, context) in [
        ("list_sealer_twice", &twice, 1, &context[..]),
        ("list_names_unordered", &unordered, 1, context),
        ("list_by_somebody", &body, 3, context),
        ("list_of_a_grants_context", &body, 1, b"WS1 grant\0"),
    ] {
        all.push(vector(name, "list", &list_file(body, &key(signer), context, None), None));
    }
    let (stop_body, stop) = certificate(9, &key(1), &[], &[]);
    let added = list_file(&body, &key(2), b"WS1 stop\0", Some(&stop));
    all.push(vector("additions", "additions", &added, Some((body.told(), Some(stop_body.told())))));
    for (name, context, certificate) in [
        ("additions_of_a_lists_context", &context[..], &stop),
        ("additions_by_a_region_issuer", b"WS1 stop\0", &office().1),
        ("additions_by_a_stop_key_of_its_own", b"WS1 stop\0", &certificate(9, &key(2), &[], &[]).1),
    ] {
        all.push(vector(name, "additions", &list_file(&body, &key(2), context, Some(certificate)), None));
    }
    all
}
