//! Vectors with invalid texts, invalid sizes, and headers that no sealer writes.

use super::super::label::{Label, escape, escape_value, in_base, text as text_of};
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
    // Shape 14: over the largest number, and dummies.
    let ten = |value: u128| value.to_be_bytes()[6..].to_vec();
    let long: u128 = (15..25).map(|count| 10u128.pow(count)).sum();
    for (name, value) in [
        ("one_over", long),
        ("of_ones", (1 << 80) - 1),
        ("dummy_of_15_zeros", 0),
        ("dummy_of_16_zeros", 10u128.pow(15)),
        ("dummy_of_24_nines", long - 1),
        ("for_a_text_of_shape_5", 773_012_345_678_901),
        ("for_a_text_of_shape_6", 462_012_345_678_901),
        ("for_a_text_of_shape_7", 318_012_345_678_901),
    ] {
        add(&format!("shape_14_{name}"), shaped(14, &ten(value)));
    }
    // Shape 15: texts under twelve characters, texts of other shapes, over the largest number, dummies.
    let eight = |value: u128| value.to_be_bytes()[8..].to_vec();
    let pairs = |digits: std::ops::RangeInclusive<u32>| -> u128 {
        (1..=4u32).flat_map(|a| digits.clone().map(move |d| 26u128.pow(a) * 10u128.pow(d))).sum()
    };
    let (short, long) = (pairs(6..=13), pairs(14..=18));
    let first = |letters: u32, count: u32, digits: std::ops::RangeInclusive<u32>| -> u128 {
        let all = (1..=4u32).flat_map(|a| digits.clone().map(move |d| (a, d)));
        all.filter(|pair| *pair < (letters, count)).map(|(a, d)| 26u128.pow(a) * 10u128.pow(d)).sum()
    };
    let yt = (24 * 26 + 19) * 10u128.pow(13) + 8_800_123_456_789;
    for (name, value) in [
        ("of_7_characters", 1),
        ("of_11_characters", first(1, 10, 6..=13) + 12_345),
        ("of_11_characters_with_four_letters", first(4, 7, 6..=13) + 5),
        ("for_a_text_of_shape_1", first(2, 13, 6..=13) + yt),
        (
            "for_a_text_of_shape_13",
            first(4, 11, 6..=13) + ((9 * 26 + 3) * 26 + 21) * 26 * 10u128.pow(11) + 1_234_567_890,
        ),
        ("dummy", first(1, 11, 6..=13)),
        ("one_over", short + 36u128.pow(6) * 1_000_000_000),
        ("of_ones", (1 << 63) - 1),
    ] {
        add(&format!("shape_15_{name}"), shaped(15, &eight(value)));
    }
    for (name, value) in [
        ("for_a_text_of_shape_12", first(2, 14, 14..=18) + (11 * 26 + 15) * 10u128.pow(14) + 123_456_789_012),
        ("dummy", 0),
        ("one_over", long),
        ("of_ones", (1 << 79) - 1),
    ] {
        add(&format!("shape_15_of_ten_bytes_{name}"), shaped(15, &ten(1 << 79 | value)));
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
    for field in 29..32 {
        let number = escape_value(field, &in_base(37, &[1, 3]));
        add(&format!("shape_0_of_{}_characters", field + 6), shaped(0, &number));
    }
    // Shape 0: the value is one too large, or its leading bits are set.
    for count in 6..=34u8 {
        let mut digits = vec![0; usize::from(count) + 1];
        digits[0] = 1;
        let over = in_base(37, &digits);
        let number = escape_value(count - 6, &over);
        add(&format!("shape_0_of_{count}_one_over"), shaped(0, &number));
        let bits = 256 - over.iter().take_while(|byte| **byte == 0).count() * 8;
        let bits = bits - over.iter().find(|byte| **byte != 0).unwrap().leading_zeros() as usize;
        if bits < 8 * number.len() - 5 {
            let mut number = escape_value(count - 6, &in_base(37, &[1, 3]));
            number[0] |= 4;
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
        (14, "123456789012345"),
        (14, "9405511899223197428490"),
        (14, "999999999999999999999998"),
        (15, "C12345678901"),
        (15, "ZTO123456789"),
        (15, "JJD000390007827153"),
        (15, "ZZZZ999999999999999998"),
        (15, "1Z999AA10123456784"),
    ] {
        add(&format!("shape_0_for_a_text_of_shape_{shape}_{text}"), shaped(0, &escape(text)));
    }
    // Contact sections that leave no byte for the delivery, or are longer than the payload.
    for (size, class, waybill) in [
        (78, 3u8, "1234567890123"),
        (78, 3, "1Z999AA1012345"),
        (78, 3, "JD0012345678901-10-"),
        (78, 3, "-------------------9"),
        (78, 3, "123456789012345"),
        (78, 3, "1234567890123456"),
        (78, 3, "---------------------------------9"),
        (100, 3, "---------------------------------9"),
        (78, 2, "---------------------------------9"),
    ] {
        let (shape, number) = super::super::label::pack(waybill);
        let contact = [0, 18, 26, 42][usize::from(class)];
        let room = size as i64 - 8 - number.len() as i64 - 6 - 12 - contact;
        if room > 0 {
            continue;
        }
        // No label of this size can be sealed: the bytes after the header are arbitrary.
        let mut label = sound();
        (label.class, label.shape, label.number, label.size) = (class, shape, number, Some(204));
        label.contact = vec![0; 6];
        let mut payload = label.payload();
        payload.truncate(size);
        add(&format!("class_{class}_leaves_no_room_in_{size}_bytes_{}", waybill.len()), text_of(&payload));
    }
    all
}
