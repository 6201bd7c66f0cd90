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
        ("postcode_of_a_letter", "A"),
        ("postcode_of_a_hyphen", "-"),
        ("postcode_of_ten_hyphens", "----------"),
        ("postcode_of_ten_letters", "ZZZZZZZZZZ"),
        ("postcode_with_leading_zeros", "000A"),
        ("postcode_with_a_blank_at_its_end", "12 "),
        ("postcode_of_eleven_letters", "ABCDEFGHIJK"),
        ("postcode_in_lower_case", "sw1a 1aa"),
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
        &Record { codec: 0, name: " \u{feff}\u{200b}王\u{3000}".into(), ..bare.clone() },
    );
    // Names of Persian and of Indic languages need these two.
    add("joiners_are_kept", &Record { codec: 4, name: "می\u{200c}خواهم क्\u{200d}ष".into(), ..bare.clone() });
    // 768 bytes of text.
    let token = "高新技术产业开发";
    let detail = token.repeat(31) + "号";
    let record =
        Record {
            codec: 2, name: "王".into(), detail, note: "1".repeat(18), postcode: String::new(), ..bare
        };
    assert_eq!(record.name.len() + record.detail.len() + record.note.len(), 768);
    add("texts_of_768_bytes", &record);
    all
}

/// Phones of every form, each with what it tests.
const PHONES: [(&str, &str); 59] = [
    ("mobile", "13812345678"),
    ("mobile_least", "10000000000"),
    ("mobile_greatest", "19999999999"),
    ("virtual_1", "13812345678-0"),
    ("virtual_2", "13812345678-05"),
    ("virtual_3", "13812345678-999"),
    ("virtual_4", "13812345678-1234"),
    ("virtual_least", "10000000000-0"),
    ("virtual_of_zeros", "10000000000-0000"),
    ("virtual_greatest", "19999999999-9999"),
    ("plus_least", "+0"),
    ("plus_1", "+7"),
    ("plus_china", "+8613812345678"),
    ("plus_of_14_zeros", "+00000000000000"),
    ("plus_greatest", "+99999999999999"),
    ("digits_least", "0"),
    ("digits_one", "5"),
    ("digits_emergency", "110"),
    ("digits_zeros", "0000000000000"),
    ("digits_ten", "1381234567"),
    ("digits_landline", "075526543210"),
    ("digits_short_area", "02112345678"),
    ("digits_eleven_with_a_two", "23812345678"),
    ("digits_twelve", "138123456789"),
    ("digits_greatest", "9999999999999"),
    ("hyphen_least", "0-0"),
    ("hyphen_of_two", "9-9"),
    ("hyphen_of_three", "1-23"),
    ("hyphen_of_three_later", "12-3"),
    ("hyphen_landline", "0755-26543210"),
    ("hyphen_landline_seven_digits", "0575-8612345"),
    ("hyphen_short_area", "010-12345678"),
    ("hyphen_of_twelve", "1-38123456789"),
    ("hyphen_after_eleven", "23812345678-1"),
    ("hyphen_before_the_tenth", "123456-7890"),
    ("hyphen_greatest", "99999999999-9"),
    ("dialled_extension", "010-12345678-801"),
    ("dialled_long_extension", "0755-26543210-12345678"),
    ("dialled_service", "4008-123-123"),
    ("dialled_virtual_of_five", "13812345678-12345"),
    ("dialled_thirteen_with_a_hyphen", "0755-2654321012"),
    ("dialled_fourteen_digits", "12345678901234"),
    ("dialled_plus_of_15", "+123456789012345"),
    ("dialled_extension_missing", "010-12345678-"),
    ("dialled_leading_hyphen", "-5"),
    ("dialled_china", "+86 138 1234 5678"),
    ("dialled_hong_kong", "+852 99496571"),
    ("dialled_brazil", "+55 61 4628-1948"),
    ("dialled_plus_and_a_hyphen", "+1-2"),
    ("dialled_brackets", "(90) 181590"),
    ("dialled_dots", "381.859.0830"),
    ("dialled_plus_alone", "+"),
    ("dialled_blank", " "),
    ("dialled_every_character", "+0123456789- ()."),
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
        let bits = if class == 1 { contact.bits() } else { contact.draft().bits() };
        let mut label = Label::of(WAYBILL, &record.draft().bits(), Some(&bits));
        label.class = class;
        let name = format!("a_mobile_in_contact_class_{class}");
        all.push(read(&name, &Reader::station(&label), &label, WAYBILL, Some(&record), Some(&contact)));
    }
    // A sender without the recipient's phone.
    for (name, sender_phone, sender_name) in [
        ("phone", "13760000797", ""),
        ("virtual_phone", "13760000797-0012", ""),
        ("name", "", "李伟"),
        ("phone_and_name", "0755-26543210", "李伟"),
    ] {
        let codec = u64::from(!sender_name.is_empty());
        let contact = Contact {
            codec,
            phone: String::new(),
            sender_phone: sender_phone.into(),
            sender_name: sender_name.into(),
        };
        all.push(whole(&format!("no_phone_and_a_senders_{name}"), WAYBILL, &record, Some(&contact)));
    }
    // Two virtual numbers fill 14 bytes but for seven bits.
    let contact = Contact { sender_phone: "13760000797-0012".into(), ..Contact::phone("13812345678-1234") };
    all.push(whole("two_virtual_numbers", WAYBILL, &record, Some(&contact)));
    // 256 bytes of text, the most.
    let sender_name = "高新技术产业开发".repeat(10) + "区11";
    let contact = Contact { codec: 2, sender_name, ..Contact::phone("13812345678") };
    assert_eq!("13812345678".len() + contact.sender_name.len(), 256);
    all.push(whole("contact_texts_of_256_bytes", WAYBILL, &record, Some(&contact)));
    let none = whole("no_contact_section", WAYBILL, &record, None);
    all.push(none.note("want is both: a label of contact class 0 is its delivery section alone"));
    all
}

const WAYBILLS: [(&str, &str); 100] = [
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
    ("shape_14_of_15", "123456789012345"),
    ("shape_14_of_15_least", "000000000000001"),
    ("shape_14_of_15_greatest", "999999999999998"),
    ("shape_14_of_16_least", "0000000000000001"),
    ("shape_14_of_16", "7123456789012345"),
    ("shape_14_of_17", "12345678901234567"),
    ("shape_14_of_18", "003123456789012345"),
    ("shape_14_of_19", "1234567890123456789"),
    ("shape_14_of_20", "70123456789012345675"),
    ("shape_14_of_21", "123456789012345678901"),
    ("shape_14_of_22", "9405511899223197428490"),
    ("shape_14_of_23", "12345678901234567890123"),
    ("shape_14_of_24_least", "000000000000000000000001"),
    ("shape_14_of_24_greatest", "999999999999999999999998"),
    ("shape_15_least", "A00000000001"),
    ("shape_15_of_1_and_11", "C12345678901"),
    ("shape_15_of_1_and_13", "Z9999999999998"),
    ("shape_15_of_2_and_10", "DE1234567890"),
    ("shape_15_of_2_and_12", "YT880012345678"),
    ("shape_15_of_3_and_9", "ZTO123456789"),
    ("shape_15_of_3_and_13", "AAA0000000000001"),
    ("shape_15_of_4_and_8", "ABCD12345678"),
    ("shape_15_of_4_and_11", "JJDB01234567890"),
    ("shape_15_of_4_and_13_greatest", "ZZZZ9999999999998"),
    ("shape_15_of_1_and_14", "A12345678901234"),
    ("shape_15_of_1_and_14_least", "A00000000000001"),
    ("shape_15_of_2_and_14", "YT88001234567890"),
    ("shape_15_of_3_and_15", "JJD000390007827153"),
    ("shape_15_of_3_and_17", "JJD01234567890123456"),
    ("shape_15_of_4_and_18_greatest", "ZZZZ999999999999999998"),
    ("shape_15_s10_with_another_order", "RR12345678512"),
    ("shape_15_ups", "1Z999AA10123456784"),
    ("shape_15_ups_least", "1Z0000000000000019"),
    ("shape_15_ups_letters", "1ZZZZZZZ9999999990"),
    ("shape_0_of_6", "A1B2C3"),
    ("shape_0_of_7", "ABCDEF7"),
    ("shape_0_of_8", "00000-01"),
    ("shape_0_of_9", "ZZZZZZZZ9"),
    ("shape_0_of_10", "1Z12345E02"),
    ("shape_0_of_11", "----------7"),
    ("shape_0_of_11_letters_and_digits", "AB123456789"),
    ("shape_0_of_12", "1Z999AA10123"),
    ("shape_0_of_13", "RR123456784CN"),
    ("shape_0_of_14", "AAAAAAAAAAAAA0"),
    ("shape_0_of_15", "12345678901234A"),
    ("shape_0_of_16", "123456789012345-"),
    ("shape_0_of_17", "ZZZZZZZZZZZZZZZZ9"),
    ("shape_0_of_18", "1Z12345E0205271680"),
    ("shape_0_of_19", "JD0012345678901-10-"),
    ("shape_0_of_20", "-------------------9"),
    ("shape_0_of_21", "ABCDE1234567890123456"),
    ("shape_0_of_22", "JD0012345678901-10-12-"),
    ("shape_0_of_23", "ZZZZZZZZZZZZZZZZZZZZZZ9"),
    ("shape_0_of_24", "JD0012345678901-12-1023-"),
    ("shape_0_of_25", "1234567890123456789012345"),
    ("shape_0_of_30", "420902109405511899223197428490"),
    ("shape_0_of_34", "4209021012349405511899223197428490"),
    ("shape_0_of_34_greatest", "ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ9"),
    ("shape_0_of_34_hyphens", "---------------------------------7"),
    ("shape_0_first_piece_over_the_count", "JD0012345678901-2-1-"),
    ("shape_0_piece_with_a_zero", "JD0012345678901-0-1-"),
    ("shape_0_five_equal_digits", "ABC11111"),
    ("shape_0_leading_zeros", "00000A"),
    ("shape_0_five_letters", "ABCDE1234567"),
    ("shape_0_nineteen_digits_after_letters", "A1234567890123456789"),
    ("shape_0_ups_with_another_check_digit", "1Z999AA10123456785"),
    ("shape_0_ups_with_a_letter_in_its_digits", "1Z999AA1A123456784"),
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
