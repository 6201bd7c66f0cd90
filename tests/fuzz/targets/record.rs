//! Records: encoding and decoding returns every field unchanged, and the counted size is the written size.

use libfuzzer_sys::arbitrary::{self, Arbitrary, Unstructured};
use wayseal_core::error::SealError;
use wayseal_core::payload::ContactClass;
use wayseal_core::record::{
    Contact, Country, DELIVERY_MAX, Delivery, Division, DivisionCode, TEXT_MAX, decode_contact,
    decode_delivery, encode_contact, encode_delivery,
};

#[derive(Arbitrary, Debug)]
struct Fields<'a> {
    country: [u8; 2],
    code: Option<u32>,
    texts: [&'a str; 8],
    contact: [&'a str; 3],
}

/// One input.
pub fn run(data: &[u8]) {
    let Ok(fields) = Fields::arbitrary_take_rest(Unstructured::new(data)) else { return };
    let [name, postcode, province, city, district, street, detail, note] = fields.texts;
    let country = Country::new(fields.country.map(|byte| b'A' + byte % 26)).unwrap();
    let division = match fields.code.and_then(|code| DivisionCode::new(code % (1 << 20))) {
        Some(code) => Division::Code(code),
        None => Division::Names { province, city, district },
    };
    let given = Delivery { name, country, postcode, division, street, detail, note };
    let mut plain = [0xa5; DELIVERY_MAX];
    match encode_delivery(&given, &mut plain) {
        Ok(used) => {
            assert!(plain[used..].iter().all(|byte| *byte == 0));
            let mut text = [0; TEXT_MAX];
            let back = decode_delivery(&plain, &mut text).unwrap();
            assert_eq!(listed(&back), listed(&given));
            assert_eq!(encode_delivery(&back, &mut [0; DELIVERY_MAX]), Ok(used));
        }
        Err(error) => assert!(!matches!(error, SealError::Keys)),
    }
    let [phone, sender_phone, sender_name] = fields.contact;
    let given = Contact { phone, sender_phone, sender_name };
    let mut plain = [0xa5; 30];
    if let Ok(used) = encode_contact(&given, &mut plain) {
        assert!(plain[used..].iter().all(|byte| *byte == 0));
        let mut text = [0; TEXT_MAX];
        let class = ContactClass::holding(used).unwrap();
        let back = decode_contact(&plain[..class.len()], &mut text).unwrap();
        assert_eq!([back.phone, back.sender_phone, back.sender_name], fields.contact);
    }
}

fn listed(of: &Delivery<'_>) -> Vec<String> {
    let texts = [of.name, of.country.as_str(), of.postcode, of.street, of.detail, of.note];
    let division = match of.division {
        Division::Code(code) => [code.number().to_string(), String::new(), String::new()],
        Division::Names { province, city, district } => {
            [province, city, district].map(|name| format!("={name}"))
        }
    };
    texts.into_iter().map(String::from).chain(division).collect()
}
