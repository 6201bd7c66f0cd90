//! Vectors by fields: which are present, phones and waybill numbers of every form, contacts.

use super::super::label::Label;
use super::super::record::{Contact, Place, Record};
use super::super::vector::{Reader, Vector};
use super::{WAYBILL, read, whole};

pub fn fields() -> Vec<Vector> {
    let mut all = Vec::new();
    let mut add = |name: &str, record: &Record| all.push(whole(name, WAYBILL, record, None));
    let bare =
        Record { street: String::new(), detail: String::new(), note: String::new(), ..Record::chinese() };
    for present in 0..8 {
        let some = |bit, text: &str| if present & bit > 0 { text.to_owned() } else { String::new() };
        let record = Record {
            street: some(4, "羽林街道"),
            detail: some(2, "1号"),
            note: some(1, "轻放"),
            ..bare.clone()
        };
        add(&format!("street_detail_note_{present:03b}"), &record);
        let names = [some(4, "浙江省"), some(2, "绍兴市"), some(1, "新昌县")];
        add(
            &format!("province_city_district_{present:03b}"),
            &Record { place: Place::Names(names), ..bare.clone() },
        );
    }
    for code in [0, 1, 110_000, 110_101, 440_305, 659_012, 999_999] {
        add(&format!("division_{code:06}"), &Record { place: Place::Code(code), ..bare.clone() });
    }
    for country in ["AA", "CM", "CO", "BN", "DN", "HK", "US", "ZZ"] {
        let country_bytes = country.as_bytes().try_into().unwrap();
        add(&format!("country_{country}"), &Record { country: country_bytes, ..bare.clone() });
    }
    for digits in 1..=10 {
        let postcode: String = "0123456789".chars().skip(10 - digits).collect();
        add(&format!("postcode_of_{digits}_digits"), &Record { postcode, ..bare.clone() });
    }
    for (name, postcode) in [
        ("postcode_of_zeros", "000000"),
        ("postcode_of_nines", "9999999999"),
        ("postcode_of_eleven_digits", "12345678901"),
        ("postcode_of_letters", "SW1A 1AA"),
        ("postcode_with_a_hyphen", "100-0001"),
        ("postcode_of_full_width_digits", "１２３"),
    ] {
        for codec in [0, 1, 3] {
            let record = Record { codec, postcode: postcode.into(), detail: "9号".into(), ..bare.clone() };
            add(&format!("{name}_in_codec_{codec}"), &record);
        }
    }
    add(
        "every_field",
        &Record {
            postcode: "315800".into(),
            country: *b"TW",
            place: Place::Names(["省", "市", "区"].map(String::from)),
            ..Record::chinese()
        },
    );
    add("a_name_of_one_character", &Record { name: "刘".into(), ..bare.clone() });
    add("a_name_of_a_space", &Record { name: " ".into(), ..bare.clone() });
    // Text is kept unchanged: nothing is normalised or trimmed.
    add("combining_marks_are_kept", &Record { codec: 3, name: "Noe\u{308}l".into(), ..bare.clone() });
    add(
        "blanks_and_marks_are_kept",
        &Record { codec: 0, name: " \u{feff}\u{200f}王\u{3000}".into(), ..bare.clone() },
    );
    // 768 bytes of text.
    let token = "第一村民小组";
    let detail = token.repeat(42) + "号";
    let record =
        Record { codec: 2, name: "王".into(), detail, note: "1".repeat(6), postcode: String::new(), ..bare };
    assert_eq!(record.name.len() + record.detail.len() + record.note.len(), 768);
    add("texts_of_768_bytes", &record);
    all
}

/// Phones of every form, each with what it tests.
const PHONES: [(&str, &str); 48] = [
    ("dialled_long_area_that_begins_with_one", "0123-1234567"),
    ("dialled_short_area_that_begins_with_three", "031-12345678"),
    ("mobile", "13812345678"),
    ("mobile_least", "10000000000"),
    ("mobile_greatest", "19999999999"),
    ("landline", "075526543210"),
    ("landline_hyphen", "0755-26543210"),
    ("landline_seven_digits", "0575-8612345"),
    ("landline_short_area", "010-12345678"),
    ("landline_short_area_plain", "02112345678"),
    ("landline_area_zero", "0000-0000000"),
    ("landline_area_first_digit_two", "029-87654321"),
    ("landline_area_first_digit_nine", "0999-9999999"),
    ("landline_short_area_seven_digits", "0101234567"),
    ("landline_extension_1", "010-12345678-0"),
    ("landline_extension_2", "010-12345678-12"),
    ("landline_extension_3", "010-12345678-801"),
    ("landline_extension_4", "010-12345678-0801"),
    ("landline_extension_5", "010-12345678-12345"),
    ("landline_extension_6", "010-12345678-999999"),
    ("landline_extension_7", "010-12345678-1234567"),
    ("landline_extension_8", "0755-26543210-12345678"),
    ("landline_plain_with_extension", "075526543210-8"),
    ("dialled_one_digit", "5"),
    ("dialled_emergency", "110"),
    ("dialled_service", "4008-123-123"),
    ("dialled_virtual", "13812345678-1234"),
    ("dialled_twelve_digits", "138123456789"),
    ("dialled_ten_digits", "1381234567"),
    ("dialled_landline_of_six_digits", "0755-265432"),
    ("dialled_landline_of_nine_digits", "010-123456789"),
    ("dialled_extension_of_nine", "010-12345678-123456789"),
    ("dialled_extension_missing", "010-12345678-"),
    ("dialled_china", "+86 138 1234 5678"),
    ("dialled_hong_kong", "+852 99496571"),
    ("dialled_brazil", "+55 61 4628-1948"),
    ("dialled_brackets", "(90) 181590"),
    ("dialled_dots", "381.859.0830"),
    ("dialled_plus_alone", "+"),
    ("dialled_blank", " "),
    ("dialled_every_character", "+0123456789- ()."),
    ("dialled_zero", "0"),
    ("dialled_area_alone", "0755"),
    ("text_extension", "010-12345678转801"),
    ("text_letters", "1-800-FLOWERS"),
    ("text_plus_within", "00+49 30"),
    ("text_full_width", "１３８１２３"),
    ("text_star", "*86"),
];

pub fn phones() -> Vec<Vector> {
    let record = Record { note: String::new(), ..Record::chinese() };
    let mut all = Vec::new();
    for (name, phone) in PHONES {
        let contact = Contact::phone(phone);
        all.push(whole(&format!("phone_{name}"), WAYBILL, &record, Some(&contact)));
    }
    for (name, phone) in PHONES.into_iter().step_by(3) {
        let contact = Contact { sender_phone: phone.into(), ..Contact::phone("13812345678") };
        all.push(whole(&format!("sender_phone_{name}"), WAYBILL, &record, Some(&contact)));
    }
    all
}

pub fn contacts() -> Vec<Vector> {
    let record = Record { note: String::new(), ..Record::chinese() };
    let mut all = Vec::new();
    for (codec, sender) in [
        (0, "云帆书店"),
        (1, "陈桂英"),
        (2, "云帆书店"),
        (3, "Müller"),
        (4, "Тимур"),
        (1, "B"),
        (3, "🙂"),
        (0, "~"),
    ] {
        let name = sender.chars().map(|c| format!("u{:04x}", c as u32)).collect::<Vec<_>>().join("_");
        let contact = Contact { codec, sender_name: sender.into(), ..Contact::phone("13812345678") };
        all.push(whole(&format!("sender_in_codec_{codec}_{name}"), WAYBILL, &record, Some(&contact)));
        let contact = Contact { sender_phone: "0755-26543210".into(), ..contact };
        all.push(whole(
            &format!("sender_with_phone_in_codec_{codec}_{name}"),
            WAYBILL,
            &record,
            Some(&contact),
        ));
    }
    // A larger class than needed: readers do not check that it is the smallest.
    let contact = Contact::phone("13812345678");
    for class in 1..4 {
        let mut label = Label::of(WAYBILL, &record.draft().bits(), Some(&contact.draft().bits()));
        label.class = class;
        let name = format!("a_mobile_in_contact_class_{class}");
        all.push(read(&name, &Reader::station(&label), &label, WAYBILL, Some(&record), Some(&contact)));
    }
    // 256 bytes of text, the most.
    let sender_name = "高新技术产业开发".repeat(10) + "区11";
    let contact = Contact { codec: 2, sender_name, ..Contact::phone("13812345678") };
    assert_eq!("13812345678".len() + contact.sender_name.len(), 256);
    all.push(whole("contact_texts_of_256_bytes", WAYBILL, &record, Some(&contact)));
    let none = whole("no_contact_section", WAYBILL, &record, None);
    all.push(none.note("want is both: a label of contact class 0 is its delivery section alone"));
    all
}

const WAYBILLS: [(&str, &str); 52] = [
    ("shape_1", "YT8800123456789"),
    ("shape_1_least", "YT0000000000001"),
    ("shape_1_greatest", "YT9999999999998"),
    ("shape_2", "SF1234567890123"),
    ("shape_3", "JD0012345678901"),
    ("shape_4", "JD0012345678901-1-1-"),
    ("shape_4_of_nine", "JD0012345678901-1-9-"),
    ("shape_4_last_of_nine", "JD9999999999998-9-9-"),
    ("shape_5", "773012345678901"),
    ("shape_5_zeros", "700000000000000"),
    ("shape_6", "462012345678901"),
    ("shape_7", "318012345678901"),
    ("shape_8_of_6", "000012"),
    ("shape_8_of_6_greatest", "999998"),
    ("shape_8_of_7", "0000001"),
    ("shape_8_of_8", "12345678"),
    ("shape_8_of_9", "000000010"),
    ("shape_8_of_10", "9876543210"),
    ("shape_8_of_11", "12345678901"),
    ("shape_8_of_12", "773012345678"),
    ("shape_8_of_13", "9999999999998"),
    ("shape_8_of_14", "75812345678901"),
    ("shape_8_of_14_greatest", "99999999999998"),
    ("shape_9", "RR123456785CN"),
    ("shape_9_check_digit_0", "AA000000080AA"),
    ("shape_9_check_digit_5", "EE000000005CN"),
    ("shape_9_last_letters", "ZZ999999995ZZ"),
    ("shape_10", "JT5012345678901"),
    ("shape_11", "DPK210123456789"),
    ("shape_12", "LP00123456789012"),
    ("shape_12_greatest", "LP99999999999998"),
    ("shape_13", "JDVA01234567890"),
    ("shape_13_last_letter", "JDVZ99999999998"),
    ("shape_0_of_6", "A1B2C3"),
    ("shape_0_of_7", "ABCDEF7"),
    ("shape_0_of_8", "00000-01"),
    ("shape_0_of_9", "ZZZZZZZZ9"),
    ("shape_0_of_10", "1Z12345E02"),
    ("shape_0_of_11", "----------7"),
    ("shape_0_of_12", "1Z999AA10123"),
    ("shape_0_of_13", "RR123456784CN"),
    ("shape_0_of_14", "AAAAAAAAAAAAA0"),
    ("shape_0_of_15", "123456789012345"),
    ("shape_0_of_16", "1234567890123456"),
    ("shape_0_of_17", "ZZZZZZZZZZZZZZZZ9"),
    ("shape_0_of_18", "1Z12345E0205271688"),
    ("shape_0_of_19", "JD0012345678901-10-"),
    ("shape_0_of_20", "-------------------9"),
    ("shape_0_first_piece_over_the_count", "JD0012345678901-2-1-"),
    ("shape_0_piece_with_a_zero", "JD0012345678901-0-1-"),
    ("shape_0_five_equal_digits", "ABC11111"),
    ("shape_0_leading_zeros", "00000A"),
];

pub fn waybills() -> Vec<Vector> {
    let record = Record { note: String::new(), ..Record::chinese() };
    let contact = Contact::phone("13812345678");
    let mut all = Vec::new();
    for (name, waybill) in WAYBILLS {
        all.push(whole(&format!("waybill_{name}"), waybill, &record, Some(&contact)));
    }
    all
}
