//! The codec decodes what it encoded, and refuses what it would not have encoded.

use proptest::prelude::*;
use wayseal::record::{
    Contact, Country, DELIVERY_MAX, Delivery, Division, DivisionCode, Malformed, TEXT_MAX, decode_contact,
    decode_delivery, encode_contact, encode_delivery,
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
            // Changing the last byte used is noticed, and so is changing the fill.
            if used < out.len() {
                out[used] = 1;
                prop_assert!(decode_delivery(&out, &mut [0; TEXT_MAX]).is_err());
            }
        }
    }

    #[test]
    fn a_contact_comes_back(
        phone in "1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{6,9}(-[0-9]{0,9})?|\\+?[0-9 ().-]{1,20}|\\PC{1,5}",
        sender in "1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}|",
        name in "|[一-龥]{2,3}|[A-Za-z ]{1,5}",
    ) {
        let mut out = [0xff; 30];
        let given = Contact { phone: &phone, sender_phone: &sender, sender_name: &name };
        if encode_contact(&given, &mut out).is_ok() {
            let mut text = [0; TEXT_MAX];
            let back = decode_contact(&out, &mut text).unwrap();
            prop_assert_eq!((back.phone, back.sender_phone, back.sender_name), (&*phone, &*sender, &*name));
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
        let _ = decode_contact(&plain, &mut [0; TEXT_MAX]);
    }
}

#[test]
fn a_mobile_alone_takes_six_bytes() {
    let given = Contact { phone: "13812345678", sender_phone: "", sender_name: "" };
    assert_eq!(encode_contact(&given, &mut [0; 30]), Ok(6));
}

#[test]
fn unknown_codecs_are_refused() {
    for codec in 5..8u8 {
        assert_eq!(decode_delivery(&[codec << 5; 28], &mut [0; TEXT_MAX]).err(), Some(Malformed));
    }
}
