//! Vectors with plaintexts that no sealer writes, under valid tags.

use super::super::bits::Bits;
use super::super::codes::{Coder, Piece, Table};
use super::super::label::Label;
use super::super::record::{
    Contact, ContactDraft, Draft, PHONE_BASES, Postcode, Record, Text, base38, base38_bits, dialled, groups,
    mobile, numbered, spelt,
};
use super::super::vector::{Reader, Vector};
use super::WAYBILL;

/// A delivery of a name and a detail.
fn plain(codec: u64) -> Record {
    Record {
        codec,
        name: if codec < 3 { "王A".into() } else { "A".into() },
        street: String::new(),
        detail: "1号".into(),
        note: String::new(),
        ..Record::chinese()
    }
}

/// A character in no table, and in no table's first block.
const FAR: char = '㐀';

pub fn delivery() -> Vec<Vector> {
    let mut all = Vec::new();
    headers(&mut all);
    texts(&mut all);
    characters(&mut all);
    ends(&mut all);
    all
}

fn tampered(all: &mut Vec<Vector>, name: &str, bits: &Bits) {
    let label = Label::of(WAYBILL, bits, None);
    all.push(Vector::refused(name, "tampered", &Reader::station(&label), label.text()));
}

/// A detail of these pieces, with its end.
fn pieces(codec: u64, pieces: Vec<Piece>) -> Bits {
    let mut draft = plain(codec).draft();
    draft.texts[1] = Text::Pieces(pieces.into_iter().chain([Piece::End]).collect());
    draft.bits()
}

/// A detail of these bytes in the UTF-8 codec, with its end.
fn bytes(bytes: &[u8]) -> Bits {
    let mut draft = plain(0).draft();
    draft.texts[1] = raw(bytes);
    draft.bits()
}

fn raw(bytes: &[u8]) -> Text {
    let mut bits = Bits::new();
    bytes.iter().chain([&0]).for_each(|byte| {
        bits.put((*byte).into(), 8);
    });
    Text::Raw(bits)
}

fn headers(all: &mut Vec<Vector>) {
    let mut add = |name: &str, draft: &Draft| tampered(all, name, &draft.bits());
    let base = || plain(1).draft();
    add("country_CN_written_out", &Draft { country: Some((2, 13)), ..base() });
    for value in 26..32 {
        add(&format!("country_first_letter_{value}"), &Draft { country: Some((value, 13)), ..base() });
        add(&format!("country_second_letter_{value}"), &Draft { country: Some((2, value)), ..base() });
    }
    for code in [1_000_000, 1_000_001, 1_048_575] {
        add(&format!("division_{code}"), &Draft { code: Some(code), ..base() });
    }
    let postcode = |count: u64, groups: &[(u64, u32)]| {
        let mut bits = Bits::new();
        groups.iter().for_each(|(value, count)| {
            bits.put(*value, *count);
        });
        Draft { postcode: Postcode::Packed(count - 1, bits), ..base() }
    };
    for count in 11..=16usize {
        let digits = "1234567890123456"[..count].to_owned();
        let draft = Draft { postcode: Postcode::Packed(count as u64 - 1, groups(&digits)), ..base() };
        add(&format!("postcode_of_{count}_digits_packed"), &draft);
    }
    for value in [1000, 1023] {
        add(&format!("postcode_group_of_three_{value}"), &postcode(3, &[(value, 10)]));
        add(&format!("postcode_second_group_of_three_{value}"), &postcode(6, &[(1, 10), (value, 10)]));
    }
    for value in [100, 127] {
        add(&format!("postcode_group_of_two_{value}"), &postcode(5, &[(1, 10), (value, 7)]));
    }
    for value in [10, 15] {
        add(&format!("postcode_group_of_one_{value}"), &postcode(1, &[(value, 4)]));
    }
    for count in 1..=10 {
        let mut draft = base();
        draft.postcode = Postcode::Text;
        draft.texts.push("1234567890"[..count].into());
        add(&format!("postcode_of_{count}_digits_as_text"), &draft);
        let mut draft = base();
        draft.postcode = Postcode::Text;
        draft.texts.push("A-1 B2Z9Y0"[..count].into());
        add(&format!("postcode_of_{count}_letters_as_text"), &draft);
        let digits = "1234567890"[..count].to_owned();
        let packed = Postcode::Base38(count as u64, base38(&digits));
        add(&format!("postcode_of_{count}_digits_in_base_38"), &Draft { postcode: packed, ..base() });
        let over = Bits::of(38u64.pow(count as u32), base38_bits(count));
        let packed = Postcode::Base38(count as u64, over);
        add(&format!("postcode_of_{count}_letters_one_over"), &Draft { postcode: packed, ..base() });
    }
    for count in 11..=15 {
        let packed = Postcode::Base38(count, Bits::of(12_345, 60));
        add(&format!("postcode_of_{count}_letters_packed"), &Draft { postcode: packed, ..base() });
    }
}

fn texts(all: &mut Vec<Vector>) {
    let mut add = |name: &str, bits: &Bits| tampered(all, name, bits);
    // An empty text in a field that is flagged as present: each field, each codec.
    let fields = ["name", "province", "city", "district", "street", "detail", "note", "postcode"];
    for codec in 0..5 {
        for (empty, field) in fields.iter().enumerate() {
            let mut draft = Draft {
                code: None,
                names: [true; 3],
                more: [true; 3],
                postcode: Postcode::Text,
                ..plain(codec).draft()
            };
            draft.texts = ["王", "省", "市", "区", "街道", "1号", "轻", "A1"].map(Text::from).into();
            draft.texts[empty] = if codec == 0 { raw(&[]) } else { Text::Pieces(vec![Piece::End]) };
            add(&format!("{field}_is_empty_in_codec_{codec}"), &draft.bits());
        }
    }
    // More than 768 bytes of text.
    let long = |count: usize, rest: &str| {
        let detail = "高新技术产业开发".repeat(count) + rest;
        Record { codec: 2, name: "王".into(), detail, ..plain(2) }
    };
    for record in [long(31, "1234567890123456789012"), long(31, "号号号号12345678901"), long(44, "")] {
        let bytes = record.name.len() + record.detail.len();
        assert!(bytes > 768);
        add(&format!("texts_of_{bytes}_bytes"), &record.draft().bits());
    }
    let mut record = long(31, "123456789012345678901");
    assert_eq!(record.name.len() + record.detail.len(), 768);
    record.postcode = "1".into();
    add("texts_of_769_bytes_with_a_packed_postcode", &record.draft().bits());
    // Invalid UTF-8.
    for (name, fault) in [
        ("a_continuation_alone", &[0x80][..]),
        ("a_continuation_at_the_end", &[0x41, 0xbf]),
        ("two_bytes_for_ascii", &[0xc1, 0x81]),
        ("two_bytes_for_slash", &[0xc0, 0xaf]),
        ("two_bytes_for_zero", &[0xc0, 0x80]),
        ("three_bytes_for_two", &[0xe0, 0x9f, 0xbf]),
        ("four_bytes_for_three", &[0xf0, 0x8f, 0xbf, 0xbd]),
        ("a_surrogate", &[0xed, 0xa0, 0x80]),
        ("a_pair_of_surrogates", &[0xed, 0xa0, 0xbd, 0xed, 0xb9, 0x82]),
        ("over_10ffff", &[0xf4, 0x90, 0x80, 0x80]),
        ("a_lead_byte_f5", &[0xf5, 0x80, 0x80, 0x80]),
        ("a_lead_byte_f8", &[0xf8, 0x88, 0x80, 0x80, 0x80]),
        ("a_byte_fe", &[0xfe]),
        ("a_byte_ff", &[0xff]),
        ("cut_after_one_of_two", &[0xc3]),
        ("cut_after_one_of_three", &[0xe7]),
        ("cut_after_two_of_three", &[0xe7, 0x8e]),
        ("cut_after_three_of_four", &[0xf0, 0x9f, 0x99]),
        ("a_lead_byte_and_ascii", &[0xc3, 0x41]),
        ("gb18030", &[0xcd, 0xf5]),
    ] {
        add(&format!("utf8_with_{name}"), &bytes(fault));
    }
    // A character that begins in one text and ends in the next.
    for (name, first, second) in [
        ("two_bytes", &[0x41, 0xc3][..], &[0xa9][..]),
        ("three_bytes", &[0xe7], &[0x8e, 0x8b]),
        ("four_bytes", &[0xf0, 0x9f], &[0x99, 0x82]),
    ] {
        let mut draft = plain(0).draft();
        draft.texts = vec![raw(first), raw(second)];
        add(&format!("utf8_character_of_{name}_over_two_texts"), &draft.bits());
    }
}

/// The escape of a code point, of the right kind or another.
fn escape(kind: u64, point: u64) -> Piece {
    Piece::Escape(kind, point - [0, 0x4e00, 0, 0x10000][kind as usize])
}

fn characters(all: &mut Vec<Vector>) {
    let mut add = |name: &str, bits: &Bits| tampered(all, name, bits);
    // Controls and noncharacters, each as UTF-8 and as an escape.
    for point in [0x01u32, 0x07, 0x09, 0x0a, 0x0d, 0x1b, 0x1f, 0x7f, 0x80, 0x85, 0x9f] {
        let text = char::from_u32(point).unwrap().to_string();
        add(&format!("control_u{point:04x}_in_utf8"), &bytes(text.as_bytes()));
        let (kind, codec) = if point < 0x80 { (0, 3) } else { (2, 4) };
        add(&format!("control_u{point:04x}_escaped"), &pieces(codec, vec![escape(kind, point.into())]));
    }
    add("control_u0000_escaped", &pieces(3, vec![escape(0, 0)]));
    for point in [0x80, 0x8d, 0x9f] {
        add(&format!("control_u{point:04x}_in_the_window"), &pieces(3, vec![Piece::Window(point & 0x7f)]));
    }
    for point in [
        0xfdd0u32, 0xfddf, 0xfdef, 0xfffe, 0xffff, 0x1fffe, 0x1ffff, 0x2fffe, 0x2ffff, 0xffffe, 0x10fffe,
        0x10ffff,
    ] {
        let text = char::from_u32(point).unwrap().to_string();
        add(&format!("noncharacter_u{point:04x}_in_utf8"), &bytes(text.as_bytes()));
        let kind = if point < 0x10000 { 2 } else { 3 };
        add(&format!("noncharacter_u{point:04x}_escaped"), &pieces(1, vec![escape(kind, point.into())]));
    }
    // What turns text around, and separators of lines and paragraphs.
    for point in [
        0x61cu32, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067,
        0x2068, 0x2069,
    ] {
        let text = char::from_u32(point).unwrap().to_string();
        add(&format!("format_character_u{point:04x}_in_utf8"), &bytes(text.as_bytes()));
        add(&format!("format_character_u{point:04x}_escaped"), &pieces(4, vec![escape(2, point.into())]));
    }
    let name = Record { name: "王\u{200b}\u{7f}".into(), ..plain(0) };
    add("control_in_the_name", &name.draft().bits());
    let postcode = Record { postcode: "A\t1".into(), ..plain(0) };
    add("control_in_the_postcode", &postcode.draft().bits());
    // Escapes of surrogates, and escapes of the wrong kind.
    for point in [0xd800, 0xdbff, 0xdc00, 0xdfff] {
        add(&format!("surrogate_{point:04x}_escaped"), &pieces(3, vec![escape(2, point)]));
    }
    add("a_pair_of_surrogates_escaped", &pieces(3, vec![escape(2, 0xd83d), escape(2, 0xde42)]));
    for point in [0x20, 0x31, 0x41, 0x7e] {
        add(&format!("ascii_{point:02x}_in_sixteen_bits"), &pieces(3, vec![escape(2, point)]));
    }
    for point in [0x4e00, 0x4e7f, 0x738b, 0x9fff] {
        add(&format!("ideograph_{point:04x}_in_sixteen_bits"), &pieces(3, vec![escape(2, point)]));
    }
    for point in [0xa000, 0xac00, 0xcdff] {
        add(&format!("u{point:04x}_as_an_ideograph"), &pieces(3, vec![escape(1, point)]));
    }
    // Escapes of a code point in the current block.
    for (codec, point, kind) in [
        (1, 0x4e00, 1),
        (1, 0x4e7f, 1),
        (2, 0x4e2d, 1),
        (3, 0x80, 2),
        (3, 0xe9, 2),
        (3, 0xff, 2),
        (4, 0x400, 2),
        (4, 0x44f, 2),
        (4, 0x47f, 2),
    ] {
        let mut draft = plain(codec).draft();
        // Nothing before it changes the current block.
        draft.more = [false; 3];
        draft.texts = vec![Text::Pieces(vec![escape(kind, point), Piece::End])];
        add(&format!("u{point:04x}_escaped_in_the_first_block_of_codec_{codec}"), &draft.bits());
    }
    for (name, before, point, kind) in [
        ("after_an_escape", vec![escape(2, 0x3042)], 0x3044, 2),
        ("again", vec![escape(2, 0x3042)], 0x3042, 2),
        ("after_a_window", vec![escape(2, 0x3042), Piece::Window(0x44)], 0x3046, 2),
        ("after_an_ascii_escape", vec![escape(2, 0x3042), escape(0, 0x7e)], 0x3044, 2),
        ("after_a_token", vec![escape(2, 0x3042), Piece::Token("1".into())], 0x3044, 2),
        ("in_a_high_plane", vec![escape(3, 0x1f642)], 0x1f643, 3),
        ("among_ideographs", vec![escape(1, 0x738b)], 0x7381, 1),
        ("at_the_end_of_the_ideographs", vec![escape(1, 0x9fff)], 0x9f80, 1),
    ] {
        let text = before.into_iter().chain([escape(kind, point)]).collect();
        add(&format!("escape_in_the_current_block_{name}"), &pieces(3, text));
    }
    let mut draft = plain(3).draft();
    draft.texts = vec![
        Text::Pieces(vec![escape(2, FAR.into()), Piece::End]),
        Text::Pieces(vec![escape(2, u64::from(FAR) + 1), Piece::End]),
    ];
    add("escape_in_the_current_block_of_the_text_before", &draft.bits());
    // Code points that the window forms.
    add("noncharacter_in_the_window", &pieces(3, vec![escape(2, 0xff9d), Piece::Window(0x7e)]));
    add(
        "noncharacter_in_the_window_of_a_high_plane",
        &pieces(3, vec![escape(3, 0x1ff9d), Piece::Window(0x7f)]),
    );
    add("arabic_noncharacter_in_the_window", &pieces(3, vec![escape(2, 0xfdcf), Piece::Window(0x50)]));
}

fn ends(all: &mut Vec<Vector>) {
    // A fill that is not zero, at the first bit after the record, within it, at its end.
    for codec in 0..5 {
        let bits = plain(codec).draft().bits();
        let room = 78 - 20 - 12;
        for (place, at) in [
            // The first bit and zeros would be an entry of one zero byte.
            ("second_bit", bits.len() + 1),
            ("next_byte", (bits.len() + 2).div_ceil(8) * 8),
            ("middle", 300),
            ("last_bit", room * 8 - 1),
        ] {
            let mut faulty = bits.clone();
            faulty.append(&Bits::of(0, (at - bits.len()) as u32 % 64));
            while faulty.len() < at {
                faulty.put(0, 1);
            }
            faulty.put(1, 1);
            tampered(all, &format!("fill_is_not_zero_{place}_codec_{codec}"), &faulty);
        }
    }
    // A string that ends before its record does. 46 bytes are 368 bits.
    for codec in 0..5u64 {
        let mut draft = plain(codec).draft();
        let text = if codec == 0 { "x" } else { "1" };
        let mut whole = draft.bits();
        let mut repeated = text.to_owned();
        while whole.len() <= 368 + 40 {
            repeated += text;
            draft.texts[1] = Text::Whole(repeated.clone());
            whole = draft.bits();
        }
        cut(all, &format!("text_does_not_end_codec_{codec}"), &whole);
    }
    for (name, last) in [
        ("window", Piece::Window(0x7f)),
        ("escape_kind_0", Piece::Escape(0, 0x7e)),
        ("escape_kind_1", Piece::Escape(1, 0x7000 - 0x4e00)),
        ("escape_kind_2", Piece::Escape(2, 0x3fff)),
        ("escape_kind_3", Piece::Escape(3, 0xf642)),
    ] {
        for codec in [1, 3] {
            // Its last bit would be the first bit after the section.
            let mut coder = Coder::new(codec);
            coder.piece(&last, false);
            let mut draft = plain(codec).draft();
            draft.texts[1] = Text::Raw(Bits::new());
            let room = 368 + 1 - draft.bits().len() - coder.bits.len();
            draft.texts[1] = Text::Raw(filler(codec, room).append(&coder.bits).clone());
            let whole = draft.bits();
            assert_eq!(whole.len(), 369);
            cut(all, &format!("ends_within_a_{name}_codec_{codec}"), &whole);
        }
    }
    // Sections of one to four bytes, which a contact of class 3 leaves in 78.
    for (waybill, room) in
        [("1Z999AA101234", 0), ("1Z999AA10123", 1), ("1Z12345E027", 2), ("1Z12345EA", 3), (WAYBILL, 4)]
    {
        for (name, byte) in
            [("zeros", 0u8), ("ones", 0x1f), ("codec_1", 0x20), ("codec_3", 0x70), ("named", 0x28)]
        {
            if room == 0 {
                continue;
            }
            let contact = Contact::phone("13812345678").draft().bits();
            let mut label = Label::of(waybill, &Bits::of(byte.into(), 8), Some(&contact));
            (label.class, label.size) = (3, Some(78));
            if name == "ones" {
                label.delivery = vec![0xff; room];
                label.delivery[0] = 0x1f;
            }
            assert_eq!(label.filled()[0].len(), room);
            let reader = Reader::station(&label);
            all.push(Vector::refused(
                format!("section_of_{room}_bytes_{name}"),
                "tampered",
                &reader,
                label.text(),
            ));
        }
    }
    let zeros = Label { delivery: vec![0; 30], ..Label::of(WAYBILL, &Bits::of(0, 8), None) };
    all.push(Vector::refused("delivery_of_zeros", "tampered", &Reader::station(&zeros), zeros.text()));
}

/// Tokens of a text of exactly so many bits.
fn filler(codec: u64, bits: usize) -> Bits {
    let table = Table::named(if codec == 1 { "chinese" } else { "latin" });
    let cost = |token: &str| {
        let mut coder = Coder::new(codec);
        coder.piece(&Piece::Token(token.into()), false);
        coder.bits
    };
    // One short token again and again, and one of each other length to make up the rest.
    let costs: Vec<Bits> = table.tokens.iter().map(|token| cost(token)).collect();
    let mut best: Vec<Option<Bits>> = vec![None; bits + 1];
    best[0] = Some(Bits::new());
    for at in 1..=bits {
        best[at] = costs.iter().find_map(|token| {
            let before = best.get(at.checked_sub(token.len())?)?.as_ref()?;
            Some(before.clone().append(token).clone())
        });
    }
    best[bits].clone().expect("a filler of that length")
}

/// Seals the first 368 bits as the delivery of a label of 78 bytes.
fn cut(all: &mut Vec<Vector>, name: &str, whole: &Bits) {
    let mut label = Label::of(WAYBILL, &Bits::of(0, 8), None);
    label.delivery = whole.bytes()[..46].to_vec();
    all.push(Vector::refused(name, "tampered", &Reader::station(&label), label.text()));
}

pub fn contact() -> Vec<Vector> {
    let mut all = Vec::new();
    let delivery = plain(1).draft().bits();
    let mut add = |name: String, bits: &Bits, class: u8| {
        let mut label = Label::of(WAYBILL, &delivery, Some(bits));
        label.class = label.class.max(class);
        let [both, contact] = ["both", "contact"].map(|want| Reader { want, ..Reader::station(&label) });
        let reader = if all.len() % 2 == 0 { both } else { contact };
        all.push(Vector::refused(name, "tampered", &reader, label.text()));
    };
    let good = || Contact::phone("13812345678").draft();
    for (name, number) in phone_numbers() {
        add(format!("number_{name}_alone"), &Bits::of(number, 48), 1);
    }
    // No phone, where no sender is present, or with a sender that is empty.
    let none = || ContactDraft { phone: spelt(""), ..good() };
    add("no_phone_and_no_sender".into(), &none().bits(), 2);
    add("no_phone_and_no_sender_in_30_bytes".into(), &none().bits(), 3);
    add(
        "no_phone_and_an_empty_sender_name".into(),
        &ContactDraft { sender_name: Some(raw(&[])), ..none() }.bits(),
        2,
    );
    add(
        "no_phone_and_an_empty_sender_phone".into(),
        &ContactDraft { sender_phone: Some(spelt("")), ..none() }.bits(),
        2,
    );
    add(
        "no_phone_in_form_2".into(),
        &ContactDraft {
            phone: Bits::of(2, 2).put(0, 1).put(15, 4).clone(),
            sender_phone: mobile("13812345678"),
            ..good()
        }
        .bits(),
        2,
    );
    for codec in 1..5 {
        add(format!("codec_{codec}_without_a_sender"), &ContactDraft { codec, ..good() }.bits(), 2);
    }
    for codec in 0..5 {
        let empty = if codec == 0 { raw(&[]) } else { Text::Pieces(vec![Piece::End]) };
        add(
            format!("sender_is_empty_in_codec_{codec}"),
            &ContactDraft { codec, sender_name: Some(empty), ..good() }.bits(),
            2,
        );
    }
    for (name, fault) in phones() {
        let phone = ContactDraft { phone: fault.clone(), ..good() };
        add(format!("phone_{name}"), &phone.bits(), 1);
        let sender = ContactDraft { sender_phone: Some(fault), ..good() };
        add(format!("sender_phone_{name}"), &sender.bits(), 1);
    }
    // Fills that are not zero. The first bit would begin an entry of nothing but zeros, of which there can be one.
    for (class, bits) in [(2, 112), (3, 240)] {
        for (place, at) in [("second_bit", 42), ("last_bit", bits - 1)] {
            let mut faulty = good().fields();
            while faulty.len() < at {
                faulty.put(0, 1);
            }
            faulty.put(1, 1);
            add(format!("contact_fill_is_not_zero_{place}_class_{class}"), &faulty, class);
        }
    }
    // More than 256 bytes of text.
    let token = "高新技术产业开发";
    for count in [11, 15] {
        let name: Vec<Piece> = (0..count).map(|_| Piece::Token(token.into())).chain([Piece::End]).collect();
        let draft = ContactDraft { codec: 2, sender_name: Some(Text::Pieces(name)), ..good() };
        add(format!("contact_texts_of_{}_bytes", 11 + count * token.len()), &draft.bits(), 3);
    }
    // Characters of a sender's name.
    for (name, codec, piece) in [
        ("control", 3, escape(0, 0x0a)),
        ("noncharacter", 3, escape(2, 0xfffe)),
        ("surrogate", 3, escape(2, 0xd800)),
        ("ascii_in_sixteen_bits", 4, escape(2, 0x41)),
        ("escape_in_the_first_block", 1, escape(1, 0x4e2d)),
    ] {
        let text = Text::Pieces(vec![piece, Piece::End]);
        add(
            format!("sender_with_a_{name}"),
            &ContactDraft { codec, sender_name: Some(text), ..good() }.bits(),
            2,
        );
    }
    add(
        "sender_in_broken_utf8".into(),
        &ContactDraft { sender_name: Some(raw(&[0xc3])), ..good() }.bits(),
        2,
    );
    // A string that ends before its contact does.
    add("contact_of_ones".into(), &Bits::of(0xffff_ffff_ffff, 48), 1);
    add("contact_that_ends_in_ones".into(), &Bits::of(0x1fff_ffff_ffff_ffff, 64), 2);
    let mut cut = |name: &str, whole: &Bits, bytes: usize| {
        let mut label = Label::of(WAYBILL, &delivery, Some(&Bits::of(0, bytes as u32 * 8 % 64)));
        label.contact = whole.bytes()[..bytes].to_vec();
        label.class = [6, 14, 30].iter().position(|size| *size == bytes).unwrap() as u8 + 1;
        let reader = Reader { want: "contact", ..Reader::station(&label) };
        all.push(Vector::refused(format!("contact_ends_within_{name}"), "tampered", &reader, label.text()));
    };
    cut("a_dialled_phone", &Contact::phone("010-12345678-801-1234567890123").draft().bits(), 14);
    cut("a_text_phone", &ContactDraft { phone: spelt("abcdefghijklmnop"), ..good() }.bits(), 14);
    cut(
        "the_senders_number",
        &Contact { sender_phone: "19999999999-9999".into(), ..Contact::phone("010-12345678-80") }
            .draft()
            .bits(),
        14,
    );
    cut(
        "the_senders_name",
        &Contact { codec: 0, sender_name: "x".repeat(30), ..Contact::phone("13812345678") }.draft().bits(),
        30,
    );
    cut(
        "the_senders_name_in_tokens",
        &Contact { codec: 3, sender_name: "x".repeat(30), ..Contact::phone("13812345678") }.draft().bits(),
        14,
    );
    // One byte too many.
    let name = [token; 10].into_iter().chain(["区", "1", "1", "1"]);
    let name = name.map(|token| Piece::Token(token.into())).chain([Piece::End]).collect();
    let draft = ContactDraft { codec: 2, sender_name: Some(Text::Pieces(name)), ..good() };
    let label = Label::of(WAYBILL, &delivery, Some(&draft.bits()));
    let reader = Reader { want: "contact", ..Reader::station(&label) };
    all.push(Vector::refused("contact_texts_of_257_bytes", "tampered", &reader, label.text()));
    all
}

/// Numbers that are not those of their text, and numbers of no text.
fn phone_numbers() -> Vec<(&'static str, u64)> {
    let shorter = |count: u32| (1..count).map(|k| 10u64.pow(k)).sum::<u64>();
    let hyphen = |n: u32, before: u64, digits: u64| {
        let earlier: u64 = (2..n).map(|j| u64::from(j - 1) * 10u64.pow(j)).sum();
        PHONE_BASES[3] + earlier + (before - 1) * 10u64.pow(n) + digits
    };
    vec![
        ("of_a_mobile_among_the_digits", PHONE_BASES[2] + shorter(11) + 13_812_345_678),
        ("of_the_least_mobile_among_the_digits", PHONE_BASES[2] + shorter(11) + 10_000_000_000),
        ("of_the_greatest_mobile_among_the_digits", PHONE_BASES[2] + shorter(11) + 19_999_999_999),
        ("of_a_virtual_one_among_the_hyphens", hyphen(12, 11, 138_123_456_781)),
        ("of_the_greatest_virtual_one_among_the_hyphens", hyphen(12, 11, 199_999_999_999)),
        ("one_over", PHONE_BASES[4]),
        ("two_over", PHONE_BASES[4] + 1),
        ("of_ones", (1 << 48) - 1),
    ]
}

/// Phones encoded in the wrong form, or in none.
fn phones() -> Vec<(String, Bits)> {
    let mut all: Vec<(String, Bits)> = Vec::new();
    let mut add = |name: &str, bits: Bits| all.push((name.to_owned(), bits));
    let ten = 10u64.pow(10);
    for value in [ten, ten + 1, (1 << 34) - 1] {
        add(&format!("mobile_of_{value}"), Bits::of(0, 2).put(value, 34).clone());
    }
    for (name, number) in phone_numbers() {
        add(&format!("number_{name}"), numbered(number));
    }
    for (name, number) in [("least", 0), ("one", 3_812_345_678), ("greatest", ten - 1)] {
        add(&format!("number_that_is_the_{name}_mobile"), numbered(number));
    }
    add("dialled_empty", Bits::of(2, 2).put(0, 1).put(15, 4).clone());
    for (name, text) in [
        ("mobile", "13812345678"),
        ("virtual", "13812345678-1234"),
        ("landline", "0755-26543210"),
        ("digit", "5"),
        ("plus", "+8613812345678"),
    ] {
        add(&format!("dialled_although_{name}"), dialled(text).unwrap());
        add(&format!("text_although_{name}"), spelt(text));
    }
    for (name, text) in [("service", "400-812-3123"), ("spaces", "+86 138"), ("blank", " ")] {
        add(&format!("text_although_dialled_{name}"), spelt(text));
    }
    for (name, fault) in [
        ("a_control", &[0x41u8, 0x0a][..]),
        ("a_delete", &[0x7f]),
        ("a_lone_continuation", &[0x80]),
        ("a_cut_character", &[0xe7, 0x8e]),
        ("a_surrogate", &[0xed, 0xa0, 0x80]),
        ("an_overlong_slash", &[0xc0, 0xaf]),
        ("a_noncharacter", &[0xef, 0xbf, 0xbf]),
    ] {
        let mut bits = Bits::of(3, 2);
        fault.iter().chain([&0]).for_each(|byte| {
            bits.put((*byte).into(), 8);
        });
        add(&format!("text_with_{name}"), bits);
    }
    all
}
