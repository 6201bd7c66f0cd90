//! Framing: a payload that parses is written again with identical bytes.

use wayseal_core::keys::Day;
use wayseal_core::payload::{HEADER_MAX, PREFIX, Payload, SIZES, Waybill, base45};

/// One input.
pub fn run(data: &[u8]) {
    // Once as a text, and once as bytes padded to the next size, so that the header is reached.
    check(data);
    let mut bytes = data.to_vec();
    if let Some(size) = SIZES.into_iter().find(|size| data.len() <= *size) {
        bytes.resize(size, 0);
    }
    let mut text = PREFIX.as_bytes().to_vec();
    text.resize(PREFIX.len() + base45::encoded_len(bytes.len()), 0);
    base45::encode(&bytes, &mut text[PREFIX.len()..]);
    check(&text);
}

fn check(text: &[u8]) {
    let Ok(payload) = Payload::parse(text) else { return };
    let mut again = vec![0; base45::encoded_len(payload.bytes().len())];
    base45::encode(payload.bytes(), &mut again);
    assert_eq!([PREFIX.as_bytes(), &again].concat(), text);
    let mut header = [0; HEADER_MAX];
    let len = payload.header().write(&mut header);
    assert_eq!(header[..len], payload.bytes()[..len]);
    assert_eq!(payload.layout().header, 0..len);
    // Every waybill number has one encoding.
    let waybill = payload.header().waybill;
    assert_eq!(Waybill::parse(&waybill.text()), Ok(waybill));
    for today in [0, 255, 2519, 65_535] {
        if let Some(day) = payload.header().day(Day::new(today)) {
            assert_eq!(day.low(), payload.header().day_low);
        }
    }
    assert_eq!(payload.handle().printed().len(), 10);
}
