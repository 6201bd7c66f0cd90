//! Texts: records of many scripts in every codec, every token of every table, and splits that an encoder may choose.

use super::super::codes::{Coder, Piece, Table};
use super::super::label::Label;
use super::super::record::{Place, Record, Text};
use super::super::vector::{Reader, Vector};
use super::{WAYBILL, read, whole};

/// A title, then country, names of the division, name, detail and note.
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

pub fn codecs() -> Vec<Vector> {
    let mut all = Vec::new();
    for (of, (subject, ..)) in PEOPLE.iter().enumerate() {
        for codec in 0..7 {
            let record = person(of, codec);
            all.push(whole(&format!("codec_{codec}_{subject}"), WAYBILL, &record, None));
        }
    }
    all
}

/// Every token of every table.
pub fn tokens() -> Vec<Vector> {
    let mut all = Vec::new();
    for (codec, table, is_name) in [
        (1, "names", true),
        (2, "chinese", false),
        (3, "latin", false),
        (4, "script", false),
        (5, "japanese", false),
        (6, "korean", false),
    ] {
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
            // The library writes these codecs in labels to their countries alone.
            let country = match codec {
                5 => *b"JP",
                6 => *b"KR",
                _ => *b"CN",
            };
            let record = Record {
                codec,
                country,
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

/// A label whose detail is encoded by `write`.
fn spelt(name: &str, codec: u64, detail: &str, pieces: Vec<Piece>) -> Vector {
    // Neither of the texts before it changes the current block.
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

/// Splits into tokens and escapes that an encoder may choose.
pub fn splits() -> Vec<Vector> {
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
            "window_in_the_first_block_of_codec_5",
            5,
            "ヿュ",
            vec![Piece::Window(0x7f), Piece::Window(0x65), end()],
        ),
        spelt(
            "window_in_the_first_block_of_codec_6",
            6,
            "갃걿",
            vec![Piece::Window(3), Piece::Window(0x7f), end()],
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
    // The current block is kept from text to text.
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
