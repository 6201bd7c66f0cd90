//! Sizes of labels compared with other encodings of the same recipients, and what their length reveals: `cargo
//! bench --bench size -- recipients_zh.jsonl recipients_intl.jsonl`
//!
//! Only held-out lines count: those whose SHA-256 begins with a byte below 64. The trainer never uses them. Without
//! a file it prints its usage.
//!
//! The competitors have one section where a label has two. They carry the equivalent of a label's header: eight
//! bytes for key, day, station and sealer as the key identifier, and the waybill number in the plaintext. Their QR
//! versions are those that the `qrcode` crate needs for their texts at level M, in the best mix of modes.

use aes_gcm::aead::{AeadInOut, KeyInit as _};
use aes_gcm::{Aes256Gcm, Key};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ciborium::Value as Cbor;
use qrcode::EcLevel;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use wayseal::error::SealError;
use wayseal::keys::{AliasKey, Day, Generation, KeyPath, Node, Region, SealerId, Site, Tier};
use wayseal::payload::{Payload, SIZES, Waybill, base45};
use wayseal::record::{
    Contact, Country, DELIVERY_MAX, Delivery, Division, TEXT_MAX, decode_delivery, division, encode_contact,
    encode_delivery,
};
use wayseal::sealer::{DestinationKeys, Sealer};
use wayseal::symbol::choose;

const WAYBILL: &str = "SF1234567890123";
/// The key identifier of a competitor, as long as a label's header before the waybill number.
const KEY_ID: [u8; 8] = [0x5a; 8];

fn main() {
    let files: Vec<_> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if files.is_empty() {
        println!("usage: cargo bench --bench size -- FILE.jsonl …");
        return;
    }
    symbols();
    for file in files {
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
        let lines = text.lines().filter(|line| Sha256::digest(line)[0] < 64);
        let records =
            lines.map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{file}: {error}")));
        let records: Vec<Value> = records.collect();
        println!("\n{}: {} held-out records\n", file.rsplit('/').next().unwrap_or(&file), records.len());
        measure(&records);
    }
}

/// The best symbol of each payload size in the boxes of label printers.
fn symbols() {
    println!("\n| dpi | box in mm | {} |", SIZES.map(|size| format!("{size} bytes")).join(" | "));
    println!("|---|---|---|---|---|---|");
    for dpi in [203, 300] {
        for box_mm in [22, 24, 25, 26, 29] {
            let symbol = |size: usize| match choose(4 + base45::encoded_len(size), box_mm * 1000, dpi) {
                Ok(choice) => format!(
                    "{}-{}, {} dots, {:.1}",
                    choice.version,
                    choice.level,
                    choice.dots,
                    f64::from(choice.score) / 10.0
                ),
                Err(_) => "–".into(),
            };
            println!("| {dpi} | {box_mm} | {} |", SIZES.map(symbol).join(" | "));
        }
    }
}

fn measure(records: &[Value]) {
    let (sealer, lane) = sealer();
    let waybill = Waybill::parse(WAYBILL).expect("a waybill number");
    let (mut plain, mut ours) = (Vec::new(), Column::default());
    let (mut exact, mut classes) = (BTreeMap::new(), BTreeMap::new());
    let mut needed = Vec::new();
    let (mut without_scsu, mut with_scsu) = (Vec::new(), Vec::new());
    let mut refused = BTreeMap::new();
    for record in records {
        let (delivery, contact) = parts(record);
        let text = match sealer.seal(&lane, &waybill, &delivery, contact.as_ref()) {
            Ok(sealed) => sealed.text,
            Err(error) => {
                let error = if matches!(error, SealError::TooLong(_)) {
                    "too long".into()
                } else {
                    error.to_string()
                };
                *refused.entry(error).or_insert(0) += 1;
                continue;
            }
        };
        let mut bytes = [0; DELIVERY_MAX];
        let used = encode_delivery(&delivery, &mut bytes).expect("what was sealed");
        let phone =
            contact.map_or(0, |contact| encode_contact(&contact, &mut [0; 30]).expect("what was sealed"));
        let mut buffer = [0; TEXT_MAX];
        let back = decode_delivery(&bytes, &mut buffer).expect("what was encoded");
        assert_eq!((back.name, back.detail, back.note), (delivery.name, delivery.detail, delivery.note));
        plain.push(used + phone);
        with_scsu.push(used.min(scsu_floor(&delivery)) + phone);
        without_scsu.push(used + phone);
        let payload = Payload::parse(text.as_bytes()).expect("what was sealed");
        let layout = payload.layout();
        needed.push((payload.bytes().len(), payload.bytes().len() - layout.delivery.len() + used));
        *exact.entry((used, phone)).or_insert(0usize) += 1;
        *classes.entry((payload.bytes().len(), payload.header().contact)).or_insert(0usize) += 1;
        ours.push(payload.bytes().len(), text.as_bytes());
    }
    println!(
        "| | bytes: mean | p95 | p99 | characters: mean | p95 | p99 | QR at M: mean | p95 | p99 | ≤ v5 | ≤ v6 | ≤ v8 | ≤ v10 |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    ours.print("Wayseal", records.len());
    for (name, rival) in RIVALS {
        let mut column = Column::default();
        for record in records {
            let (bytes, text) = rival(record);
            column.push(bytes, text.as_bytes());
        }
        column.print(name, records.len());
    }
    println!("\nA label's two plaintexts together, of {} records: {}", plain.len(), spread(&mut plain));
    if !refused.is_empty() {
        println!("Not sealed: {refused:?}");
    }
    println!(
        "With SCSU at its least as a further codec: {}, without: {}",
        spread(&mut with_scsu),
        spread(&mut without_scsu)
    );
    println!("\n| what a length tells | bits |\n|---|---|");
    println!("| exact length of both plaintexts | {:.2} |", entropy(exact.values()));
    println!("| size and contact class | {:.2} |", entropy(classes.values()));
    let least = |floor: usize| {
        let mut sizes = BTreeMap::new();
        for ((size, class), count) in &classes {
            *sizes.entry(((*size).max(floor), *class)).or_insert(0usize) += count;
        }
        sizes
    };
    for floor in &SIZES[1..3] {
        println!("| the same, {floor} bytes at least | {:.2} |", entropy(least(*floor).values()));
    }
    println!("\n| were a label longer by | so many records would take a larger size |\n|---|---|");
    for (what, more) in
        [("1 byte", 1), ("2 bytes: a salt of 8", 2), ("4 bytes", 4), ("8 bytes: tags of 16", 8)]
    {
        let grown = needed.iter().filter(|(size, bytes)| bytes + more > *size).count();
        println!("| {what} | {:.2} % |", grown as f64 * 100.0 / records.len() as f64);
    }
    println!("\n| size in bytes | contact class | share |\n|---|---|---|");
    for ((size, class), count) in &classes {
        println!("| {size} | {} | {:.2} % |", class.number(), *count as f64 * 100.0 / records.len() as f64);
    }
}

/// Bytes, texts and QR versions of one format.
#[derive(Default)]
struct Column {
    bytes: Vec<usize>,
    characters: Vec<usize>,
    versions: Vec<usize>,
}

impl Column {
    fn push(&mut self, bytes: usize, text: &[u8]) {
        let bits = qrcode::bits::encode_auto(text, EcLevel::M).expect("no text is longer than a symbol");
        let qrcode::Version::Normal(version) = bits.version() else { panic!("a Micro QR code") };
        self.bytes.push(bytes);
        self.characters.push(text.len());
        self.versions.push(version as usize);
    }

    fn print(&mut self, name: &str, of: usize) {
        let share = |limit: usize| {
            let within = self.versions.iter().filter(|version| **version <= limit).count();
            format!("{:.2} %", within as f64 * 100.0 / of as f64)
        };
        let shares = [5, 6, 8, 10].map(share).join(" | ");
        let columns =
            [&mut self.bytes, &mut self.characters, &mut self.versions].map(|column| spread(column).0);
        println!("| {name} | {} | {shares} |", columns.join(" | "));
    }
}

/// Mean, p95 and p99 as table cells.
struct Spread(String);

impl std::fmt::Display for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let cells: Vec<&str> = self.0.split(" | ").collect();
        write!(f, "mean {}, p95 {}, p99 {}", cells[0], cells[1], cells[2])
    }
}

fn spread(values: &mut [usize]) -> Spread {
    values.sort_unstable();
    let count = values.len().max(1);
    let at = |share: usize| values.get((count * share / 100).min(count - 1)).copied().unwrap_or(0);
    let mean = values.iter().sum::<usize>() as f64 / count as f64;
    Spread(format!("{mean:.1} | {} | {}", at(95), at(99)))
}

fn entropy<'a>(counts: impl Iterator<Item = &'a usize> + Clone) -> f64 {
    let total = counts.clone().sum::<usize>() as f64;
    counts.map(|count| *count as f64 / total).map(|share| -share * share.log2()).sum()
}

/// A record without a phone has no contact section.
fn parts(record: &Value) -> (Delivery<'_>, Option<Contact<'_>>) {
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
    (delivery, (!contact.phone.is_empty()).then_some(contact))
}

fn sealer() -> (Sealer, DestinationKeys) {
    let root = Node::new(KeyPath::root(Generation::EVEN), &[7; 32]);
    let derive = |path| {
        let mut node = Node::empty();
        root.derive(path, &mut node).expect("all is below the root");
        node
    };
    let id = SealerId::new(7).expect("24 bits");
    let site = |tier| {
        let day = KeyPath::day(Generation::EVEN, tier, Day::new(2519));
        day.region(Region::new(755).expect("12 bits")).site(Site::new(12).expect("12 bits"))
    };
    let alias = AliasKey::try_from(&derive(site(Tier::Delivery))).expect("a site of tier 1").alias(id);
    let [delivery, contact] = [Tier::Delivery, Tier::Contact].map(|tier| derive(site(tier).sealer(alias)));
    let lane = DestinationKeys::new(&delivery, Some(&contact)).expect("two leaves");
    (
        Sealer::new(&derive(KeyPath::origin(Generation::EVEN, Day::new(2519), id))).expect("an origin leaf"),
        lane,
    )
}

// --- The competitors: bytes before text encoding, and the text in the QR code.

type Rival = fn(&Value) -> (usize, String);

const RIVALS: [(&str, Rival); 6] = [
    ("JSON, in the clear", |record| {
        let text = json(record);
        (text.len(), text)
    }),
    ("CBOR, in the clear, Base45", |record| based("", &cbor(record))),
    ("CBOR + COSE_Encrypt0 + Base45", |record| based("HC1:", &cose(&cbor(record)))),
    ("CBOR + COSE_Encrypt0 + zlib + Base45, HCERT's order", |record| {
        based("HC1:", &miniz_oxide::deflate::compress_to_vec_zlib(&cose(&cbor(record)), 9))
    }),
    ("CBOR + zlib + COSE_Encrypt0 + Base45", |record| {
        based("HC1:", &cose(&miniz_oxide::deflate::compress_to_vec_zlib(&cbor(record), 9)))
    }),
    ("JSON + JWE compact (dir, A256GCM)", |record| {
        let text = jwe(json(record).as_bytes());
        (text.len(), text)
    }),
];

/// The non-empty fields, the division as a code if the record has one, and the waybill number.
fn fields(record: &Value) -> Vec<(usize, &'static str, Value)> {
    const NAMES: [&str; 10] = [
        "waybill", "name", "phone", "country", "postcode", "province", "city", "district", "street", "detail",
    ];
    let coded = record["adcode"].is_string();
    let mut all = vec![(0, NAMES[0], Value::from(WAYBILL))];
    for (key, name) in NAMES.into_iter().enumerate().skip(1).chain([(10, "note"), (11, "adcode")]) {
        let by_code = coded && matches!(name, "province" | "city" | "district");
        let value = &record[name];
        if value.as_str().is_some_and(|text| !text.is_empty()) && !by_code {
            all.push((key, name, value.clone()));
        }
    }
    all
}

fn json(record: &Value) -> String {
    let map: Map<String, Value> =
        fields(record).into_iter().map(|(_, name, value)| (name.to_owned(), value)).collect();
    Value::from(map).to_string()
}

/// A map with small integer keys, the division code as a number.
fn cbor(record: &Value) -> Vec<u8> {
    let entry = |(key, name, value): (usize, &str, Value)| {
        let text = value.as_str().unwrap_or_default();
        let value = match (name, text.parse::<u32>()) {
            ("adcode", Ok(code)) => Cbor::from(code),
            _ => Cbor::from(text),
        };
        (Cbor::from(key as u64), value)
    };
    encoded(&Cbor::Map(fields(record).into_iter().map(entry).collect()))
}

fn encoded(value: &Cbor) -> Vec<u8> {
    let mut out = Vec::new();
    ciborium::into_writer(value, &mut out).expect("a vector takes all");
    out
}

/// COSE_Encrypt0 (RFC 9052, section 5.2), tagged: algorithm A256GCM protected, key identifier and IV unprotected.
fn cose(plain: &[u8]) -> Vec<u8> {
    let protected = encoded(&Cbor::Map(vec![(1.into(), 3.into()), (4.into(), Cbor::Bytes(KEY_ID.into()))]));
    let aad =
        encoded(&Cbor::Array(vec!["Encrypt0".into(), Cbor::Bytes(protected.clone()), Cbor::Bytes(vec![])]));
    let (iv, sealed) = gcm(&aad, plain);
    let unprotected = Cbor::Map(vec![(5.into(), Cbor::Bytes(iv.into()))]);
    let message = Cbor::Array(vec![Cbor::Bytes(protected), unprotected, Cbor::Bytes(sealed)]);
    encoded(&Cbor::Tag(16, message.into()))
}

/// JWE compact serialisation (RFC 7516) with a key agreed beforehand: no encrypted key.
fn jwe(plain: &[u8]) -> String {
    let base64 = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let header = base64(format!(r#"{{"alg":"dir","enc":"A256GCM","kid":"{}"}}"#, base64(&KEY_ID)).as_bytes());
    let (iv, sealed) = gcm(header.as_bytes(), plain);
    let (ciphertext, tag) = sealed.split_at(plain.len());
    [header, String::new(), base64(&iv), base64(ciphertext), base64(tag)].join(".")
}

/// AES-256-GCM with the full tag. Key and IV are derived from the plaintext, so that texts vary as in real use.
fn gcm(aad: &[u8], plain: &[u8]) -> ([u8; 12], Vec<u8>) {
    let digest: [u8; 32] = Sha256::digest(plain).into();
    let iv: [u8; 12] = digest[..12].try_into().expect("twelve bytes");
    let mut out = plain.to_vec();
    let cipher = Aes256Gcm::new(&Key::<Aes256Gcm>::from(digest));
    let tag = cipher.encrypt_inout_detached(&iv.into(), aad, (&mut out[..]).into()).expect("a short text");
    out.extend(tag);
    (iv, out)
}

fn based(prefix: &str, bytes: &[u8]) -> (usize, String) {
    let mut text = vec![0; base45::encoded_len(bytes.len())];
    base45::encode(bytes, &mut text);
    (bytes.len(), prefix.to_owned() + std::str::from_utf8(&text).expect("ASCII"))
}

/// A lower bound in bytes for SCSU (Unicode Technical Standard #6) as a further codec of a delivery section: one
/// byte per character of ASCII or a small alphabet, two per ideograph or syllable, one tag per run of these, no
/// cost for window changes, and one byte to end each text.
fn scsu_floor(delivery: &Delivery<'_>) -> usize {
    let names = match delivery.division {
        Division::Code(_) => [""; 3],
        Division::Names { province, city, district } => [province, city, district],
    };
    let packed = delivery.postcode.bytes().all(|byte| byte.is_ascii_digit()) && delivery.postcode.len() <= 10;
    let postcode_bits = match (delivery.postcode.len(), packed) {
        (0, _) => 0,
        (len, true) => 5 + len / 3 * 10 + [0, 4, 7][len % 3],
        (_, false) => 1,
    };
    let country = if delivery.country == Country::CN { 1 } else { 11 };
    let division = if matches!(delivery.division, Division::Code(_)) { 21 } else { 4 };
    let texts = [
        delivery.name,
        delivery.street,
        delivery.detail,
        delivery.note,
        if packed { "" } else { delivery.postcode },
    ];
    let mut bytes = 0;
    for text in texts.into_iter().chain(names).filter(|text| !text.is_empty()) {
        let mut wide_before = false;
        for character in text.chars() {
            // Windows cover U+0080–33FF, U+E000–FFFF and the higher planes. Characters in between take two bytes.
            let wide = matches!(character as u32, 0x3400..=0xdfff);
            bytes += 1 + usize::from(wide) + usize::from(wide && !wide_before);
            wide_before = wide;
        }
        bytes += 1;
    }
    (3 + country + division + 4 + postcode_bits + 8 * bytes).div_ceil(8)
}
