//! Competing formats for an encrypted order in a QR code: the same fields in CBOR, in COSE_Encrypt0 or in an age
//! file, encoded as Base45. Each has one section, which one key opens.

use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes256Gcm, Key};
use ciborium::Value;
use wayseal::batch::order::Order;
use wayseal::payload::base45;
use wayseal::record::Division;

/// Eight bytes that identify the key, as long as a label's header before the waybill number.
const KEY_ID: [u8; 8] = [0x5a; 8];

/// The non-empty fields as a map with small integer keys, the division as a code.
fn cbor(order: &Order) -> Vec<u8> {
    let (delivery, contact, waybill) = (order.delivery(), order.contact(), order.waybill.text());
    let division = match delivery.division {
        Division::Code(code) => [Value::from(code.number()), "".into(), "".into()],
        Division::Names { province, city, district } => [province.into(), city.into(), district.into()],
    };
    let contact = contact.map_or([""; 3], |it| [it.phone, it.sender_phone, it.sender_name]);
    let texts = [delivery.name, delivery.postcode, delivery.street, delivery.detail, delivery.note, &waybill];
    let values = division.into_iter().chain(contact.into_iter().chain(texts).map(Value::from));
    let filled = values.enumerate().filter(|(_, value)| value.as_text() != Some(""));
    encoded(&Value::Map(filled.map(|(key, value)| (Value::from(key as u64), value)).collect()))
}

fn encoded(value: &Value) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    ciborium::into_writer(value, &mut out).expect("a vector takes all");
    out
}

/// CBOR in COSE_Encrypt0 (RFC 9052, section 5.2) with A256GCM, in Base45 as in HCERT. `number` determines the
/// initialisation vector.
pub fn cose(order: &Order, key: &[u8; 32], number: u64) -> String {
    let mut sealed = cbor(order);
    let protected = encoded(&Value::Map(vec![(1.into(), 3.into()), (4.into(), Value::Bytes(KEY_ID.into()))]));
    let aad = encoded(&Value::Array(vec![
        "Encrypt0".into(),
        Value::Bytes(protected.clone()),
        Value::Bytes(vec![]),
    ]));
    let mut iv = [0; 12];
    iv[4..].copy_from_slice(&number.to_be_bytes());
    let cipher = Aes256Gcm::new(&Key::<Aes256Gcm>::from(*key));
    let tag =
        cipher.encrypt_inout_detached(&iv.into(), &aad, (&mut sealed[..]).into()).expect("a short text");
    sealed.extend(tag);
    let unprotected = Value::Map(vec![(5.into(), Value::Bytes(iv.into()))]);
    let message = Value::Array(vec![Value::Bytes(protected), unprotected, Value::Bytes(sealed)]);
    based("HC1:", &encoded(&Value::Tag(16, message.into())))
}

/// CBOR in an age file (C2SP age v1) to one X25519 recipient, in Base45.
pub fn age(order: &Order, recipient: &age::x25519::Recipient) -> String {
    based("AGE:", &age::encrypt(recipient, &cbor(order)).expect("memory does not fail"))
}

fn based(prefix: &str, bytes: &[u8]) -> String {
    let mut text = vec![0; base45::encoded_len(bytes.len())];
    base45::encode(bytes, &mut text);
    prefix.to_owned() + std::str::from_utf8(&text).expect("Base45 is ASCII")
}
