//! Vectors with entries of later versions that a reader skips.

use super::super::bits::Bits;
use super::super::label::Label;
use super::super::record::{Contact, Record, entry};
use super::super::vector::{Reader, Vector};
use super::{WAYBILL, read};

pub fn entries() -> Vec<Vector> {
    let record = Record { note: String::new(), ..Record::chinese() };
    let contact = Contact::phone("13812345678-1234");
    let mut all = Vec::new();
    let mut add = |name: &str, kinds: [&[(u8, usize)]; 2], want: &'static str| {
        let list = |kinds: &[(u8, usize)]| {
            let mut list = Bits::new();
            for (kind, bytes) in kinds {
                list.append(&entry(false, (*kind).into(), &vec![0xc3 ^ kind; *bytes]));
            }
            list
        };
        let (mut delivery, mut section) = (record.draft(), contact.draft());
        (delivery.entries, section.entries) = (list(kinds[0]), list(kinds[1]));
        let label = Label::of(WAYBILL, &delivery.bits(), Some(&section.bits()));
        let reader = Reader { want, ..Reader::station(&label) };
        let delivery = (want != "contact").then_some(&record);
        let section = (want != "delivery").then_some(&contact);
        let mut vector = read(name, &reader, &label, WAYBILL, delivery, section);
        let skipped = |at: usize, opened: bool| -> Vec<u8> {
            kinds[at].iter().filter(|_| opened).map(|(kind, _)| *kind).collect()
        };
        let (in_delivery, in_contact) = (skipped(0, delivery.is_some()), skipped(1, section.is_some()));
        vector.opened = vector.opened.map(|opened| opened.skipping(&in_delivery, &in_contact));
        all.push(vector);
    };
    add("an_entry_after_the_delivery", [&[(0, 1)], &[]], "both");
    add("an_entry_of_32_bytes", [&[(63, 32)], &[]], "both");
    add("entries_in_ascending_order", [&[(0, 1), (1, 2), (40, 3), (63, 1)], &[]], "held");
    add("an_entry_after_the_contact", [&[], &[(17, 3)]], "both");
    add("entries_after_both", [&[(5, 4)], &[(6, 12), (7, 1)]], "both");
    add("entries_of_the_section_that_is_opened", [&[(5, 4)], &[(6, 2)]], "delivery");
    add("entries_of_the_other_section", [&[(5, 4)], &[(6, 2)]], "contact");
    // A list that fills its section to the last bit has no 0 at its end.
    let mut filling = contact.draft();
    let used = filling.fields().len();
    let bytes = (112 - used - 13) / 8;
    filling.entries = entry(false, 4, &vec![0xff; bytes]);
    let mut rest = 112 - filling.fields().len();
    while rest > 0 {
        filling.entries.put(0, 1);
        rest -= 1;
    }
    let label = Label::of(WAYBILL, &record.draft().bits(), Some(&filling.bits()));
    let mut vector = read(
        "an_entry_that_leaves_less_than_a_byte",
        &Reader::station(&label),
        &label,
        WAYBILL,
        Some(&record),
        Some(&contact),
    );
    vector.opened = vector.opened.map(|opened| opened.skipping(&[], &[4]));
    all.push(vector);
    all
}
