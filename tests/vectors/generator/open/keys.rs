//! Vectors by the nodes that a reader holds, the day, and the revoked sealers.

use super::super::label::{DAY, Label, Node, alias, alias_key};
use super::super::record::{Contact, Record};
use super::super::vector::{Reader, Vector};
use super::{WAYBILL, read};

pub fn nodes() -> Vec<Vector> {
    let (record, contact) = (Record::chinese(), Contact::phone("13812345678"));
    let label_of = |generation| {
        let mut label = Label::of(WAYBILL, &record.draft().bits(), Some(&contact.bits()));
        label.generation = generation;
        label
    };
    let mut all = Vec::new();
    let levels = ["", "day", "region", "site", "leaf"];
    for generation in 0..2 {
        let label = label_of(generation);
        let mut add = |name: String, nodes: &[Node], want: &'static str, (d, c): (bool, bool)| {
            let reader = Reader::new(DAY, nodes, want);
            let name = format!("{name}_generation_{generation}");
            all.push(read(&name, &reader, &label, WAYBILL, d.then_some(&record), c.then_some(&contact)));
        };
        for level in 1..=4u8 {
            let [delivery, contact] = [1, 2].map(|tier| label.above(tier, level));
            let at = levels[usize::from(level)];
            add(format!("delivery_with_its_{at}"), &[delivery], "delivery", (true, false));
            add(format!("held_with_the_delivery_{at}"), &[delivery], "held", (true, false));
            add(format!("contact_with_its_{at}"), &[contact], "contact", (false, true));
            add(format!("held_with_the_contact_{at}"), &[contact], "held", (false, true));
            add(format!("both_with_both_{at}"), &[delivery, contact], "both", (true, true));
            add(format!("held_with_both_{at}"), &[contact, delivery], "held", (true, true));
            add(
                format!("delivery_although_both_{at}_are_held"),
                &[contact, delivery],
                "delivery",
                (true, false),
            );
            add(
                format!("contact_although_both_{at}_are_held"),
                &[contact, delivery],
                "contact",
                (false, true),
            );
        }
        let sound = label.above(1, 3);
        let wrong = Node { key: [0x5a; 32], ..label.above(1, 3) };
        add("the_first_of_two_nodes_that_reach_is_taken".into(), &[sound, wrong], "delivery", (true, false));
        let mixed = [label.above(1, 4), label.above(2, 1)];
        add("both_with_a_leaf_and_a_day".into(), &mixed, "both", (true, true));
    }
    // Among keys of other stations, days, generations and tiers.
    let label = label_of(0);
    let place = (label.region, label.site, 0);
    let mut many = vec![
        Node::at(3, 1, 1, DAY, place),
        Node::at(3, 0, 1, DAY - 1, place),
        Node::at(3, 0, 2, DAY + 1, place),
    ];
    many.push(Node::at(4, 0, 0, DAY, (0, 0, label.sealer)));
    many.extend([Node::at(3, 0, 1, DAY, (label.region, 13, 0)), Node::at(2, 0, 2, DAY, (1, 0, 0))]);
    many.extend([label.above(1, 3), label.above(2, 3)]);
    let reader = Reader::new(DAY, &many, "both");
    all.push(read("among_many_other_keys", &reader, &label, WAYBILL, Some(&record), Some(&contact)));
    let reader = Reader { want: "held", ..Reader::new(DAY, &many[..7], "held") };
    all.push(read(
        "held_where_the_contact_key_is_of_another_day",
        &reader,
        &label,
        WAYBILL,
        Some(&record),
        None,
    ));
    // Smallest and largest identifiers.
    for (region, site, sealer) in [(0, 0, 0), (4095, 4095, 0xff_ffff), (0, 4095, 1), (4095, 0, 0x80_0000)] {
        let label = Label { region, site, sealer, ..label.clone() };
        let name = format!("region_{region}_site_{site}_sealer_{sealer}");
        all.push(read(&name, &Reader::station(&label), &label, WAYBILL, Some(&record), Some(&contact)));
    }
    // A damaged contact section does not matter to readers that do not want it.
    let mut payload = label.payload();
    *payload.last_mut().unwrap() ^= 1;
    let mut vector = read(
        "a_broken_contact_is_not_seen",
        &Reader::new(DAY, &[label.above(1, 3)], "held"),
        &label,
        WAYBILL,
        Some(&record),
        None,
    );
    let broken = super::super::label::handle(&payload);
    vector.text = super::super::label::text(&payload);
    vector.opened.as_mut().unwrap().renamed(&broken);
    all.push(vector.note("the last byte of the contact tag is altered"));
    all
}

pub fn days() -> Vec<Vector> {
    let record = Record { note: String::new(), ..Record::chinese() };
    let mut all = Vec::new();
    for (sealed, read_on) in [
        (0u16, 0u16),
        (0, 255),
        (0, 256),
        (1, 0),
        (255, 0),
        (511, 512),
        (512, 511),
        (512, 767),
        (512, 768),
        (767, 512),
        (1023, 1024),
        (1024, 1023),
        (2519, 2519),
        (2519, 2264),
        (2519, 2774),
        (2519, 2775),
        (32_767, 32_768),
        (65_280, 65_535),
        (65_279, 65_535),
        (65_535, 65_280),
        (65_535, 65_535),
    ] {
        let mut label = Label::of(WAYBILL, &record.draft().bits(), None);
        label.day = sealed;
        let mut reader = Reader::station(&label);
        reader.day = read_on;
        all.push(read(
            &format!("sealed_{sealed}_read_{read_on}"),
            &reader,
            &label,
            WAYBILL,
            Some(&record),
            None,
        ));
    }
    all
}

pub fn revoked() -> Vec<Vector> {
    let (record, contact) = (Record::chinese(), Contact::phone("13812345678"));
    let label = Label::of(WAYBILL, &record.draft().bits(), Some(&contact.bits()));
    let station = Reader::station(&label);
    let both =
        |name: &str, reader: &Reader| read(name, reader, &label, WAYBILL, Some(&record), Some(&contact));
    let alias = alias(&alias_key(&label.above(1, 3).key), label.sealer);
    let leaves = Reader::new(DAY, &[label.above(1, 4), label.above(2, 4)], "both");
    let alone = Reader::new(DAY, &[label.above(2, 3)], "contact");
    vec![
        both("revoked_from_tomorrow", &station.clone().revoking(&[(7, DAY + 1)])),
        both("revoked_at_the_end_of_days", &station.clone().revoking(&[(7, 65_535)])),
        both("others_are_revoked", &station.clone().revoking(&[(0, 0), (6, 0), (8, 0), (0xff_ffff, 0)])),
        both("the_alias_is_revoked_as_a_number", &station.clone().revoking(&[(alias, 0)])),
        both("revoked_but_only_leaves_are_held", &leaves.revoking(&[(7, 0)]))
            .note("the alias key needs the site key of tier 1"),
        read(
            "revoked_but_only_contact_is_held",
            &alone.revoking(&[(7, 0)]),
            &label,
            WAYBILL,
            None,
            Some(&contact),
        ),
    ]
}
