//! Vectors with altered bytes that a tag covers, and with moved sections.

use super::super::label::{Label, text};
use super::super::record::{Contact, Record};
use super::super::vector::{Reader, Vector};
use super::{WAYBILL, sound, station};

pub fn flips() -> Vec<Vector> {
    let payload = sound().payload();
    assert_eq!(payload.len(), 100);
    let mut all = Vec::new();
    let mut add = |name: String, reader: &Reader, at: usize, bit: u8| {
        let mut payload = payload.clone();
        payload[at] ^= 1 << bit;
        all.push(Vector::refused(name, "tampered", reader, text(&payload)));
    };
    let both = station();
    // The alias, the lower digits of the waybill number, the salt.
    for (at, bit) in [(4, 0), (5, 7), (6, 3), (7, 4), (12, 0), (13, 0), (13, 1)] {
        add(format!("header_byte_{at}_bit_{bit}"), &both, at, bit);
    }
    for at in 14..20 {
        add(format!("salt_byte_{}", at - 14), &both, at, (at % 8) as u8);
    }
    // 20 of header, 50 of delivery, 12 of tag, 6 of contact, 12 of tag.
    for at in 20..100 {
        let (section, from) = match at {
            20..70 => ("delivery", 20),
            70..82 => ("delivery_tag", 70),
            82..88 => ("contact", 82),
            _ => ("contact_tag", 88),
        };
        add(format!("{section}_byte_{}", at - from), &both, at, (at % 8) as u8);
    }
    // The contact's tag also covers everything before the contact section.
    let contact = Reader { want: "contact", ..station() };
    for (what, at) in [
        ("alias", 6),
        ("waybill", 13),
        ("salt", 17),
        ("delivery", 20),
        ("delivery_end", 69),
        ("delivery_tag", 70),
        ("delivery_tag_end", 81),
    ] {
        add(format!("contact_alone_wanted_and_the_{what}_altered"), &contact, at, 0);
    }
    all
}

/// The sections of a payload of 100 bytes with a contact of class 1.
fn cut(payload: &[u8]) -> [&[u8]; 5] {
    [&payload[..20], &payload[20..70], &payload[70..82], &payload[82..88], &payload[88..]]
}

pub fn sections() -> Vec<Vector> {
    let own = sound();
    let mut record = Record::chinese();
    record.note = "放门口".into();
    let contact = Contact::phone("13900001234").bits();
    let other = Label::of("SF1234567890124", &record.draft().bits(), Some(&contact));
    let other = Label { size: Some(100), ..other };
    let [a, b] = [own.payload(), other.payload()];
    let ([ha, da, ta, ca, ua], [_, db, tb, cb, ub]) = (cut(&a), cut(&b));
    let mut all = Vec::new();
    let mut add = |name: &str, reader: &Reader, payload: Vec<u8>| {
        all.push(Vector::refused(name, "tampered", reader, text(&payload)));
    };
    let both = station();
    let contact_alone = Reader { want: "contact", ..station() };
    add("contact_of_another_label", &both, [ha, da, ta, cb, ub].concat());
    add("contact_of_another_label_contact_wanted", &contact_alone, [ha, da, ta, cb, ub].concat());
    add("delivery_of_another_label", &both, [ha, db, tb, ca, ua].concat());
    add("delivery_of_another_label_contact_wanted", &contact_alone, [ha, db, tb, ca, ua].concat());
    add("both_sections_of_another_label", &both, [ha, db, tb, cb, ub].concat());
    add("delivery_tag_of_another_label", &both, [ha, da, tb, ca, ua].concat());
    add("contact_tag_of_another_label", &both, [ha, da, ta, ca, ub].concat());
    add("tags_exchanged", &both, [ha, da, ua, ca, ta].concat());
    add("delivery_tag_of_zeros", &both, [ha, da, &[0; 12], ca, ua].concat());
    add("contact_tag_of_zeros", &both, [ha, da, ta, ca, &[0; 12]].concat());
    add("delivery_tag_rotated", &both, [ha, da, &ta[1..], &ta[..1], ca, ua].concat());
    add(
        "delivery_reversed",
        &both,
        [ha, &da.iter().rev().copied().collect::<Vec<_>>()[..], ta, ca, ua].concat(),
    );
    add("sections_of_zeros", &both, [ha, &[0; 80]].concat());
    add("sections_of_ones", &both, [ha, &[0xff; 80]].concat());
    // A removed contact section: the tag covers class and length.
    let classed = |payload: &[u8], class: u8| {
        let mut payload = payload.to_vec();
        payload[0] = payload[0] & 0x9f | class << 5;
        payload
    };
    let delivery = Reader { want: "delivery", ..station() };
    for class in [0, 2] {
        add(&format!("class_altered_to_{class}"), &delivery, classed(&a, class));
    }
    // Sealed with zeros appended, so that the size remains one of the four.
    let none = Label::of(WAYBILL, &Record::chinese().draft().bits(), None).payload();
    add("class_altered_from_0_to_1", &delivery, classed(&none, 1));
    add("class_altered_from_0_to_3", &delivery, classed(&none, 3));
    let small =
        Record { street: String::new(), note: String::new(), detail: "1号".into(), ..Record::chinese() };
    let mut label = Label::of(WAYBILL, &small.draft().bits(), Some(&Contact::phone("13812345678").bits()));
    label.size = Some(100);
    let whole = label.payload();
    // 22 bytes of what follows the delivery's first 46 are left out, and the label has 78 bytes.
    let shorter = [&classed(&whole, 0)[..78]].concat();
    add("contact_taken_off_and_the_class_altered", &delivery, shorter);
    add("contact_of_zeros_appended", &delivery, [&classed(&label_of_78(), 1)[..], &[0; 22]].concat());
    // The delivery section in place of the contact section, and the contact's plaintext under the delivery key.
    let twice = Label::of(
        WAYBILL,
        &Contact::phone("13812345678").bits(),
        Some(&Contact::phone("13812345678").bits()),
    );
    add("a_contact_plaintext_as_the_delivery", &delivery, twice.payload());
    // Another salt, day or waybill number in the header of sealed sections.
    let mut salted = a.clone();
    salted[14..20].fill(0);
    add("salt_of_zeros", &both, salted);
    let header = other.header();
    add("header_of_another_label", &both, [&header[..], &a[20..]].concat());
    let leading = Label { generation: 1, ..own.clone() };
    let reader = Reader::station(&leading);
    let mut flipped = a.clone();
    flipped[0] ^= 0x80;
    add("generation_altered_to_one_that_is_held", &reader, flipped);
    for (name, day) in [("before", own.day - 1), ("after", own.day + 1)] {
        let near = Label { day, ..own.clone() };
        let mut dated = a.clone();
        let first = u16::from_be_bytes([a[0], a[1]]) & !0x1ff0 | (day % 512) << 4;
        dated[..2].copy_from_slice(&first.to_be_bytes());
        add(&format!("day_altered_to_the_one_{name}_which_is_held"), &Reader::station(&near), dated);
    }
    for (name, region, site) in [("region", own.region + 1, own.site), ("site", own.region, own.site + 1)] {
        let near = Label { region, site, ..own.clone() };
        let mut moved = a.clone();
        moved[..14].copy_from_slice(&near.unsalted());
        add(&format!("{name}_altered_to_one_that_is_held"), &Reader::station(&near), moved);
    }
    all
}

/// A label of 78 bytes without a contact.
fn label_of_78() -> Vec<u8> {
    let small =
        Record { street: String::new(), note: String::new(), detail: "1号".into(), ..Record::chinese() };
    let payload = Label::of(WAYBILL, &small.draft().bits(), None).payload();
    assert_eq!(payload.len(), 78);
    payload
}
