//! Vectors with two faults: the refusal is that of the earlier check.

use super::super::label::{DAY, Label, Node, REGION, SITE, text};
use super::super::record::Record;
use super::super::vector::{Reader, Vector};
use super::{WAYBILL, sound, station};

pub fn all() -> Vec<Vector> {
    let label = sound();
    let payload = label.payload();
    let good = label.text();
    let mut all = Vec::new();
    let mut add = |name: &str, expect, reader: &Reader, text: String| {
        all.push(Vector::refused(name, expect, reader, text));
    };
    // Keys that differ from the label in one identifier, and in all after it.
    let at = |generation, tier, day, region, site| Node::at(3, generation, tier, day, (region, site, 0));
    let none = Reader::new(DAY, &[], "both");
    let generation = Reader::new(DAY, &[at(1, 1, DAY, REGION, SITE)], "both");
    let generation_and_more = Reader::new(DAY, &[at(1, 2, DAY + 3, 9, 9)], "delivery");
    let place = Reader::new(DAY, &[at(0, 1, DAY, REGION, 9)], "both");
    let place_and_day = Reader::new(DAY, &[at(0, 1, DAY + 3, REGION, 9)], "both");
    let place_day_and_tier = Reader::new(DAY, &[at(0, 2, DAY + 3, 9, SITE)], "delivery");
    let day = Reader::new(DAY, &[at(0, 1, DAY + 3, REGION, SITE)], "both");
    let day_and_tier = Reader::new(DAY, &[at(0, 2, DAY + 3, REGION, SITE)], "delivery");
    let far = Reader { day: DAY + 300, ..day_and_tier.clone() };
    let tier = Reader::new(DAY, &[at(0, 2, DAY, REGION, SITE)], "delivery");
    let revoking = station().revoking(&[(7, 0)]);

    // The prefix is checked before Base45, and before the keys.
    add("no_prefix_and_a_bad_character", "not_ours", &station(), "WS2:abc".into());
    add("no_prefix_and_no_keys", "not_ours", &none, format!("ws1:{}", &good[4..]));
    add("no_prefix_and_revoked", "not_ours", &revoking, good[4..].into());
    // Base45, size and header are checked before the keys.
    for (name, reader) in [
        ("no_keys", &none),
        ("other_generation", &generation),
        ("other_station", &place),
        ("other_day", &day),
        ("other_tier", &tier),
    ] {
        add(&format!("bad_character_and_{name}"), "damaged", reader, format!("{}a", &good[..good.len() - 1]));
        add(&format!("bad_size_and_{name}"), "damaged", reader, text(&payload[..90]));
        let dummy = Label { shape: 14, number: vec![0; 10], ..label.clone() };
        add(&format!("dummy_of_shape_14_and_{name}"), "damaged", reader, dummy.text());
        let dummy = Label { number: vec![0; 6], ..label.clone() };
        add(&format!("dummy_and_{name}"), "damaged", reader, dummy.text());
    }
    let over = Label { shape: 1, number: vec![0xff; 6], ..label.clone() };
    add("bad_size_and_a_number_over_its_shape", "damaged", &station(), text(&over.payload()[..60]));
    let mut over = over.payload();
    over[99] ^= 1;
    add("a_number_over_its_shape_and_a_broken_tag", "damaged", &station(), text(&over));
    // Then follow generation, station, day and tier, in that order, all before the tag.
    let mut broken = payload.clone();
    broken[70] ^= 1;
    broken[99] ^= 1;
    for (name, expect, reader) in [
        ("other_generation", "other_generation", &generation),
        ("other_generation_station_day_and_tier", "other_generation", &generation_and_more),
        ("other_station", "other_station", &place),
        ("other_station_and_day", "other_station", &place_and_day),
        ("other_station_day_and_tier", "other_station", &place_day_and_tier),
        ("other_day", "day_not_in_hand", &day),
        ("other_day_and_tier", "day_not_in_hand", &day_and_tier),
        ("a_day_too_far_and_other_tier", "day_not_in_hand", &far),
        ("other_tier", "tier_not_granted", &tier),
    ] {
        add(&format!("{name}_and_nothing_else"), expect, reader, good.clone());
        add(&format!("{name}_and_broken_tags"), expect, reader, text(&broken));
        add(&format!("{name}_and_revoked"), expect, &reader.clone().revoking(&[(7, 0)]), good.clone());
    }
    // One key fits except for the generation, another has only the generation right.
    let mixed = [at(1, 1, DAY, REGION, SITE), at(0, 2, DAY + 9, 1, 1)];
    add("a_key_of_the_generation_alone", "other_station", &Reader::new(DAY, &mixed, "both"), good.clone());
    let mixed = [at(0, 1, DAY, 1, 1), at(0, 2, DAY + 9, REGION, SITE)];
    add("a_key_of_the_station_alone", "day_not_in_hand", &Reader::new(DAY, &mixed, "both"), good.clone());
    let mixed = [at(0, 1, DAY + 9, REGION, SITE), at(0, 2, DAY, REGION, SITE)];
    add("a_key_of_the_day_alone", "tier_not_granted", &Reader::new(DAY, &mixed, "both"), good.clone());
    // Tag and plaintext give the same refusal; both are checked before the revocation.
    let mut forged = payload.clone();
    forged[30] ^= 4;
    add("broken_delivery_and_revoked", "tampered", &revoking, text(&forged));
    let mut forged = payload.clone();
    forged[99] ^= 4;
    add("broken_contact_and_revoked", "tampered", &revoking, text(&forged));
    let mut bad = Record::chinese().draft();
    bad.country = Some((2, 13));
    let bits = super::super::record::Contact::phone("13812345678").bits();
    let odd = Label::of(WAYBILL, &bad.bits(), Some(&bits));
    add("not_canonical_and_revoked", "tampered", &revoking, odd.text());
    // What needs a later reader is refused last.
    let mut later = Record::chinese().draft();
    later.codec = 7;
    let odd = Label::of(WAYBILL, &later.bits(), Some(&bits));
    add("unsupported_and_revoked", "sealer_revoked", &revoking, odd.text());
    add("unsupported_and_nothing_else", "unsupported", &station(), odd.text());
    let mut forged = odd.payload();
    *forged.last_mut().unwrap() ^= 1;
    add("unsupported_and_a_broken_contact_tag", "tampered", &station(), text(&forged));
    let no_phone = super::super::bits::Bits::of((1 << 48) - 1, 48);
    let both = Label::of(WAYBILL, &later.bits(), Some(&no_phone));
    add("unsupported_delivery_and_a_contact_that_is_not_canonical", "tampered", &station(), both.text());
    let later_contact = super::super::record::Contact {
        codec: 7,
        sender_name: "A".into(),
        ..super::super::record::Contact::phone("13812345678")
    };
    let bad_delivery = Label::of(WAYBILL, &bad.bits(), Some(&later_contact.bits()));
    add(
        "unsupported_contact_and_a_delivery_that_is_not_canonical",
        "tampered",
        &station(),
        bad_delivery.text(),
    );
    add(
        "both_unsupported",
        "unsupported",
        &station(),
        Label::of(WAYBILL, &later.bits(), Some(&later_contact.bits())).text(),
    );
    let sound = Label::of(WAYBILL, &Record::chinese().draft().bits(), Some(&later_contact.bits()));
    add(
        "a_contact_that_is_unsupported_refuses_the_whole",
        "unsupported",
        &Reader { want: "held", ..station() },
        sound.text(),
    );
    let mut contact_only = revoking.clone();
    contact_only.want = "contact";
    add(
        "broken_delivery_contact_wanted_and_revoked",
        "tampered",
        &contact_only,
        text(
            &payload[..]
                .iter()
                .enumerate()
                .map(|(at, byte)| if at == 69 { byte ^ 1 } else { *byte })
                .collect::<Vec<_>>(),
        ),
    );
    all
}
