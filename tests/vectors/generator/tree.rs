//! The key tree itself: nodes, label keys, aliases, salts.

use super::bits::{Bits, hex};
use super::label::{Label, Node, alias, alias_key, delivery_code, expand, root, tenant_key};
use super::record::{Contact, Record};
use serde_json::{Value, json};

pub fn files() -> Vec<(String, String)> {
    [
        ("keys.jsonl", keys()),
        ("labels.jsonl", labels()),
        ("aliases.jsonl", aliases()),
        ("salts.jsonl", salts()),
        ("tenants.jsonl", tenants()),
        ("codes.jsonl", codes()),
    ]
    .map(|(path, lines)| (path.to_owned(), lines.iter().map(|line| format!("{line}\n")).collect()))
    .into()
}

fn keys() -> Vec<Value> {
    let mut all = Vec::new();
    let roots = [(0, root(0)), (1, root(1)), (0, [0; 32]), (1, [0xff; 32])];
    for (number, (generation, root)) in roots.into_iter().enumerate() {
        for (day, region, site, alias) in
            [(2519u16, 755u16, 12u16, 0x12_3456u32), (0, 0, 0, 0), (65_535, 4095, 4095, 0xff_ffff)]
        {
            for tier in 0..3u8 {
                for (level, name) in [(1, "day"), (2, "region"), (3, "site"), (4, "leaf")] {
                    // In tier 0 region and site are 0, and the leaf is the sealer's number.
                    let place = if tier == 0 { (0, 0, alias) } else { (region, site, alias) };
                    let node = Node::under(&root, level, generation, tier, day, place);
                    let mut path = json!({"tier": tier, "day": day});
                    for (from, key, value) in [
                        (2, "region", u32::from(place.0)),
                        (3, "site", place.1.into()),
                        (4, "alias", place.2),
                    ] {
                        if level >= from {
                            path[key] = value.into();
                        }
                    }
                    all.push(json!({
                        "name": format!("root_{number}_day_{day}_tier_{tier}_{name}"),
                        "root": hex(&root),
                        "generation": generation,
                        "path": path,
                        "bundle": node.bundle(),
                    }));
                }
            }
        }
    }
    all
}

/// Labels of both generations, with and without a contact.
fn examples() -> Vec<(String, Label)> {
    let mut all = Vec::new();
    let contact = Contact::phone("13812345678").bits();
    for (generation, day, sealer) in [(0, 2519, 7), (1, 0, 0), (0, 65_535, 0xff_ffff)] {
        for waybill in [
            "SF1234567890123",
            "JD0012345678901-1-2-",
            "1Z999AA10123456784",
            "---------------------------------9",
        ] {
            for with in [None, Some(&contact)] {
                let label = Label::of(waybill, &Record::chinese().draft().bits(), with);
                let name =
                    format!("day_{day}_{waybill}_{}", if with.is_some() { "contact" } else { "delivery" });
                all.push((name, Label { generation, day, sealer, ..label }));
            }
        }
    }
    all
}

fn labels() -> Vec<Value> {
    let mut all = Vec::new();
    for (name, label) in examples() {
        for tier in [1, 2] {
            let leaf = label.above(tier, 4);
            let header = label.header();
            all.push(json!({
                "name": format!("{name}_tier_{tier}"),
                "generation": label.generation,
                "leaf": leaf.bundle(),
                "header": hex(&header),
                "key": hex(&expand(&leaf.key, 5, &header)),
            }));
        }
    }
    all
}

fn aliases() -> Vec<Value> {
    let mut all = Vec::new();
    for (day, region, site) in [(2519, 755, 12), (0, 0, 0), (65_535, 4095, 4095)] {
        let node = Node::at(3, 0, 1, day, (region, site, 0));
        let key = alias_key(&node.key);
        for number in [0, 1, 7, 0x00_0fff, 0x00_1000, 0x12_3456, 0x80_0000, 0xff_fffe, 0xff_ffff] {
            all.push(json!({
                "name": format!("day_{day}_number_{number}"),
                "site": node.bundle(),
                "alias_key": hex(&key),
                "number": number,
                "alias": alias(&key, number),
            }));
        }
    }
    all
}

fn salts() -> Vec<Value> {
    let mut all = Vec::new();
    let mut add = |name: String, label: &Label| {
        let origin = Node::at(4, label.generation, 0, label.day, (0, 0, label.sealer));
        let [delivery, contact] = label.filled();
        all.push(json!({
            "name": name,
            "generation": label.generation,
            "origin": origin.bundle(),
            "salt_key": hex(&label.salt_key()),
            "day": label.day,
            "header": hex(&label.unsalted()),
            "delivery": hex(&delivery),
            "contact": hex(&contact),
            "salt": hex(&label.salt()),
        }));
    };
    for (name, label) in examples() {
        add(name, &label);
    }
    // The largest delivery possible: 172 bytes.
    let mut label = Label::of("SF1234567890123", &Bits::of(1, 8), None);
    label.size = Some(204);
    assert_eq!(label.filled()[0].len(), 172);
    add("the_largest_delivery".into(), &label);
    all
}

fn tenants() -> Vec<Value> {
    let mut all = Vec::new();
    for (name, label) in examples().into_iter().step_by(5) {
        for tenant in [0, 1, 0x1234_5678, u32::MAX] {
            let origin = label.origin();
            let key = tenant_key(&origin.key, tenant);
            all.push(json!({
                "name": format!("{name}_tenant_{tenant}"),
                "generation": label.generation,
                "origin": origin.bundle(),
                "tenant": tenant,
                "tenant_key": hex(&key),
                "salt_key": hex(&expand(&key, 7, &[])),
            }));
        }
    }
    all
}

fn codes() -> Vec<Value> {
    let mut all = Vec::new();
    for (name, label) in examples() {
        let origin = label.origin();
        let header = label.header();
        all.push(json!({
            "name": format!("{name}_code"),
            "generation": label.generation,
            "origin": origin.bundle(),
            "header": hex(&header),
            "key": hex(&expand(&origin.key, 9, &header)),
            "code": delivery_code(&origin.key, &header),
        }));
    }
    all
}
