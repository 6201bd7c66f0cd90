//! Vectors of what later versions may add: codecs and entries that a reader of this version does not know, and lists of
//! entries that no version writes.

use super::super::bits::Bits;
use super::super::label::Label;
use super::super::record::{Contact, Record, Text, entry};
use super::super::vector::{Reader, Vector};
use super::WAYBILL;

/// A delivery in a token codec, with these bits after its last text.
fn delivery(entries: &Bits) -> Label {
    let mut draft = Record::chinese().draft();
    draft.entries = entries.clone();
    Label::of(WAYBILL, &draft.bits(), None)
}

/// A contact of class 2 or 3 with these bits after its last field.
fn contact(entries: &Bits) -> Label {
    let mut draft = Contact::phone("13812345678").draft();
    draft.entries = entries.clone();
    Label::of(WAYBILL, &Record::chinese().draft().bits(), Some(&draft.bits()))
}

fn refused(name: String, expect: &'static str, label: &Label, want: &'static str) -> Vector {
    Vector::refused(name, expect, &Reader { want, ..Reader::station(label) }, label.text())
}

fn list(entries: &[Bits]) -> Bits {
    entries.iter().fold(Bits::new(), |mut list, entry| list.append(entry).clone())
}

pub fn entries() -> Vec<Vector> {
    let (a, b) = (entry(false, 3, &[0xab]), entry(false, 9, &[1, 2]));
    let mut all = Vec::new();
    let mut add = |name: &str, bits: &Bits| {
        all.push(refused(format!("delivery_{name}"), "tampered", &delivery(bits), "both"));
        all.push(refused(format!("contact_{name}"), "tampered", &contact(bits), "contact"));
    };
    add("entries_in_descending_order", &list(&[b.clone(), a.clone()]));
    add("an_entry_twice", &list(&[a.clone(), a.clone()]));
    add("an_entry_that_must_be_understood_twice", &list(&[entry(true, 3, &[1]), entry(true, 3, &[1])]));
    add("kind_0_after_kind_63", &list(&[entry(false, 63, &[0]), entry(true, 0, &[0])]));
    let mut after = list(&[a.clone(), Bits::of(0, 1)]);
    add("bits_after_the_list", after.put(0, 9).put(1, 1));
    let mut after = entry(true, 3, &[0xab]);
    add("bits_after_a_list_that_is_not_understood", after.put(0, 1).put(1, 1));
    add("an_entry_after_the_end_of_the_list", &list(&[Bits::of(0, 1), a.clone()]));
    // An entry that does not fit its section: no byte of it, or all but one.
    for what in ["delivery", "contact"] {
        let label = if what == "contact" { contact(&Bits::new()) } else { delivery(&Bits::new()) };
        let room = label.filled()[usize::from(what == "contact")].len();
        let fields = if what == "contact" {
            Contact::phone("13812345678").draft().fields()
        } else {
            Record::chinese().draft().bits()
        };
        for must in [false, true] {
            for bytes in [(room * 8 - fields.len() - 13) / 8 + 1, 32] {
                let whole = list(&[fields.clone(), entry(must, 5, &vec![0xff; bytes])]).bytes();
                // Cut to the size of the label without it.
                let mut cut = Label { size: Some(label.size()), ..label.clone() };
                *(if what == "contact" { &mut cut.contact } else { &mut cut.delivery }) =
                    whole[..room].to_vec();
                let name = format!("{what}_an_entry_of_{bytes}_bytes_that_does_not_fit_{must}");
                all.push(refused(name, "tampered", &cut, "both"));
            }
        }
    }
    // A canonical list after a field that is not.
    let mut faulty = Record::chinese().draft();
    (faulty.country, faulty.entries) = (Some((2, 13)), entry(true, 5, &[7]));
    let label = Label::of(WAYBILL, &faulty.bits(), None);
    all.push(refused("a_fault_before_an_entry_that_must_be_understood".into(), "tampered", &label, "both"));
    all
}

pub fn unsupported() -> Vec<Vector> {
    let mut all = Vec::new();
    for codec in 7..8 {
        let record = Record { codec, ..Record::chinese() };
        let label = Label::of(WAYBILL, &record.draft().bits(), None);
        all.push(refused(format!("delivery_codec_{codec}"), "unsupported", &label, "both"));
        // What follows the codec's number is not looked at.
        let mut ones = Bits::of(codec, 3);
        (0..300).for_each(|_| {
            ones.put(1, 1);
        });
        let label = Label::of(WAYBILL, &ones, None);
        all.push(refused(format!("delivery_codec_{codec}_and_ones"), "unsupported", &label, "both"));
        let label = Label::of(WAYBILL, &Bits::of(codec, 3), None);
        all.push(refused(format!("delivery_codec_{codec}_and_zeros"), "unsupported", &label, "both"));
        for class in [2, 3] {
            let mut draft = Contact::phone("13812345678").draft();
            draft.codec = codec;
            let mut label = Label::of(WAYBILL, &Record::chinese().draft().bits(), Some(&draft.bits()));
            label.class = class;
            let name = format!("contact_codec_{codec}_class_{class}");
            all.push(refused(name.clone(), "unsupported", &label, "contact"));
            all.push(refused(format!("{name}_both_wanted"), "unsupported", &label, "both"));
            all.push(refused(format!("{name}_held"), "unsupported", &label, "held"));
            draft.sender_name = Some(Text::from("ヤマト"));
            label.contact = draft.bits().bytes();
            all.push(refused(format!("{name}_with_a_name"), "unsupported", &label, "both"));
        }
    }
    for kind in [0, 1, 31, 62, 63] {
        for (what, label) in [
            ("delivery", delivery(&entry(true, kind, &[0x5a]))),
            ("contact", contact(&entry(true, kind, &[0x5a]))),
        ] {
            let name = format!("{what}_entry_{kind}_must_be_understood");
            all.push(refused(name, "unsupported", &label, "both"));
        }
    }
    let mixed = list(&[entry(false, 2, &[1]), entry(true, 7, &[2; 3]), entry(false, 8, &[3])]);
    all.push(refused(
        "one_of_three_entries_must_be_understood".into(),
        "unsupported",
        &delivery(&mixed),
        "held",
    ));
    all
}
