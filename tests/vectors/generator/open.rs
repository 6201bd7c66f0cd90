//! Vectors of labels that must open.

mod entries;
mod fields;
mod keys;
mod sizes;
mod texts;

use super::label::Label;
use super::record::{Contact, Record};
use super::vector::{Opened, Reader, Vector};

type Files = Vec<(&'static str, Vec<Vector>)>;

const WAYBILL: &str = "SF1234567890123";

pub fn files() -> Files {
    vec![
        ("open/example.jsonl", vec![super::example::vector()]),
        ("open/codecs.jsonl", texts::codecs()),
        ("open/tokens.jsonl", texts::tokens()),
        ("open/splits.jsonl", texts::splits()),
        ("open/fields.jsonl", fields::fields()),
        ("open/phones.jsonl", fields::phones()),
        ("open/contacts.jsonl", fields::contacts()),
        ("open/entries.jsonl", entries::entries()),
        ("open/waybills.jsonl", fields::waybills()),
        ("open/sizes.jsonl", sizes::sizes()),
        ("open/nodes.jsonl", keys::nodes()),
        ("open/days.jsonl", keys::days()),
        ("open/revoked.jsonl", keys::revoked()),
    ]
}

/// A label that its station opens completely.
fn whole(name: &str, waybill: &str, record: &Record, contact: Option<&Contact>) -> Vector {
    let bits = contact.map(|contact| contact.bits());
    let label = Label::of(waybill, &record.draft().bits(), bits.as_ref());
    read(name, &Reader::station(&label), &label, waybill, Some(record), contact)
}

/// The result of a reader that opens a label.
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
