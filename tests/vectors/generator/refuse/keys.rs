//! Vectors with missing keys, wrong keys and revoked sealers.

use super::super::label::{DAY, Label, Node, REGION, SEALER, SITE, expand, hmac};
use super::super::record::{Contact, Record};
use super::super::vector::{Reader, Vector};
use super::{WAYBILL, sound};

pub const LEVELS: [&str; 5] = ["root", "day", "region", "site", "leaf"];

/// A neighbour of the label's node: which identifier differs by one.
fn beside(label: &Label, tier: u8, level: u8, (day, region, site, alias): (i32, i32, i32, i32)) -> Node {
    let near = |value: u16, by: i32| (i32::from(value) + by) as u16;
    let leaf = (label.alias() as i32 + alias) as u32;
    let place = (near(label.region, region), near(label.site, site), leaf);
    Node::at(level, label.generation, tier, near(label.day, day), place)
}

pub fn missing() -> Vec<Vector> {
    let label = sound();
    let text = label.text();
    let mut all = Vec::new();
    let mut add = |name: String, expect, nodes: &[Node], want| {
        all.push(Vector::refused(name, expect, &Reader::new(DAY, nodes, want), text.clone()));
    };
    for want in ["held", "delivery", "contact", "both"] {
        add(format!("no_key_at_all_{want}"), "other_generation", &[], want);
    }
    for level in 1..=4u8 {
        let at = LEVELS[usize::from(level)];
        let odd = |tier| Node { generation: 1, ..label.above(tier, level) };
        add(format!("a_{at}_of_the_other_generation"), "other_generation", &[odd(1), odd(2)], "held");
        for (what, off, from) in [
            ("region", (0, 1, 0, 0), 2),
            ("region_below", (0, -1, 0, 0), 2),
            ("site", (0, 0, 1, 0), 3),
            ("site_below", (0, 0, -1, 0), 3),
            ("alias", (0, 0, 0, 1), 4),
        ] {
            if level >= from {
                let nodes = [1, 2].map(|tier| beside(&label, tier, level, off));
                add(format!("a_{at}_of_another_{what}"), "other_station", &nodes, "held");
            }
        }
        // Nodes of the origin tier open nothing, at any level.
        let origin = Node::at(level, 0, 0, DAY, (REGION, SITE, label.alias()));
        add(format!("a_{at}_of_the_origin_tier"), "other_station", &[origin], "held");
        for (what, by) in
            [("day_before", -1), ("day_after", 1), ("same_day_512_before", -512), ("same_day_512_after", 512)]
        {
            let nodes = [1, 2].map(|tier| beside(&label, tier, level, (by, 0, 0, 0)));
            add(format!("a_{at}_of_the_{what}"), "day_not_in_hand", &nodes, "held");
        }
        let [delivery, contact] = [1, 2].map(|tier| label.above(tier, level));
        add(format!("delivery_wanted_with_the_contact_{at}"), "tier_not_granted", &[contact], "delivery");
        add(format!("contact_wanted_with_the_delivery_{at}"), "tier_not_granted", &[delivery], "contact");
        add(format!("both_wanted_with_the_delivery_{at}"), "tier_not_granted", &[delivery], "both");
        add(format!("both_wanted_with_the_contact_{at}"), "tier_not_granted", &[contact], "both");
        // The other tier's key has another day; the refusal follows from a node that fits the station.
        let late = beside(&label, 2, level, (1, 0, 0, 0));
        add(
            format!("contact_wanted_and_its_{at}_of_another_day"),
            "tier_not_granted",
            &[delivery, late],
            "contact",
        );
    }
    let origin = Node::at(4, 0, 0, DAY, (0, 0, SEALER));
    add("the_sealers_own_origin_leaf".into(), "other_station", &[origin], "held");
    let all_but = [beside(&label, 1, 3, (0, 1, 0, 0)), beside(&label, 1, 3, (1, 0, 0, 0))];
    add("one_key_of_the_day_and_one_of_the_station".into(), "day_not_in_hand", &all_but, "held");
    // A label without a contact section.
    let none = Label::of(WAYBILL, &Record::chinese().draft().bits(), None);
    for (name, nodes, want) in [
        ("contact_wanted_of_a_label_without", vec![none.above(1, 3), none.above(2, 3)], "contact"),
        ("contact_wanted_of_a_label_without_contact_key_alone", vec![none.above(2, 3)], "contact"),
        ("held_reaches_nothing_of_a_label_without", vec![none.above(2, 3)], "held"),
        ("both_wanted_of_a_label_without_contact_key_alone", vec![none.above(2, 3)], "both"),
    ] {
        let reader = Reader::new(DAY, &nodes, want);
        all.push(Vector::refused(name, "tier_not_granted", &reader, none.text()));
    }
    // The reader's day is too far from the label's: another day with the same nine bits is nearer.
    for (name, sealed, read_on) in [
        ("257_before", 2519u16, 2519 + 256 + 1),
        ("256_after", 2519, 2519 - 256),
        ("512_before", 2519, 2519 + 512),
    ] {
        let label = Label { day: sealed, ..sound() };
        let mut reader = Reader::station(&label);
        reader.day = read_on;
        all.push(Vector::refused(
            format!("sealed_{name}_the_readers_day"),
            "day_not_in_hand",
            &reader,
            label.text(),
        ));
    }
    // The nearest day with these nine bits would be before the first day or after the last.
    for (name, sealed, read_on) in [("before_the_first_day", 511u16, 3u16), ("after_the_last_day", 0, 65_535)]
    {
        let label = Label { day: sealed, ..sound() };
        let mut reader = Reader::station(&label);
        reader.day = read_on;
        all.push(Vector::refused(
            format!("the_nearest_day_is_{name}"),
            "day_not_in_hand",
            &reader,
            label.text(),
        ));
    }
    all
}

/// The right path with another key.
pub fn wrong() -> Vec<Vector> {
    let label = sound();
    let text = label.text();
    let mut all = Vec::new();
    let mut add = |name: String, nodes: &[Node], want| {
        all.push(Vector::refused(name, "tampered", &Reader::new(DAY, nodes, want), text.clone()));
    };
    for level in 1..=4u8 {
        let at = LEVELS[usize::from(level)];
        for (tier, want) in [(1, "delivery"), (2, "contact")] {
            let foreign = Node::under(&[0x77; 32], level, 0, tier, DAY, (REGION, SITE, label.alias()));
            add(format!("{want}_{at}_of_a_foreign_root"), &[foreign], want);
            let mut flipped = label.above(tier, level);
            flipped.key[31] ^= 1;
            add(format!("{want}_{at}_with_a_bit_of_its_key_flipped"), &[flipped], want);
            let zero = Node { key: [0; 32], ..label.above(tier, level) };
            add(format!("{want}_{at}_of_zeros"), &[zero], want);
            let swapped = Node { key: label.above(3 - tier, level).key, ..label.above(tier, level) };
            add(format!("{want}_{at}_with_the_key_of_the_other_tier"), &[swapped], want);
            let mut late = label.clone();
            late.day += 1;
            let late = Node { key: late.above(tier, level).key, ..label.above(tier, level) };
            add(format!("{want}_{at}_with_the_key_of_the_next_day"), &[late], want);
            let mut odd = label.clone();
            odd.generation = 1;
            let odd = Node { key: odd.above(tier, level).key, ..label.above(tier, level) };
            add(format!("{want}_{at}_with_the_key_of_the_other_generation"), &[odd], want);
        }
    }
    // Derivations that do not follow the format.
    let site = label.above(1, 3);
    let alias = label.alias().to_be_bytes();
    for (name, key) in [
        ("without_the_block_number", hmac(&site.key, &[b"WS1", &[4], &alias])),
        ("with_a_block_number_of_0", hmac(&site.key, &[b"WS1", &[4], &alias, &[0]])),
        ("with_another_domain", hmac(&site.key, &[b"WS2", &[4], &alias, &[1]])),
        ("with_three_bytes_of_alias", expand(&site.key, 4, &alias[1..])),
        ("with_a_little_endian_alias", expand(&site.key, 4, &label.alias().to_le_bytes())),
        ("with_the_sealers_number", expand(&site.key, 4, &SEALER.to_be_bytes())),
        ("with_another_level", expand(&site.key, 5, &alias)),
    ] {
        add(format!("leaf_derived_{name}"), &[Node { key, ..label.above(1, 4) }], "delivery");
    }
    all
}

pub fn revoked() -> Vec<Vector> {
    let label = sound();
    let text = label.text();
    let mut all = Vec::new();
    let mut add = |name: String, nodes: &[Node], want, list: &[(u32, u16)]| {
        let reader = Reader::new(DAY, nodes, want).revoking(list);
        all.push(Vector::refused(name, "sealer_revoked", &reader, text.clone()));
    };
    for level in 1..=3u8 {
        let at = LEVELS[usize::from(level)];
        let nodes = [1, 2].map(|tier| label.above(tier, level));
        add(format!("revoked_today_seen_from_the_{at}"), &nodes, "both", &[(7, DAY)]);
        add(format!("revoked_yesterday_seen_from_the_{at}"), &nodes, "both", &[(7, DAY - 1)]);
        add(format!("revoked_and_the_delivery_alone_wanted_{at}"), &nodes, "delivery", &[(7, 0)]);
        add(format!("revoked_and_the_contact_alone_wanted_{at}"), &nodes, "contact", &[(7, 0)]);
        add(format!("revoked_and_whatever_is_held_wanted_{at}"), &nodes[..1], "held", &[(7, 0)]);
    }
    let site = [label.above(1, 3), label.above(2, 3)];
    let leaf_first = [label.above(1, 4), label.above(2, 4), label.above(1, 3)];
    add("revoked_with_a_leaf_before_the_site".into(), &leaf_first, "both", &[(7, DAY)]);
    let contact_first = [label.above(2, 3), label.above(1, 3)];
    add("revoked_with_the_contact_before_the_delivery".into(), &contact_first, "both", &[(7, DAY)]);
    add("revoked_among_others".into(), &site, "both", &[(0, 9), (6, 9), (7, DAY), (8, 9), (0xff_ffff, 9)]);
    add("revoked_first_of_the_list".into(), &site, "both", &[(7, 9), (8, 9)]);
    add("revoked_last_of_the_list".into(), &site, "both", &[(1, 9), (7, 9)]);
    for sealer in [0, 1, 0xff_ffff] {
        let bits = Contact::phone("13812345678").bits();
        let label = Label { sealer, ..Label::of(WAYBILL, &Record::chinese().draft().bits(), Some(&bits)) };
        let reader = Reader::station(&label).revoking(&[(sealer, DAY)]);
        all.push(Vector::refused(
            format!("sealer_{sealer}_is_revoked"),
            "sealer_revoked",
            &reader,
            label.text(),
        ));
    }
    all
}
