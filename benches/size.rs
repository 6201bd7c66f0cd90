//! Sizes of records and payloads on files of recipients:
//! `cargo bench --bench size -- recipients_zh.jsonl recipients_intl.jsonl`
//!
//! Only held-out lines count: those whose SHA-256 begins with a byte below 64, on which the trainer never
//! trains. Without a file it says how it is called.

use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fs;
use wayseal::record::{
    Contact, Country, DELIVERY_MAX, Delivery, Division, TEXT_MAX, decode_delivery, division, encode_contact,
    encode_delivery,
};

/// Delivery bytes that the payloads of 78, 100, 144 and 204 bytes hold beside a contact of six bytes.
const ROOMS: [usize; 4] = [28, 50, 94, 154];

fn main() {
    let files: Vec<_> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if files.is_empty() {
        println!("usage: cargo bench --bench size -- FILE.jsonl …");
        return;
    }
    println!(
        "| file | records | mean | p95 | p99 | max | JSON mean | ≤ 121 | ≤ 154 | ≤ 220 | ≤ 310 characters |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    for file in files {
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
        measure(&file, &text);
    }
}

fn measure(file: &str, text: &str) {
    let (mut totals, mut json, mut shares, mut too_long) = (Vec::new(), 0, [0; 4], 0);
    for line in text.lines().filter(|line| Sha256::digest(line)[0] < 64) {
        let record: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{file}: {error}"));
        let field = |name: &str| record[name].as_str().unwrap_or_default();
        let [province, city, district] = ["province", "city", "district"].map(field);
        let country = field("country").as_bytes().try_into().ok().and_then(Country::new);
        let delivery = Delivery {
            name: field("name"),
            country: country.unwrap_or(Country::CN),
            postcode: field("postcode"),
            division: match division::find(province, city, district) {
                Some(code) => Division::Code(code),
                None => Division::Names { province, city, district },
            },
            street: field("street"),
            detail: field("detail"),
            note: field("note"),
        };
        let contact = Contact { phone: field("phone"), sender_phone: "", sender_name: "" };
        let mut plain = [0; DELIVERY_MAX];
        let (Ok(used), Ok(phone)) =
            (encode_delivery(&delivery, &mut plain), encode_contact(&contact, &mut [0; 30]))
        else {
            too_long += 1;
            continue;
        };
        let mut buffer = [0; TEXT_MAX];
        let back = decode_delivery(&plain, &mut buffer).expect("what was encoded");
        assert_eq!((back.name, back.detail, back.note), (delivery.name, delivery.detail, delivery.note));
        // A contact of the next class takes eight bytes from the delivery's room.
        let needed = used + if phone > 6 { 8 } else { 0 };
        if let Some(size) = ROOMS.iter().position(|room| needed <= *room) {
            shares[size] += 1;
        }
        totals.push(used + phone);
        json += line.len();
    }
    totals.sort_unstable();
    let count = totals.len().max(1);
    let at = |share: usize| totals.get((count * share / 100).min(count - 1)).copied().unwrap_or(0);
    let mean = totals.iter().sum::<usize>() as f64 / count as f64;
    let mut below = 0;
    let shares = shares.map(|share| {
        below += share;
        format!("{:.2} %", below as f64 * 100.0 / (count + too_long) as f64)
    });
    println!(
        "| {} | {} | {mean:.1} | {} | {} | {} | {} | {} |",
        file.rsplit('/').next().unwrap_or(file),
        count + too_long,
        at(95),
        at(99),
        totals.last().copied().unwrap_or(0),
        json / count,
        shares.join(" | ")
    );
}
