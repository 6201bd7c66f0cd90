//! How many real addresses fit each label, with a mobile and with a virtual number: `cargo bench --bench addresses --
//! FILE …`
//!
//! A file is one of the CoNLL kind: a piece of text and its tag on a line, an empty line after each address. The pieces
//! are joined; province, city and district are a code where their full names begin the address, and names where the
//! tags name them. The names of the recipients are made up. Without a file it prints its usage.

use std::fs;
use wayseal::payload::{ContactClass, Layout, SIZES, base45};
use wayseal::record::{
    CONTACT_SIZES, Contact, Country, DELIVERY_MAX, Delivery, Division, division, encode_contact,
    encode_delivery,
};

/// The header of a common waybill number.
const HEADER: usize = 20;
const NAMES: [&str; 8] = ["王伟", "李秀英", "张敏", "刘洋", "陈静", "杨丽娟", "赵志强", "黄文杰"];
const PHONES: [(&str, &str); 4] = [
    ("a mobile", "13812345678"),
    ("a virtual number", "13812345678-1234"),
    ("a landline", "0571-87654321"),
    ("no phone", ""),
];

fn main() {
    let files: Vec<_> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if files.is_empty() {
        println!("usage: cargo bench --bench addresses -- FILE …");
        return;
    }
    for file in files {
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
        let addresses: Vec<Address> = text.split("\n\n").filter_map(Address::read).collect();
        println!("\n{}: {} addresses\n", file.rsplit('/').next().unwrap_or(&file), addresses.len());
        let characters = SIZES.map(|size| format!("≤ {} characters", 4 + base45::encoded_len(size)));
        println!(
            "| with | {} | mean of both plaintexts |\n|---|---|---|---|---|---|",
            characters.join(" | ")
        );
        for (what, phone) in PHONES {
            measure(what, phone, &addresses);
        }
    }
}

/// An address as an order would have it.
struct Address {
    division: [String; 3],
    detail: String,
}

impl Address {
    fn read(lines: &str) -> Option<Self> {
        let pieces: Vec<(&str, &str)> = lines.lines().filter_map(|line| line.rsplit_once(' ')).collect();
        let text: String = pieces.iter().map(|(piece, _)| *piece).collect();
        if let Some(parts) = division::split(&text) {
            let [province, city, district, rest] = parts.map(|part| text[part].to_owned());
            return Some(Self { division: [province, city, district], detail: rest });
        }
        let mut division = ["prov", "city", "district"].map(|_| String::new());
        let mut detail = String::new();
        for (piece, tag) in pieces {
            let place =
                ["prov", "city", "district"].iter().position(|name| tag.ends_with(&format!("-{name}")));
            // A name that comes a second time is part of the text.
            match place {
                Some(place) if detail.is_empty() && (tag.starts_with("I-") || division[place].is_empty()) => {
                    division[place] += piece;
                }
                _ => detail += piece,
            }
        }
        (!text.is_empty()).then_some(Self { division, detail })
    }
}

fn measure(what: &str, phone: &str, addresses: &[Address]) {
    let (mut within, mut bytes, mut sealed) = ([0usize; SIZES.len()], 0, 0usize);
    for (address, name) in addresses.iter().zip(NAMES.into_iter().cycle()) {
        let [province, city, district] = address.division.each_ref().map(String::as_str);
        let delivery = Delivery {
            name,
            country: Country::CN,
            postcode: "",
            division: match division::find(province, city, district) {
                Some(code) => Division::Code(code),
                None => Division::Names { province, city, district },
            },
            street: "",
            detail: &address.detail,
            note: "",
        };
        let Ok(used) = encode_delivery(&delivery, &mut [0; DELIVERY_MAX]) else { continue };
        let contact = Contact { phone, sender_phone: "", sender_name: "" };
        let contact = match phone {
            "" => 0,
            _ => encode_contact(&contact, &mut [0; CONTACT_SIZES[2]]).expect("a phone"),
        };
        let class = ContactClass::holding(contact).expect("a class");
        (bytes, sealed) = (bytes + used + contact, sealed + 1);
        for (within, size) in within.iter_mut().zip(SIZES) {
            *within += usize::from(
                Layout::new(HEADER, class, size).is_some_and(|layout| used <= layout.delivery.len()),
            );
        }
    }
    let shares =
        within.map(|count| format!("{:.1} %", count as f64 * 100.0 / addresses.len() as f64)).join(" | ");
    println!("| {what} | {shares} | {:.1} |", bytes as f64 / sealed.max(1) as f64);
}
