//! Vectors of labels that must be refused, with the refusal: faults of text, header, keys, tags and plaintexts, and two
//! faults at once.

mod framing;
mod keys;
mod later;
mod plaintext;
mod precedence;
mod tags;

use super::label::{DAY, Label};
use super::record::{Contact, Record};
use super::vector::{Reader, Vector};

const WAYBILL: &str = "SF1234567890123";

pub fn files() -> Vec<(&'static str, Vec<Vector>)> {
    vec![
        ("refuse/text.jsonl", framing::text()),
        ("refuse/sizes.jsonl", framing::sizes()),
        ("refuse/header.jsonl", framing::header()),
        ("refuse/keys.jsonl", keys::missing()),
        ("refuse/wrong_keys.jsonl", keys::wrong()),
        ("refuse/tags.jsonl", tags::flips()),
        ("refuse/sections.jsonl", tags::sections()),
        ("refuse/entries.jsonl", later::entries()),
        ("refuse/unsupported.jsonl", later::unsupported()),
        ("refuse/delivery.jsonl", plaintext::delivery()),
        ("refuse/contact.jsonl", plaintext::contact()),
        ("refuse/revoked.jsonl", keys::revoked()),
        ("refuse/precedence.jsonl", precedence::all()),
    ]
}

/// A valid label of 100 bytes with a contact of class 1.
fn sound() -> Label {
    let bits = Contact::phone("13812345678").bits();
    Label { size: Some(100), ..Label::of(WAYBILL, &Record::chinese().draft().bits(), Some(&bits)) }
}

/// The reader of [`sound`].
fn station() -> Reader {
    assert_eq!(sound().day, DAY);
    Reader::station(&sound())
}
