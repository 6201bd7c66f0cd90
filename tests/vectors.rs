//! The test vectors: the library does with each what it says, and they are what their generator writes.
//!
//! `cargo test --test vectors -- --ignored write_the_vectors` writes them again.
#![cfg(feature = "host")]

#[path = "vectors/generator/mod.rs"]
mod generator;

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use wayseal::keys::{AliasKey, Day, Generation, Node, Prk, SaltKey, SealerId};
use wayseal::payload::Payload;
use wayseal::record::Division;
use wayseal::secret::Key;
use wayseal::verifier::{Buffer, Opened, Revoked, Verifier, Want};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

#[test]
#[ignore = "writes tests/vectors"]
fn write_the_vectors() {
    for (path, text) in generator::files() {
        let path = folder().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

#[test]
fn the_vectors_are_what_their_generator_writes() {
    let written = generator::files();
    let mut found = BTreeMap::new();
    for part in ["", "open", "refuse"] {
        for entry in fs::read_dir(folder().join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "jsonl") {
                let name = path.strip_prefix(folder()).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    assert_eq!(found.keys().collect::<Vec<_>>(), written.keys().collect::<Vec<_>>());
    for (path, text) in &written {
        for (number, (line, expected)) in found[path].lines().zip(text.lines()).enumerate() {
            assert_eq!(line, expected, "{path}:{}", number + 1);
        }
        assert_eq!(&found[path], text, "{path}");
    }
}

#[test]
fn each_vector_comes_out_as_it_says() {
    let mut counts = BTreeMap::new();
    let mut wrong = Vec::new();
    for (path, vector) in vectors() {
        let expected = vector["expect"].as_str().unwrap();
        let opens = path.starts_with("open/");
        assert_eq!(expected == "opened", opens, "{path}: {vector}");
        *counts.entry(expected.to_owned()).or_insert(0) += 1;
        let outcome = outcome(&vector);
        let same = outcome.as_object().unwrap().iter().all(|(key, value)| vector[key] == *value);
        if !same {
            wrong.push(format!("{path}: {}: {outcome}", vector["name"]));
        }
    }
    assert!(wrong.is_empty(), "{} vectors come out otherwise: {wrong:#?}", wrong.len());
    let opened = counts.remove("opened").unwrap();
    let refused: usize = counts.values().sum();
    assert!(opened >= 200 && refused >= 500, "{opened} open and {refused} are refused: {counts:?}");
    assert_eq!(counts.len(), 8, "{counts:?}");
}

#[test]
fn names_are_told_once() {
    let mut names = BTreeSet::new();
    for (path, vector) in vectors() {
        let name = vector["name"].as_str().unwrap().to_owned();
        assert!(names.insert(name.clone()), "{path}: {name}");
    }
}

#[test]
fn the_key_tree_is_that_of_the_vectors() {
    for vector in lines("keys.jsonl") {
        let generation = generation(&vector);
        let path = &vector["path"];
        let number = |key: &str| path[key].as_u64().map(|number| number as u32);
        let tier = wayseal::keys::Tier::new(number("tier").unwrap() as u8).unwrap();
        let mut at = wayseal::keys::Path::day(generation, tier, Day(number("day").unwrap() as u16));
        if let Some(region) = number("region") {
            at = at.region(wayseal::keys::Region::new(region as u16).unwrap());
        }
        if let Some(site) = number("site") {
            at = at.site(wayseal::keys::Site::new(site as u16).unwrap());
        }
        if let Some(alias) = number("alias") {
            at = at.sealer(wayseal::keys::Alias::new(alias).unwrap());
        }
        let root = Node::new(wayseal::keys::Path::root(generation), &bytes(&vector["root"]));
        let (mut node, mut bundle) = (Node::empty(), [0; Node::BUNDLED]);
        root.derive(at, &mut node).unwrap();
        node.write(&mut bundle);
        assert_eq!(bundle, bytes(&vector["bundle"]), "{vector}");
    }
    for vector in lines("labels.jsonl") {
        let mut key = Key::zero();
        Prk::new(node(&vector, "leaf").key()).label_key(&unhex(&vector["header"]), &mut key);
        assert_eq!(key.expose(), &bytes(&vector["key"]), "{vector}");
    }
    for vector in lines("aliases.jsonl") {
        let key = AliasKey::of_site(&node(&vector, "site")).unwrap();
        let number = SealerId::new(vector["number"].as_u64().unwrap() as u32).unwrap();
        let alias = key.alias(number);
        assert_eq!(json!(alias.number()), vector["alias"], "{vector}");
        assert_eq!(key.sealer(alias), number);
    }
    for vector in lines("salts.jsonl") {
        let key = SaltKey::of_origin(&node(&vector, "origin")).unwrap();
        let day = Day(vector["day"].as_u64().unwrap() as u16);
        let [header, delivery, contact] = ["header", "delivery", "contact"].map(|part| unhex(&vector[part]));
        assert_eq!(key.salt(day, &header, &delivery, &contact), bytes(&vector["salt"]), "{vector}");
    }
}

/// What the library makes of a vector, in the words of the vectors.
fn outcome(vector: &Value) -> Value {
    let held = vector["nodes"].as_array().unwrap();
    let nodes: Vec<Node> = held.iter().map(|held| node(held, "bundle")).collect();
    let revoked: Vec<Revoked> = vector["revoked"].as_array().unwrap().iter().map(revoked).collect();
    let want = match vector["want"].as_str().unwrap() {
        "held" => Want::Held,
        "delivery" => Want::Delivery,
        "contact" => Want::Contact,
        "both" => Want::Both,
        other => panic!("{other}"),
    };
    let day = Day(vector["day"].as_u64().unwrap() as u16);
    let text = vector["text"].as_str().unwrap().as_bytes();
    let mut buffer = Buffer::new();
    match Verifier::new(&nodes, day).with_revoked(&revoked).open(text, want, &mut buffer) {
        Ok(opened) => told(&opened, &Payload::parse(text).unwrap()),
        Err(refusal) => json!({"expect": refusal.name()}),
    }
}

fn told(opened: &Opened<'_>, payload: &Payload) -> Value {
    let header = &opened.header;
    let delivery = opened.delivery.as_ref().map(|delivery| {
        let (code, [province, city, district]) = match delivery.division {
            Division::Code(code) => (Some(code.number()), [""; 3]),
            Division::Names { province, city, district } => (None, [province, city, district]),
        };
        json!({
            "name": delivery.name, "country": delivery.country.as_str(), "postcode": delivery.postcode,
            "division_code": code, "province": province, "city": city, "district": district,
            "street": delivery.street, "detail": delivery.detail, "note": delivery.note,
        })
    });
    let contact = opened.contact.as_ref().map(|contact| {
        json!({
            "phone": contact.phone, "sender_phone": contact.sender_phone, "sender_name": contact.sender_name,
        })
    });
    json!({
        "expect": "opened", "waybill": &*header.waybill.text(), "sealed_on": opened.day.0,
        "region": header.region.number(), "site": header.site.number(), "alias": header.alias.number(),
        "handle": hex(payload.handle().bytes()), "printed": &*payload.handle().printed(),
        "delivery": delivery, "contact": contact,
    })
}

fn revoked(entry: &Value) -> Revoked {
    let number = |at: usize| entry[at].as_u64().unwrap() as u32;
    Revoked { sealer: SealerId::new(number(0)).unwrap(), from: Day(number(1) as u16) }
}

fn generation(vector: &Value) -> Generation {
    Generation::of(vector["generation"].as_u64().unwrap_or(0) as u32)
}

fn node(vector: &Value, field: &str) -> Node {
    let mut node = Node::empty();
    assert!(node.read(generation(vector), &bytes(&vector[field])), "{vector}");
    node
}

fn vectors() -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for part in ["open", "refuse"] {
        let mut paths: Vec<_> =
            fs::read_dir(folder().join(part)).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        paths.sort();
        for path in paths {
            let path = format!("{part}/{}", path.to_str().unwrap());
            all.extend(lines(&path).into_iter().map(|vector| (path.clone(), vector)));
        }
    }
    all
}

fn lines(path: &str) -> Vec<Value> {
    let text = fs::read_to_string(folder().join(path)).unwrap();
    let vectors: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(!vectors.is_empty(), "{path}");
    vectors
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &Value) -> Vec<u8> {
    let text = text.as_str().unwrap();
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn bytes<const N: usize>(text: &Value) -> [u8; N] {
    unhex(text).try_into().unwrap()
}
