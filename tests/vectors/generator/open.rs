//! What must open.

use super::codes::{Coder, Piece, Table};
use super::label::{DAY, Label, Node, SIZES, alias, alias_key};
use super::record::{Contact, Place, Record, Text};
use super::vector::{Opened, Reader, Vector};

type Files = Vec<(&'static str, Vec<Vector>)>;

const WAYBILL: &str = "SF1234567890123";

pub fn files() -> Files {
    vec![
        ("open/example.jsonl", vec![super::example::vector()]),
        ("open/codecs.jsonl", codecs()),
        ("open/tokens.jsonl", tokens()),
        ("open/splits.jsonl", splits()),
        ("open/fields.jsonl", fields()),
        ("open/phones.jsonl", phones()),
        ("open/contacts.jsonl", contacts()),
        ("open/waybills.jsonl", waybills()),
        ("open/sizes.jsonl", sizes()),
        ("open/nodes.jsonl", nodes()),
        ("open/days.jsonl", days()),
        ("open/revoked.jsonl", revoked()),
    ]
}

/// A label that its station reads whole.
fn whole(name: &str, waybill: &str, record: &Record, contact: Option<&Contact>) -> Vector {
    let bits = contact.map(|contact| contact.draft().bits());
    let label = Label::of(waybill, &record.draft().bits(), bits.as_ref());
    read(name, &Reader::station(&label), &label, waybill, Some(record), contact)
}

/// What a reader reads of a label.
fn read(
    name: &str,
    reader: &Reader,
    label: &Label,
    waybill: &str,
    delivery: Option<&Record>,
    contact: Option<&Contact>,
) -> Vector {
    let opened = Opened::of(label, waybill, delivery, contact);
    Vector { opened: Some(opened), ..Vector::refused(name, "opened", reader, label.text()) }
}

/// A subject, then country, names of the division, name, detail, note.
type Person = (&'static str, &'static str, [&'static str; 3], &'static str, &'static str, &'static str);

/// Records of many scripts.
const PEOPLE: [Person; 12] = [
    ("han", "CN", ["浙江省", "绍兴市", "新昌县"], "孙静杰", "天峰东湾58号", "放丰巢柜"),
    (
        "minority_name",
        "CN",
        ["新疆维吾尔自治区", "喀什地区", "疏附县"],
        "阿布都热合曼·买买提",
        "托克扎克镇12号",
        "",
    ),
    ("rare_han", "CN", ["广东省", "", ""], "㛃䶮𬎆", "𠮷野家旁", ""),
    ("latin", "DE", ["Berlin", "Beeskow", ""], "Violetta Flantz", "Eugenie-Schottin-Weg 9", ""),
    (
        "accents",
        "FR",
        ["Île-de-France", "Créteil", ""],
        "Noël Lefèvre",
        "12, chemin de l'Œuvre",
        "sonner à l'étage",
    ),
    ("cyrillic", "RU", ["Ненецкий АО", "к. Малая Вишера", ""], "Тимур Дроздов", "ш. Осенное, д. 51", ""),
    ("armenian", "AM", ["Արագածոտն", "Աշտարակ", ""], "Եվա Ղազինյան", "Աթոյան 1 բն. 60", ""),
    ("japanese", "JP", ["東京都", "渋谷区", ""], "佐藤 さくら", "神南1-2-3", "置き配"),
    (
        "korean",
        "KR",
        ["경기도", "수원시", "영통구"],
        "김민준",
        "봉영로 1612, 101동 1203호",
        "경비실에 맡겨주세요",
    ),
    ("arabic", "SA", ["الرياض", "", ""], "محمد العلي", "شارع الملك فهد 12", ""),
    ("thai", "TH", ["กรุงเทพมหานคร", "", ""], "สมชาย ใจดี", "99 ถนนสุขุมวิท", ""),
    ("emoji", "CN", ["", "", ""], "王小明🙂", "花园3栋", "敲门👍🏽"),
];

fn person(of: usize, codec: u64) -> Record {
    let (_, country, names, name, detail, note) = PEOPLE[of];
    Record {
        codec,
        country: country.as_bytes().try_into().unwrap(),
        postcode: String::new(),
        place: Place::Names(names.map(String::from)),
        name: name.into(),
        street: String::new(),
        detail: detail.into(),
        note: note.into(),
    }
}

fn codecs() -> Vec<Vector> {
    let mut all = Vec::new();
    for (of, (subject, ..)) in PEOPLE.iter().enumerate() {
        for codec in 0..5 {
            let record = person(of, codec);
            all.push(whole(&format!("codec_{codec}_{subject}"), WAYBILL, &record, None));
        }
    }
    all
}

/// Every token of every table.
fn tokens() -> Vec<Vector> {
    let mut all = Vec::new();
    for (codec, table, is_name) in
        [(1, "names", true), (2, "chinese", false), (3, "latin", false), (4, "script", false)]
    {
        let mut rest = &Table::named(table).tokens[..];
        let mut part = 0;
        while !rest.is_empty() {
            part += 1;
            let mut coder = Coder::new(codec);
            let (mut pieces, mut text) = (Vec::new(), String::new());
            for token in rest {
                if coder.bits.len() > 1100 || text.len() + token.len() > 720 {
                    break;
                }
                let piece = Piece::Token(token.clone());
                coder.piece(&piece, is_name);
                pieces.push(piece);
                text += token;
            }
            rest = &rest[pieces.len()..];
            pieces.push(Piece::End);
            let name = if is_name { text.clone() } else { "甲".into() };
            let detail = if is_name { String::new() } else { text };
            let record = Record {
                codec,
                name,
                detail,
                street: String::new(),
                note: String::new(),
                ..Record::chinese()
            };
            let mut draft = record.draft();
            *draft.texts.last_mut().unwrap() = Text::Pieces(pieces);
            let label = Label::of(WAYBILL, &draft.bits(), None);
            let name = format!("every_token_of_{table}_{part}");
            all.push(read(&name, &Reader::station(&label), &label, WAYBILL, Some(&record), None));
        }
    }
    all
}

/// A label whose detail is written as told.
fn spelt(name: &str, codec: u64, detail: &str, pieces: Vec<Piece>) -> Vector {
    // Neither text before it moves the block.
    let record = Record {
        codec,
        name: "1".into(),
        street: String::new(),
        detail: detail.into(),
        note: String::new(),
        ..Record::chinese()
    };
    let mut draft = record.draft();
    *draft.texts.last_mut().unwrap() = Text::Pieces(pieces);
    let label = Label::of(WAYBILL, &draft.bits(), None);
    read(name, &Reader::station(&label), &label, WAYBILL, Some(&record), None)
}

/// Splits and characters that an encoder may choose.
fn splits() -> Vec<Vector> {
    let token = |text: &str| Piece::Token(text.into());
    let end = || Piece::End;
    let mut all = vec![
        spelt(
            "split_into_single_characters",
            2,
            "大一号",
            ["大", "一", "号"].map(token).into_iter().chain([end()]).collect(),
        ),
        spelt("a_token_although_it_could_be_split", 2, "大厦1", vec![token("大厦1"), end()]),
        spelt("a_split_although_there_is_a_token", 2, "大厦1", vec![token("大厦"), token("1"), end()]),
        spelt("an_escape_although_there_is_a_token", 2, "路", vec![Piece::Escape(1, 0x8def - 0x4e00), end()]),
        spelt(
            "a_window_although_there_is_a_token",
            3,
            "éá",
            vec![Piece::Window(0x69), Piece::Window(0x61), end()],
        ),
    ];
    // Code points at the ends of each kind of escape, in a block that is not the current one.
    for (kind, base, points) in [
        (0, 0, &[0x20u32, 0x30, 0x41, 0x7e][..]),
        (1, 0x4e00, &[0x4e80, 0x6c49, 0x9fff]),
        (2, 0, &[0xa0, 0xff, 0x100, 0x3400, 0x4dff, 0xa000, 0xd7ff, 0xe000, 0xfdcf, 0xfdf0, 0xfffd]),
        (3, 0x10000, &[0x10000, 0x1f600, 0x1fffd, 0x20000, 0x10fffd]),
    ] {
        for &point in points {
            let text = char::from_u32(point).unwrap().to_string();
            let value = (point - base).into();
            // The Latin table begins in block 1, where U+00A0 and U+00FF are.
            let codec = if (0x80..0x100).contains(&point) { 4 } else { 3 };
            let name = format!("escape_kind_{kind}_of_u{point:04x}");
            all.push(spelt(&name, codec, &text, vec![Piece::Escape(kind, value), Piece::End]));
        }
    }
    all.extend([
        spelt(
            "window_in_the_first_block_of_codec_3",
            3,
            "ÿé",
            vec![Piece::Window(0x7f), Piece::Window(0x69), end()],
        ),
        spelt(
            "window_in_the_first_block_of_codec_4",
            4,
            "Ѐѿ",
            vec![Piece::Window(0), Piece::Window(0x7f), end()],
        ),
        spelt(
            "window_after_an_escape",
            3,
            "ごぐ",
            vec![Piece::Escape(2, 0x3054), Piece::Window(0x50), end()],
        ),
        spelt(
            "window_in_a_high_plane",
            4,
            "🙂🙃",
            vec![Piece::Escape(3, 0xf642), Piece::Window(0x43), end()],
        ),
        spelt(
            "an_escaped_ascii_character_leaves_the_block",
            3,
            "é~é",
            vec![Piece::Window(0x69), Piece::Escape(0, 0x7e), Piece::Window(0x69), end()],
        ),
        spelt(
            "an_ascii_character_is_escaped_again",
            3,
            "~~",
            vec![Piece::Escape(0, 0x7e), Piece::Escape(0, 0x7e), end()],
        ),
        spelt(
            "a_token_leaves_the_block",
            4,
            "ñ1ñ",
            vec![Piece::Escape(2, 0xf1), token("1"), Piece::Window(0x71), end()],
        ),
        spelt(
            "two_blocks_in_turn",
            3,
            "あÿあ",
            vec![Piece::Escape(2, 0x3042), Piece::Escape(2, 0xff), Piece::Escape(2, 0x3042), end()],
        ),
    ]);
    // The block goes on from text to text.
    let record = Record {
        codec: 3,
        name: "ん".into(),
        street: "ピ".into(),
        detail: String::new(),
        note: String::new(),
        ..Record::chinese()
    };
    let mut draft = record.draft();
    draft.texts = vec![
        Text::Pieces(vec![Piece::Escape(2, 0x3093), Piece::End]),
        Text::Pieces(vec![Piece::Window(0x54), Piece::End]),
    ];
    let label = Label::of(WAYBILL, &draft.bits(), None);
    all.push(read(
        "the_block_goes_on_into_the_next_text",
        &Reader::station(&label),
        &label,
        WAYBILL,
        Some(&record),
        None,
    ));
    all
}

fn fields() -> Vec<Vector> {
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
    // Text is taken as it is: nothing is normalised or trimmed.
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

/// Phones of every form, by what is remarkable about them.
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

fn phones() -> Vec<Vector> {
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

fn contacts() -> Vec<Vector> {
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
    // A larger class than needed: whether it is the least is not checked.
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

fn waybills() -> Vec<Vector> {
    let record = Record { note: String::new(), ..Record::chinese() };
    let contact = Contact::phone("13812345678");
    let mut all = Vec::new();
    for (name, waybill) in WAYBILLS {
        all.push(whole(&format!("waybill_{name}"), waybill, &record, Some(&contact)));
    }
    all
}

/// A delivery that fills its section to the last byte.
fn filling(room: usize) -> Record {
    let record = |rest: &str| Record {
        codec: 0,
        name: "A".into(),
        street: String::new(),
        note: String::new(),
        detail: rest.into(),
        ..Record::chinese()
    };
    let mut detail = String::new();
    while record(&(detail.clone() + "x")).draft().bits().len().div_ceil(8) <= room {
        detail.push('x');
    }
    record(&detail)
}

fn sizes() -> Vec<Vector> {
    let small = Record {
        codec: 1,
        name: "刘".into(),
        street: String::new(),
        detail: String::new(),
        note: String::new(),
        place: Place::Names(Default::default()),
        ..Record::chinese()
    };
    let mut all = Vec::new();
    for size in SIZES {
        for class in 0..4u8 {
            for waybill in [WAYBILL, "-------------------9"] {
                let contact = (class > 0).then(|| Contact::phone("13812345678"));
                let bits = contact.as_ref().map(|contact| contact.draft().bits());
                let mut label = Label::of(waybill, &small.draft().bits(), bits.as_ref());
                (label.class, label.size) = (class, Some(size));
                let around = [0, 18, 26, 42][usize::from(class)] + 8 + label.number.len() + 18;
                let Some(room) = size.checked_sub(around).filter(|room| *room >= 3) else { continue };
                let name =
                    |what: &str| format!("{size}_bytes_class_{class}_{}_{what}", label.number.len() + 14);
                let read = |name: &str, label: &Label, record: &Record| {
                    read(name, &Reader::station(label), label, waybill, Some(record), contact.as_ref())
                };
                all.push(read(&name("small"), &label, &small));
                if room > 8 {
                    let full = filling(room);
                    let label = Label { delivery: full.draft().bits().bytes(), ..label.clone() };
                    assert!(label.delivery.len() <= room && room - label.delivery.len() < 2);
                    all.push(read(&name("full"), &label, &full));
                }
            }
        }
    }
    all
}

fn nodes() -> Vec<Vector> {
    let (record, contact) = (Record::chinese(), Contact::phone("13812345678"));
    let label_of = |generation| {
        let mut label = Label::of(WAYBILL, &record.draft().bits(), Some(&contact.draft().bits()));
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
    // Identifiers at their ends.
    for (region, site, sealer) in [(0, 0, 0), (4095, 4095, 0xff_ffff), (0, 4095, 1), (4095, 0, 0x80_0000)] {
        let label = Label { region, site, sealer, ..label.clone() };
        let name = format!("region_{region}_site_{site}_sealer_{sealer}");
        all.push(read(&name, &Reader::station(&label), &label, WAYBILL, Some(&record), Some(&contact)));
    }
    // A broken contact section is not seen by those who do not want it.
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
    let broken = super::label::handle(&payload);
    vector.text = super::label::text(&payload);
    vector.opened.as_mut().unwrap().renamed(&broken);
    all.push(vector.note("the last byte of the contact tag is altered"));
    all
}

fn days() -> Vec<Vector> {
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

fn revoked() -> Vec<Vector> {
    let (record, contact) = (Record::chinese(), Contact::phone("13812345678"));
    let label = Label::of(WAYBILL, &record.draft().bits(), Some(&contact.draft().bits()));
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
