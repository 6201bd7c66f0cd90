//! Hostile plaintexts: each is refused, or decodes to a record that survives encoding and decoding.

use wayseal_core::error::SealError;
use wayseal_core::payload::ContactClass;
use wayseal_core::record::{
    DELIVERY_MAX, Delivery, Division, TEXT_MAX, decode_contact, decode_delivery, encode_contact,
    encode_delivery,
};

/// One input.
pub fn run(data: &[u8]) {
    let mut text = [0; TEXT_MAX];
    if let Ok(read) = decode_delivery(data, &mut text) {
        let mut plain = [0; DELIVERY_MAX];
        match encode_delivery(&read, &mut plain) {
            Ok(_) => {
                let mut text = [0; TEXT_MAX];
                let again = decode_delivery(&plain, &mut text).unwrap();
                assert_eq!(listed(&again), listed(&read));
            }
            Err(error) => assert!(matches!(error, SealError::TooLong(_))),
        }
    }
    let mut text = [0; 256];
    if let Ok(read) = decode_contact(data, &mut text) {
        let mut plain = [0; 30];
        match encode_contact(&read, &mut plain) {
            Ok(used) => {
                let class = ContactClass::holding(used).unwrap();
                let mut text = [0; 256];
                let again = decode_contact(&plain[..class.len()], &mut text).unwrap();
                assert_eq!(
                    (again.phone, again.sender_phone, again.sender_name),
                    (read.phone, read.sender_phone, read.sender_name)
                );
            }
            Err(error) => assert!(matches!(error, SealError::TooLong(_))),
        }
    }
}

fn listed<'a>(of: &'a Delivery<'_>) -> [&'a str; 9] {
    let names = match &of.division {
        Division::Code(_) => [""; 3],
        Division::Names { province, city, district } => [*province, *city, *district],
    };
    [of.name, of.country.as_str(), of.postcode, of.street, of.detail, of.note, names[0], names[1], names[2]]
}
