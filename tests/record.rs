//! The codec decodes what it encoded, and refuses what it would not have encoded.

use proptest::prelude::*;
use wayseal::error::{Field, SealError};
use wayseal::payload::ContactClass;
use wayseal::record::{
    Contact, Country, DELIVERY_MAX, DecodeError, Delivery, Division, DivisionCode, TEXT_MAX, decode_contact,
    decode_delivery, encode_contact, encode_delivery, read_contact,
};

type Fields = ([String; 8], u32, bool, [u8; 2]);

fn delivery<'a>((text, code, coded, country): &'a Fields) -> Delivery<'a> {
    let [name, postcode, province, city, district, street, detail, note] = text;
    Delivery {
        name,
        country: Country::new(*country).unwrap(),
        postcode,
        division: match DivisionCode::new(*code) {
            Some(code) if *coded => Division::Code(code),
            _ => Division::Names { province, city, district },
        },
        street,
        detail,
        note,
    }
}

fn fields(of: &Delivery<'_>) -> Vec<String> {
    let mut all: Vec<String> =
        [of.name, of.country.as_str(), of.postcode, of.street, of.detail, of.note].map(String::from).into();
    match of.division {
        Division::Code(code) => all.push(code.number().to_string()),
        Division::Names { province, city, district } => {
            all.extend(["names", province, city, district].map(String::from));
        }
    }
    all
}

fn any_fields() -> impl Strategy<Value = Fields> {
    let text = || "[ -~一-龥]{0,6}|[ -~а-я]{0,6}|\\PC{0,4}";
    let name = "[一-龥]{2,3}|[A-Za-z ]{1,9}|\\PC{1,4}";
    let postcode = "[0-9]{0,11}|[A-Z0-9 ]{0,7}";
    (
        (name, postcode, text(), text(), text(), text(), text(), text()),
        0..1_000_000u32,
        any::<bool>(),
        prop_oneof![Just(*b"CN"), Just(*b"DE"), Just(*b"ZZ")],
    )
        .prop_map(|((a, b, c, d, e, f, g, h), code, coded, country)| {
            ([a, b, c, d, e, f, g, h], code, coded, country)
        })
}

proptest! {
    #[test]
    fn a_delivery_comes_back(given in any_fields()) {
        let given = delivery(&given);
        let mut out = [0xff; DELIVERY_MAX];
        if let Ok(used) = encode_delivery(&given, &mut out) {
            let mut text = [0; TEXT_MAX];
            prop_assert_eq!(fields(&decode_delivery(&out, &mut text).unwrap()), fields(&given));
            let mut text = [0; TEXT_MAX];
            prop_assert_eq!(fields(&decode_delivery(&out[..used], &mut text).unwrap()), fields(&given));
            // A fill that is not zero is noticed, unless it is a list of entries that a reader skips.
            if used < out.len() {
                out[used] = 1;
                prop_assert!(decode_delivery(&out[..=used], &mut [0; TEXT_MAX]).is_err());
            }
        }
    }

    #[test]
    fn a_contact_comes_back(
        phone in "|1[3-9][0-9]{9}(-[0-9]{0,5})?|0[0-9]{2,3}-?[0-9]{6,9}(-[0-9]{0,9})?|\\+?[0-9 ().-]{1,20}|\\PC{1,5}",
        sender in "1[3-9][0-9]{9}(-[0-9]{1,4})?|0[0-9]{2,3}-?[0-9]{7,8}|",
        name in "|[一-龥]{2,3}|[A-Za-z ]{1,5}",
    ) {
        let mut out = [0xff; 30];
        let given = Contact { phone: &phone, sender_phone: &sender, sender_name: &name };
        if let Ok(used) = encode_contact(&given, &mut out) {
            // Each class from the smallest on, except that six bytes have a form of their own.
            let smallest = ContactClass::holding(used).unwrap();
            for class in ContactClass::ALL.into_iter().filter(|class| *class == smallest || used > 6 && *class > smallest) {
                let mut text = [0; TEXT_MAX];
                let back = decode_contact(&out[..class.len()], &mut text).unwrap();
                prop_assert_eq!((back.phone, back.sender_phone, back.sender_name), (&*phone, &*sender, &*name));
            }
        }
    }

    #[test]
    fn hostile_bytes_are_refused_or_read(plain in proptest::collection::vec(any::<u8>(), 0..180)) {
        let mut text = [0; TEXT_MAX];
        if let Ok(read) = decode_delivery(&plain, &mut text) {
            // A decoded record can be encoded again.
            let written = encode_delivery(&read, &mut [0; DELIVERY_MAX]);
            prop_assert!(!matches!(written, Err(wayseal::error::SealError::Empty(_) | wayseal::error::SealError::Character(_))));
        }
        let mut text = [0; TEXT_MAX];
        if let Ok(read) = decode_contact(&plain, &mut text) {
            prop_assert!(!(read.phone.is_empty() && read.sender_phone.is_empty() && read.sender_name.is_empty()));
        }
    }
}

#[test]
fn a_number_alone_takes_six_bytes_and_another_phone_more() {
    for (phone, sender_phone, bytes) in [
        ("13812345678", "", 6),
        ("13812345678-1234", "", 6),
        ("+4915112345678", "", 6),
        ("0755-26543210", "", 6),
        ("*86", "", 7),
        ("0755-26543210-801", "", 10),
        ("13812345678-1234", "13760000797-0012", 14),
        ("", "13760000797", 7),
    ] {
        let given = Contact { phone, sender_phone, sender_name: "" };
        assert_eq!(encode_contact(&given, &mut [0; 30]), Ok(bytes), "{phone}");
    }
    let nobody = Contact { phone: "", sender_phone: "", sender_name: "" };
    assert_eq!(encode_contact(&nobody, &mut [0; 30]), Err(SealError::Empty(Field::Phone)));
}

#[test]
fn an_unknown_codec_needs_a_later_reader() {
    for codec in [7u8] {
        for rest in [0, 0xff] {
            let mut plain = [rest; 28];
            plain[0] = codec << 5;
            assert_eq!(decode_delivery(&plain, &mut [0; TEXT_MAX]).err(), Some(DecodeError::Unsupported));
            assert_eq!(decode_contact(&plain[..14], &mut [0; 256]).err(), Some(DecodeError::Unsupported));
        }
    }
}

#[test]
fn entries_are_skipped_and_told_or_refused() {
    let given = Contact { phone: "13812345678", sender_phone: "0755-26543210", sender_name: "" };
    let mut out = [0; 30];
    let used = encode_contact(&given, &mut out).unwrap();
    assert_eq!(used, 12);
    // 91 bits of contact; then an entry of kind 5 with one byte, which may be skipped or not.
    for (must, kinds) in [(0, Ok(vec![5])), (1, Err(DecodeError::Unsupported))] {
        let entry: u32 = 1 << 12 | must << 11 | 5 << 5;
        let mut plain = out;
        let at = u128::from_be_bytes(plain[..16].try_into().unwrap());
        let entry = u128::from(entry) << 8 | 0xa5;
        plain[..16].copy_from_slice(&(at | entry << (128 - 91 - 21)).to_be_bytes());
        let mut text = [0; 256];
        let read = read_contact(&plain, &mut text);
        assert_eq!(read.map(|read| read.skipped().iter().collect::<Vec<_>>()), kinds);
    }
}
