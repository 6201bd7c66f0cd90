//! The test vectors: the library gives the result that each states, and the files are what their generator writes.
//!
//! `cargo test --test integration -- --ignored write_the_vectors` regenerates them.

mod generator;
mod signed;

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use wayseal::keys::{
    Alias, AliasKey, Day, DeliveryCode, Generation, KeyPath, Node, Prk, Region, SaltKey, SealerId, Site,
    Tenant, Tier,
};
use wayseal::payload::{Payload, Waybill};
use wayseal::record::{Contact, Country, Delivery, Division, DivisionCode};
use wayseal::sealer::{DestinationKeys, Sealer};
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
    fs::write(FORMAT, with_the_worked_example()).unwrap();
}

const FORMAT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/format.md");

/// `docs/format.md` with the listings of its worked example recomputed.
fn with_the_worked_example() -> String {
    let mut format = fs::read_to_string(FORMAT).unwrap();
    for (heading, listing) in generator::example::listings() {
        let from = format.find(&format!("\n### {heading}\n")).unwrap();
        let from = from + format[from..].find("```text\n").unwrap() + "```text\n".len();
        let to = from + format[from..].find("```").unwrap();
        format.replace_range(from..to, &listing);
    }
    format
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
fn the_format_shows_the_worked_example() {
    let format = fs::read_to_string(FORMAT).unwrap();
    assert!(format == with_the_worked_example(), "docs/format.md shows another: write it again");
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
    assert_eq!(counts.len(), 9, "{counts:?}");
}

/// Sealed again by the library, a vector opens to the same record; it is the same label if its sealer chose codec, split
/// and size as the library does.
#[test]
fn the_library_seals_what_it_opens() {
    let (mut same, mut all) = (BTreeSet::new(), 0);
    for (path, vector) in vectors() {
        if !path.starts_with("open/") || vector["delivery"].is_null() {
            continue;
        }
        let header = Payload::parse(vector["text"].as_str().unwrap().as_bytes()).unwrap().header().clone();
        // Nothing seals entries yet.
        if vector["skipped"] != json!({"delivery": [], "contact": []}) {
            continue;
        }
        // A reader that opened only the delivery does not know what else was sealed.
        if vector["contact"].is_null() && !header.contact.is_empty() {
            continue;
        }
        let text = sealed(&vector, header.generation.bit());
        all += 1;
        if text == vector["text"].as_str().unwrap() {
            same.insert(vector["name"].as_str().unwrap().to_owned());
        } else {
            let mut again = vector.clone();
            again["text"] = text.into();
            let outcome = outcome(&again);
            for part in ["expect", "waybill", "sealed_on", "alias", "delivery", "contact"] {
                assert_eq!(outcome[part], vector[part], "{path}: {}", vector["name"]);
            }
        }
    }
    println!("{} of {all} are the same label", same.len());
    assert!(same.contains("worked_example"));
    assert!(same.len() * 2 > all, "{} of {all}", same.len());
}

/// The vector's record, sealed by the library under the root of the vectors.
fn sealed(vector: &Value, generation: u8) -> String {
    let root = generator::label::root(generation);
    let generation = Generation::from(u32::from(generation));
    let root = Node::new(KeyPath::root(generation), &root);
    let number = |key: &str| vector[key].as_u64().unwrap();
    let day = Day::new(number("sealed_on") as u16);
    let derive = |path| {
        let mut node = Node::empty();
        root.derive(path, &mut node).unwrap();
        node
    };
    let [delivery_site, contact_site] = [Tier::Delivery, Tier::Contact].map(|tier| {
        let region = Region::new(number("region") as u16).unwrap();
        derive(
            KeyPath::day(generation, tier, day)
                .region(region)
                .site(Site::new(number("site") as u16).unwrap()),
        )
    });
    let alias = Alias::new(number("alias") as u32).unwrap();
    let sealer = AliasKey::try_from(&delivery_site).unwrap().sealer(alias);
    let leaves = [delivery_site, contact_site].map(|site| derive(site.path().sealer(alias)));
    let lane = DestinationKeys::new(&leaves[0], Some(&leaves[1])).unwrap();
    let field = |part: &str, field: &str| vector[part][field].as_str().unwrap().to_owned();
    let [name, country, postcode, province, city, district, street, detail, note] =
        ["name", "country", "postcode", "province", "city", "district", "street", "detail", "note"]
            .map(|name| field("delivery", name));
    let delivery = Delivery {
        name: &name,
        country: Country::new(country.as_bytes().try_into().unwrap()).unwrap(),
        postcode: &postcode,
        division: match vector["delivery"]["division_code"].as_u64() {
            Some(code) => Division::Code(DivisionCode::new(code as u32).unwrap()),
            None => Division::Names { province: &province, city: &city, district: &district },
        },
        street: &street,
        detail: &detail,
        note: &note,
    };
    let [phone, sender_phone, sender_name] = ["phone", "sender_phone", "sender_name"]
        .map(|name| vector["contact"][name].as_str().unwrap_or_default().to_owned());
    let contact = Contact { phone: &phone, sender_phone: &sender_phone, sender_name: &sender_name };
    let contact = vector["contact"].is_object().then_some(&contact);
    let waybill = Waybill::parse(vector["waybill"].as_str().unwrap()).unwrap();
    let sealer = Sealer::new(&derive(KeyPath::origin(generation, day, sealer))).unwrap();
    sealer.seal(&lane, &waybill, &delivery, contact).unwrap().text.as_str().to_owned()
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
        let tier = Tier::try_from(number("tier").unwrap() as u8).unwrap();
        let mut at = KeyPath::day(generation, tier, Day::new(number("day").unwrap() as u16));
        if let Some(region) = number("region") {
            at = at.region(Region::new(region as u16).unwrap());
        }
        if let Some(site) = number("site") {
            at = at.site(Site::new(site as u16).unwrap());
        }
        if let Some(alias) = number("alias") {
            at = at.sealer(Alias::new(alias).unwrap());
        }
        let root = Node::new(KeyPath::root(generation), &bytes(&vector["root"]));
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
        let key = AliasKey::try_from(&node(&vector, "site")).unwrap();
        let number = SealerId::new(vector["number"].as_u64().unwrap() as u32).unwrap();
        let alias = key.alias(number);
        assert_eq!(json!(alias.number()), vector["alias"], "{vector}");
        assert_eq!(key.sealer(alias), number);
    }
    for vector in lines("codes.jsonl") {
        let code = DeliveryCode::derive(&node(&vector, "origin"), &unhex(&vector["header"])).unwrap();
        assert_eq!(code.text(), vector["code"].as_str().unwrap(), "{vector}");
        assert_eq!(DeliveryCode::parse(code.text()).as_ref(), Some(&code));
    }
    // A salt key shows itself by its salts alone.
    for vector in lines("tenants.jsonl") {
        let tenant = Tenant::new(vector["tenant"].as_u64().unwrap() as u32);
        let key = SaltKey::for_tenant(&node(&vector, "origin"), tenant).unwrap();
        let message = b"WS1\x07\x03\x09\xd7\x01\x01\x02\x00";
        let expected = generator::label::hmac(&unhex(&vector["salt_key"]), &[message]);
        assert_eq!(key.salt(Day::new(2519), &[1], &[2], &[]), expected[..6], "{vector}");
    }
    for vector in lines("salts.jsonl") {
        let key = SaltKey::try_from(&node(&vector, "origin")).unwrap();
        let day = Day::new(vector["day"].as_u64().unwrap() as u16);
        let [header, delivery, contact] = ["header", "delivery", "contact"].map(|part| unhex(&vector[part]));
        assert_eq!(key.salt(day, &header, &delivery, &contact), bytes(&vector["salt"]), "{vector}");
    }
}

/// The library's result for a vector, in the terms of the vectors.
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
    let day = Day::new(vector["day"].as_u64().unwrap() as u16);
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
        "expect": "opened", "waybill": &*header.waybill.text(), "sealed_on": opened.day.number(),
        "region": header.region.number(), "site": header.site.number(), "alias": header.alias.number(),
        "handle": hex(payload.handle().bytes()), "printed": &*payload.handle().printed(),
        "delivery": delivery, "contact": contact,
        "skipped": {
            "delivery": opened.skipped.delivery.iter().collect::<Vec<_>>(),
            "contact": opened.skipped.contact.iter().collect::<Vec<_>>(),
        },
    })
}

fn revoked(entry: &Value) -> Revoked {
    let number = |at: usize| entry[at].as_u64().unwrap() as u32;
    Revoked { sealer: SealerId::new(number(0)).unwrap(), from: Day::new(number(1) as u16) }
}

fn generation(vector: &Value) -> Generation {
    Generation::from(vector["generation"].as_u64().unwrap_or(0) as u32)
}

fn node(vector: &Value, field: &str) -> Node {
    let mut node = Node::empty();
    assert!(node.read(generation(vector), &bytes(&vector[field])).is_ok(), "{vector}");
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
