//! Vectors with invalid texts, invalid sizes, and headers that no sealer writes.

use super::super::label::{Label, escape, escape_value, text as text_of};
use super::super::record::Record;
use super::super::vector::Vector;
use super::{sound, station};

pub fn text() -> Vec<Vector> {
    let reader = station();
    let good = sound().text();
    let body = &good[4..];
    let mut all = Vec::new();
    let mut add = |name: &str, expect, text: &str| all.push(Vector::refused(name, expect, &reader, text));
    for (name, text) in [
        ("empty", String::new()),
        ("prefix_cut_to_1", "W".into()),
        ("prefix_cut_to_2", "WS".into()),
        ("prefix_cut_to_3", "WS1".into()),
        ("prefix_without_its_colon", format!("WS1{body}")),
        ("prefix_lower_case", format!("ws1:{body}")),
        ("prefix_half_lower_case", format!("Ws1:{body}")),
        ("prefix_of_version_2", format!("WS2:{body}")),
        ("prefix_of_version_0", format!("WS0:{body}")),
        ("prefix_of_version_11", format!("WS11:{body}")),
        ("prefix_missing", body.into()),
        ("prefix_of_a_health_certificate", format!("HC1:{body}")),
        ("prefix_full_width", format!("ＷＳ１：{body}")),
        ("blank_before", format!(" {good}")),
        ("line_feed_before", format!("\n{good}")),
        ("byte_order_mark_before", format!("\u{feff}{good}")),
        ("zero_before", format!("\0{good}")),
        ("symbology_identifier_before", format!("]Q1{good}")),
        ("colon_before", format!(":{good}")),
        ("web_address", "https://example.com/WS1:".into()),
        ("waybill_number", "SF1234567890123".into()),
    ] {
        add(&format!("not_ours_{name}"), "not_ours", &text);
    }
    for (name, text) in [
        ("nothing_after_the_prefix", "WS1:".to_owned()),
        ("prefix_twice", format!("WS1:{good}")),
        ("blank_after", format!("{good} ")),
        ("two_blanks_after", format!("{good}  ")),
        ("carriage_return_after", format!("{good}\r")),
        ("line_feed_after", format!("{good}\n")),
        ("tab_after", format!("{good}\t")),
        ("zero_after", format!("{good}\0")),
        ("body_lower_case", format!("WS1:{}", body.to_lowercase())),
        ("first_character_missing", format!("WS1:{}", &body[1..])),
        ("last_character_missing", good[..good.len() - 1].into()),
        ("last_two_characters_missing", good[..good.len() - 2].into()),
        ("last_three_characters_missing", good[..good.len() - 3].into()),
        ("half", good[..good.len() / 2].into()),
        ("one_character_more", format!("{good}0")),
        ("two_characters_more", format!("{good}00")),
        ("three_characters_more", format!("{good}000")),
        ("twice", format!("{good}{body}")),
        ("very_long", format!("WS1:{}", "0".repeat(5000))),
        ("single_character", "WS1:A".into()),
        ("single_group", "WS1:BB8".into()),
        ("multibyte_character_after", format!("{good}é")),
        ("replacement_character_after", format!("{good}\u{fffd}")),
    ] {
        add(&format!("damaged_{name}"), "damaged", &text);
    }
    // A character outside the alphabet at the beginning, in the middle and at the end.
    for (place, at) in [("first", 4), ("middle", 80), ("last", good.len() - 1)] {
        for (character, word) in [
            ('a', "a_lower_case_letter"),
            ('#', "a_hash"),
            ('_', "an_underscore"),
            (';', "a_semicolon"),
            (',', "a_comma"),
            ('\n', "a_line_feed"),
            ('\0', "a_zero"),
            ('\u{7f}', "a_delete"),
            ('０', "a_full_width_digit"),
            ('É', "an_accent"),
        ] {
            let mut text = good.clone();
            text.replace_range(at..=at, &character.to_string());
            add(&format!("alphabet_{word}_{place}"), "damaged", &text);
        }
    }
    // Groups of three over 65535: the smallest, the largest, others; at each end.
    for group in ["GGW", "HGW", "GHW", "00X", ":::", "0::"] {
        for (place, at) in [("first", 4), ("last", good.len() - 3)] {
            let mut text = good.clone();
            text.replace_range(at..at + 3, group);
            let name = group.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
            add(&format!("group_over_65535_{place}_{name}"), "damaged", &text);
        }
    }
    // A last group of two over 255: 256, and the largest.
    for (name, group) in [("256", "V5"), ("2024", "::")] {
        add(&format!("group_of_two_is_{name}"), "damaged", &format!("{}{group}", &good[..good.len() - 3]));
    }
    all
}

pub fn sizes() -> Vec<Vector> {
    let reader = station();
    let record = Record::chinese().draft().bits();
    let mut all = Vec::new();
    for size in [
        0, 1, 2, 8, 19, 20, 21, 32, 33, 50, 76, 77, 79, 80, 98, 99, 101, 102, 120, 142, 143, 145, 146, 156,
        180, 202, 203, 205, 206, 222, 255, 256, 312, 1000,
    ] {
        // Sealed as a label of that size would be, so that only the size is wrong.
        let payload = if (100..=255).contains(&size) {
            Label { size: Some(size), ..Label::of("SF1234567890123", &record, None) }.payload()
        } else {
            let mut payload = sound().payload();
            payload.resize(size, 0);
            payload
        };
        assert_eq!(payload.len(), size);
        all.push(Vector::refused(format!("size_of_{size}_bytes"), "damaged", &reader, text_of(&payload)));
    }
    all
}

/// A label with this waybill field, sealed.
fn shaped(shape: u8, number: &[u8]) -> String {
    let record = Record::chinese().draft().bits();
    Label { shape, number: number.to_vec(), ..Label::of("SF1234567890123", &record, None) }.text()
}

fn six(value: u64) -> Vec<u8> {
    value.to_be_bytes()[2..].to_vec()
}

pub fn header() -> Vec<Vector> {
    let reader = station();
    let mut all = Vec::new();
    let mut add = |name: &str, text: String| all.push(Vector::refused(name, "damaged", &reader, text));
    for shape in [14, 15] {
        for (name, value) in [("zero", 0), ("a_number", 1_234_567_890_123), ("ones", (1 << 48) - 1)] {
            add(&format!("shape_{shape}_is_reserved_{name}"), shaped(shape, &six(value)));
        }
    }
    // One more than the largest number of a shape, and all ones.
    let s10 = 26u64.pow(4) * 100_000_000;
    let digits = (6..15).map(|len| 10u64.pow(len)).sum();
    let over = [
        (1, 10u64.pow(13)),
        (2, 10u64.pow(13)),
        (3, 10u64.pow(13)),
        (5, 10u64.pow(14)),
        (6, 10u64.pow(14)),
        (7, 10u64.pow(14)),
        (8, digits),
        (9, s10),
        (10, 10u64.pow(13)),
        (11, 10u64.pow(12)),
        (12, 10u64.pow(14)),
        (13, 26 * 10u64.pow(11)),
    ];
    for (shape, least) in over {
        add(&format!("shape_{shape}_one_over"), shaped(shape, &six(least)));
        add(&format!("shape_{shape}_of_ones"), shaped(shape, &[0xff; 6]));
    }
    // Dummies: all digits are equal.
    for (shape, value) in [
        (1, 0),
        (2, 1_111_111_111_111),
        (3, 9_999_999_999_999),
        (5, 77_777_777_777_777),
        (6, 44_444_444_444_444),
        (7, 33_333_333_333_333),
        (8, 0),
        (8, 999_999),
        (8, 1_000_000),
        (8, 111_111_000_000 + 222_222_222_222),
        (10, 5_555_555_555_555),
        (11, 888_888_888_888),
        (12, 0),
        (13, 0),
        (13, 25 * 10u64.pow(11) + 66_666_666_666),
    ] {
        add(&format!("shape_{shape}_dummy_of_{value}"), shaped(shape, &six(value)));
    }
    for (name, text) in [
        ("no_digit", "TESTING"),
        ("no_digit_long", "--------------------"),
        ("six_equal", "A000000"),
        ("seven_equal", "77-77-777"),
    ] {
        add(&format!("shape_0_dummy_{name}"), shaped(0, &escape(text)));
    }
    // Shape 4: pieces out of range, and a text of more than twenty characters.
    let pieces = |digits: u64, index: u64, count: u64| (digits << 20 | index << 10 | count).to_be_bytes();
    for (name, digits, index, count) in [
        ("no_piece", 12_345_678_901, 0, 0),
        ("piece_0_of_1", 12_345_678_901, 0, 1),
        ("piece_2_of_1", 12_345_678_901, 2, 1),
        ("piece_1_of_0", 12_345_678_901, 1, 0),
        ("piece_1_of_10", 12_345_678_901, 1, 10),
        ("piece_10_of_10", 12_345_678_901, 10, 10),
        ("piece_1_of_1023", 12_345_678_901, 1, 1023),
        ("piece_1023_of_1023", 12_345_678_901, 1023, 1023),
        ("fourteen_digits", 10u64.pow(13), 1, 1),
        ("ones", (1 << 44) - 1, 1023, 1023),
        ("a_dummy", 1_111_111_111_111, 1, 1),
    ] {
        add(&format!("shape_4_{name}"), shaped(4, &pieces(digits, index, count)));
    }
    // Shape 0: invalid lengths.
    for count in (0..6).chain(21..32) {
        add(&format!("shape_0_of_{count}_characters"), shaped(0, &escape_value(count, 40)));
    }
    // Shape 0: the value is one too large, or its leading bits are set.
    for count in 6..=20u32 {
        let over = 37u128.pow(count);
        add(&format!("shape_0_of_{count}_one_over"), shaped(0, &escape_value(count as usize, over)));
        let mut number = escape_value(count as usize, 0);
        let room = 8 * number.len() - 5;
        if over.ilog2() as usize + 1 < room {
            number = escape_value(count as usize, 1 << (room - 1) | 1337);
            add(&format!("shape_0_of_{count}_leading_bit"), shaped(0, &number));
        }
    }
    // Shape 0 for a text that has a shape of its own.
    for (shape, text) in [
        (1, "YT8800123456789"),
        (2, "SF1234567890123"),
        (3, "JD0012345678901"),
        (4, "JD0012345678901-1-1-"),
        (4, "JD0012345678901-9-9-"),
        (5, "773012345678901"),
        (6, "462012345678901"),
        (7, "318012345678901"),
        (8, "123456"),
        (8, "0000001"),
        (8, "12345678"),
        (8, "123456789"),
        (8, "9876543210"),
        (8, "12345678901"),
        (8, "773012345678"),
        (8, "1234567890123"),
        (8, "75812345678901"),
        (9, "RR123456785CN"),
        (10, "JT5012345678901"),
        (11, "DPK210123456789"),
        (12, "LP00123456789012"),
        (13, "JDVA01234567890"),
    ] {
        add(&format!("shape_0_for_a_text_of_shape_{shape}_{text}"), shaped(0, &escape(text)));
    }
    // Contact sections that leave no byte for the delivery, or are longer than the payload.
    for (size, class, waybill) in [
        (78, 3, "1234567890123"),
        (78, 3, "1Z999AA1012345"),
        (78, 3, "JD0012345678901-10-"),
        (78, 3, "-------------------9"),
        (78, 3, "123456789012345"),
        (78, 3, "1234567890123456"),
    ] {
        let (shape, number) = super::super::label::pack(waybill);
        let room = size as i64 - 8 - number.len() as i64 - 6 - 12 - 42;
        if room > 0 {
            continue;
        }
        // No label of this size can be sealed: the bytes after the header are arbitrary.
        let mut label = sound();
        (label.class, label.shape, label.number, label.size) = (class, shape, number, Some(204));
        let mut payload = label.payload();
        payload.truncate(size);
        add(&format!("class_{class}_leaves_no_room_in_{size}_bytes_{}", waybill.len()), text_of(&payload));
    }
    all
}
