//! Sizes of payloads, and deliveries that fill them.

use super::super::label::{Label, SIZES};
use super::super::record::{Contact, Place, Record};
use super::super::vector::{Reader, Vector};
use super::{WAYBILL, read};

/// A delivery that fills its section to the last byte.
fn filling(room: usize) -> Record {
    let record = |rest: &str| Record {
        codec: 0,
        name: "A".into(),
        street: String::new(),
        note: String::new(),
        detail: rest.into(),
        ..Record::chinese()
    };
    let mut detail = String::new();
    while record(&(detail.clone() + "x")).draft().bits().len().div_ceil(8) <= room {
        detail.push('x');
    }
    record(&detail)
}

pub fn sizes() -> Vec<Vector> {
    let small = Record {
        codec: 1,
        name: "刘".into(),
        street: String::new(),
        detail: String::new(),
        note: String::new(),
        place: Place::Names(Default::default()),
        ..Record::chinese()
    };
    let mut all = Vec::new();
    for size in SIZES {
        for class in 0..4u8 {
            for waybill in [WAYBILL, "-------------------9", "---------------------------------9"] {
                let contact = (class > 0).then(|| Contact::phone("13812345678"));
                // A number alone is the form of class 1.
                let bits = contact.as_ref().map(|contact| match class {
                    1 => contact.bits(),
                    _ => contact.draft().bits(),
                });
                let mut label = Label::of(waybill, &small.draft().bits(), bits.as_ref());
                (label.class, label.size) = (class, Some(size));
                let around = [0, 18, 26, 42][usize::from(class)] + 8 + label.number.len() + 18;
                let Some(room) = size.checked_sub(around).filter(|room| *room >= 3) else { continue };
                let name =
                    |what: &str| format!("{size}_bytes_class_{class}_{}_{what}", label.number.len() + 14);
                let read = |name: &str, label: &Label, record: &Record| {
                    read(name, &Reader::station(label), label, waybill, Some(record), contact.as_ref())
                };
                all.push(read(&name("small"), &label, &small));
                if room > 8 {
                    let full = filling(room);
                    let label = Label { delivery: full.draft().bits().bytes(), ..label.clone() };
                    assert!(label.delivery.len() <= room && room - label.delivery.len() < 2);
                    all.push(read(&name("full"), &label, &full));
                }
            }
        }
    }
    all
}
