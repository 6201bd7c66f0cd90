//! The worked example of the format: one label, computed step by step.

use super::bits::{Bits, base45, hex};
use super::codes::{Coder, Piece};
use super::label::{Label, Node, alias_key, expand, handle, printed, root};
use super::record::{Contact, Place, Record};
use super::vector::{Opened, Reader, Vector};
use std::fmt::Write as _;

const WAYBILL: &str = "SF1234567890123";

/// The record that is sealed, and the label.
fn label() -> (Record, Contact, Label) {
    let (record, contact) = (Record::chinese(), Contact::phone("13812345678"));
    let label = Label::of(WAYBILL, &record.draft().bits(), Some(&contact.bits()));
    (record, contact, label)
}

/// The example as a vector.
pub fn vector() -> Vector {
    let (record, contact, label) = label();
    let opened = Opened::of(&label, WAYBILL, Some(&record), Some(&contact));
    let refused = Vector::refused("worked_example", "opened", &Reader::station(&label), label.text());
    Vector { opened: Some(opened), ..refused }
}

/// The listings of `docs/format.md` by their headings.
pub fn listings() -> [(&'static str, String); 3] {
    let (record, contact, label) = label();
    [
        ("Keys of the example", tree(&label)),
        ("Plaintexts of the example", plaintexts(&record, &contact, &label)),
        ("Payload of the example", payload(&label)),
    ]
}

/// A line of a listing: a name, and a value wrapped after 64 characters.
fn line(out: &mut String, what: &str, value: &str) {
    let mut rest = value;
    let mut what = what;
    loop {
        let (part, after) = rest.split_at(rest.len().min(64));
        writeln!(out, "{what:<20}{part}").unwrap();
        (what, rest) = ("", after);
        if rest.is_empty() {
            break;
        }
    }
}

fn tree(label: &Label) -> String {
    let mut out = String::new();
    line(&mut out, "root", &hex(&root(label.generation)));
    for (tier, name) in [(0u8, "origin"), (1, "delivery"), (2, "contact")] {
        out.push('\n');
        for (level, step) in [(1, "day"), (2, "region"), (3, "site"), (4, "leaf")] {
            let node = match tier {
                0 => Node::at(level, label.generation, 0, label.day, (0, 0, label.sealer)),
                _ => label.above(tier, level),
            };
            line(&mut out, &format!("{name} {step}"), &hex(&node.key));
            match (tier, level) {
                (0, 4) => line(&mut out, "salt key", &hex(&label.salt_key())),
                (1, 3) => {
                    line(&mut out, "alias key", &hex(&alias_key(&node.key)));
                    line(&mut out, "alias", &format!("{:06x}", label.alias()));
                }
                _ => {}
            }
        }
    }
    out
}

fn plaintexts(record: &Record, contact: &Contact, label: &Label) -> String {
    let mut out = String::new();
    let mut whole = Bits::new();
    let mut field = |out: &mut String, what: &str, value: u64, count: u32| {
        let bits = Bits::of(value, count);
        line(out, what, &bits.to_string());
        whole.append(&bits);
    };
    let Place::Code(code) = record.place else { unreachable!() };
    for (what, value, count) in [
        ("codec 1", record.codec, 3),
        ("foreign", 0, 1),
        ("named", 0, 1),
        ("division 440305", code, 20),
        ("street", 1, 1),
        ("detail", 1, 1),
        ("note", 1, 1),
        ("postcode", 0, 1),
    ] {
        field(&mut out, what, value, count);
    }
    let mut coder = Coder::new(record.codec);
    for (place, text) in [&record.name, &record.street, &record.detail, &record.note].into_iter().enumerate()
    {
        for (piece, bits) in coder.text(text, place == 0) {
            let what = match piece {
                Piece::Token(token) => token,
                Piece::End => "end".into(),
                Piece::Window(low) => format!("window {low:02x}"),
                Piece::Escape(kind, value) => format!("escape {kind} {value:04x}"),
            };
            // An ideograph is two columns wide.
            let wide = what.chars().filter(|c| *c > '\u{2e80}').count();
            writeln!(out, "{what}{}{bits}", " ".repeat(20 - wide - what.chars().count())).unwrap();
        }
    }
    whole.append(&coder.bits);
    assert_eq!(whole.bytes(), record.draft().bits().bytes());
    let [delivery, filled_contact] = label.filled();
    line(&mut out, "D", &hex(&delivery));
    out.push('\n');
    line(&mut out, "N = 3812345678", &contact.bits().to_string());
    line(&mut out, "C", &hex(&filled_contact));
    out
}

fn payload(label: &Label) -> String {
    let mut out = String::new();
    let fixed = u64::from_be_bytes(label.unsalted()[..8].try_into().unwrap());
    let bits = format!("{fixed:064b}");
    let mut rest = &bits[..];
    for (what, count) in [
        ("generation 0", 1),
        ("class 1", 2),
        ("day 2519 mod 512", 9),
        ("region 755", 12),
        ("site 12", 12),
        ("alias", 24),
        ("shape 2", 4),
    ] {
        let (part, after) = rest.split_at(count);
        line(&mut out, what, part);
        rest = after;
    }
    line(&mut out, "number", &hex(&label.number));
    let [hi, lo] = label.day.to_be_bytes();
    line(&mut out, "H", &hex(&[&[hi, lo][..], &label.unsalted()].concat()));
    line(&mut out, "salt", &hex(&label.salt()));
    let header = label.header();
    line(&mut out, "header", &hex(&header));
    let payload = label.payload();
    let end = payload.len() - 18;
    for (name, tier, from, to) in [("delivery", 1, header.len(), end), ("contact", 2, end, payload.len())] {
        out.push('\n');
        line(&mut out, &format!("{name} key"), &hex(&expand(&label.above(tier, 4).key, 5, &header)));
        line(&mut out, &format!("{name} ciphertext"), &hex(&payload[from..to - 12]));
        line(&mut out, &format!("{name} tag"), &hex(&payload[to - 12..to]));
    }
    out.push('\n');
    line(&mut out, "payload", &hex(&payload));
    line(&mut out, "text", &format!("WS1:{}", base45(&payload)));
    line(&mut out, "handle", &hex(&handle(&payload)));
    line(&mut out, "printed", &printed(&handle(&payload)));
    out
}
