//! Sealing and opening of a record, each group next to the primitives that it cannot avoid (the floor).
//!
//! Run with `cargo bench --bench crypto`. Each floor uses the sizes of the payloads it is compared with, and calls
//! the primitives as their crates' documentation recommends.
#![allow(missing_docs)]

mod common;

use aes_gcm::aead::{AeadInOut, KeyInit, consts::U12};
use aes_gcm::{AesGcm, aes::Aes256};
use common::{BenchKeys, DAY, config, cycle, envelopes, orders};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::hint::black_box;
use wayseal::batch::order::Order;
use wayseal::keys::Prk;
use wayseal::payload::{ContactClass, Payload, PayloadText, base45};
use wayseal::record::{
    CONTACT_SIZES, Contact, DELIVERY_MAX, Delivery, TEXT_MAX, decode_contact, decode_delivery,
    encode_contact, encode_delivery,
};
use wayseal::sealer::Plain;
use wayseal::secret::Key;
use wayseal::verifier::{Buffer, Verifier, Want};

type Cipher = AesGcm<Aes256, U12, U12>;

/// Lengths in bytes of header with salt, delivery section, contact section and payload, for the payload of 100
/// bytes.
const HEADER: usize = 20;
const DELIVERY: usize = 50;
const CONTACT: usize = 6;
const PAYLOAD: usize = 100;

/// A key and its derived key: one HKDF-Expand of a label key.
fn derive(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("derive");
    group.throughput(Throughput::Elements(1));
    let info = [7; 4 + HEADER];
    let hkdf = Hkdf::<Sha256>::from_prk(&[9; 32]).unwrap();
    let mut key = Key::zero();
    key.expose_mut().fill(9);
    let prk = Prk::new(&key);
    group.bench_function("floor: HKDF-Expand, cached/24", |b| {
        let mut out = [0; 32];
        b.iter(|| hkdf.expand(black_box(&info), &mut out));
    });
    group.bench_function("label_key/24", |b| {
        let mut out = Key::zero();
        b.iter(|| prk.label_key(black_box(&info[4..]), &mut out));
    });
    group.bench_function("HKDF from the key each time/24", |b| {
        let mut out = [0; 32];
        b.iter(|| Hkdf::<Sha256>::from_prk(black_box(&[9; 32])).unwrap().expand(black_box(&info), &mut out));
    });
    group.finish();
}

/// The primitives of one seal of a payload of 100 bytes.
struct Primitives {
    leaves: [Hkdf<Sha256>; 2],
    salt: Hmac<Sha256>,
}

impl Primitives {
    fn new() -> Self {
        let leaf = |byte| Hkdf::<Sha256>::from_prk(&[byte; 32]).unwrap();
        Self { leaves: [leaf(1), leaf(2)], salt: Hmac::new_from_slice(&[3; 32]).unwrap() }
    }

    /// One salt HMAC, two HKDF-Expand, two AES-256-GCM, and Base45.
    fn seal(&self, payload: &mut [u8; PAYLOAD], text: &mut [u8; 154]) {
        let mut mac = self.salt.clone();
        // Domain, lengths, day, header without its salt, and both plaintexts.
        mac.update(black_box(&[5; 3 + 5 + 2 + HEADER - 6 + DELIVERY + CONTACT]));
        payload[HEADER - 6..HEADER].copy_from_slice(&mac.finalize().into_bytes()[..6]);
        for (tier, section) in [(0, HEADER..HEADER + DELIVERY), (1, PAYLOAD - 12 - CONTACT..PAYLOAD - 12)] {
            let mut key = [0; 32];
            let mut info = [0; 4 + HEADER];
            info[4..].copy_from_slice(&payload[..HEADER]);
            self.leaves[tier].expand(&info, &mut key).unwrap();
            let (aad, rest) = payload.split_at_mut(section.start);
            let (section, rest) = rest.split_at_mut(section.len());
            let cipher = Cipher::new(&key.into());
            let tag = cipher.encrypt_inout_detached(&[0; 12].into(), aad, section.into()).unwrap();
            rest[..12].copy_from_slice(&tag);
        }
        text[..4].copy_from_slice(b"WS1:");
        base45::encode(payload, &mut text[4..]);
    }

    /// Base45; and for each tier the derivation of two keys from a site key, and AES-256-GCM.
    fn open(&self, text: &[u8], payload: &mut [u8; PAYLOAD], sealed: &[[u8; 12]; 2]) {
        base45::decode(&text[4..], payload).unwrap();
        // The contact section first: its associated data includes the other's ciphertext.
        for (tier, section) in [(1, PAYLOAD - 12 - CONTACT..PAYLOAD - 12), (0, HEADER..HEADER + DELIVERY)] {
            let mut key = [0; 32];
            let mut info = [0; 4 + HEADER];
            let site = Hkdf::<Sha256>::from_prk(black_box(&[9; 32])).unwrap();
            site.expand(&info[..8], &mut key).unwrap();
            let leaf = Hkdf::<Sha256>::from_prk(&key).unwrap();
            info[4..].copy_from_slice(&payload[..HEADER]);
            leaf.expand(&info, &mut key).unwrap();
            let (aad, rest) = payload.split_at_mut(section.start);
            let cipher = Cipher::new(&[tier as u8; 32].into());
            let section = &mut rest[..section.len()];
            black_box(key);
            cipher
                .decrypt_inout_detached(&[0; 12].into(), aad, section.into(), &sealed[tier].into())
                .unwrap();
        }
    }
}

/// Orders whose payloads have the sizes that the floor uses.
fn of_floor(keys: &BenchKeys) -> Vec<Order> {
    let fits = |order: &Order| seal_phone_only(keys, order).as_bytes().len() == 154;
    let orders: Vec<_> = orders(480).into_iter().filter(fits).collect();
    assert!(orders.len() > 200, "too few orders of this size");
    orders
}

/// The contact of the smallest class: the recipient's phone.
fn without_sender(contact: Contact<'_>) -> Contact<'_> {
    Contact { sender_phone: "", sender_name: "", ..contact }
}

fn phone_only(order: &Order) -> Plain {
    let mut plain = Plain::empty();
    let _whole = plain.encode(&order.delivery(), order.contact().map(without_sender).as_ref()).unwrap();
    plain
}

fn seal_phone_only(keys: &BenchKeys, order: &Order) -> PayloadText {
    keys.sealer.seal_encoded(&keys.lane, &order.waybill, &phone_only(order)).unwrap()
}

fn seal(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("seal");
    group.throughput(Throughput::Elements(1));
    let keys = BenchKeys::default();
    let orders = of_floor(&keys);

    let floor = Primitives::new();
    group.bench_function("floor: 2 HKDF-Expand, 2 AES-256-GCM, HMAC, Base45/100", |b| {
        let (mut payload, mut text) = ([0; PAYLOAD], [0; 154]);
        b.iter(|| floor.seal(black_box(&mut payload), black_box(&mut text)));
    });
    let encoded: Vec<_> = orders.iter().map(|order| (order.waybill, phone_only(order))).collect();
    group.bench_function("seal_encoded, wipe included/100", |b| {
        let mut next = cycle(&encoded);
        b.iter(|| {
            let (waybill, plain) = next();
            keys.sealer.seal_encoded(&keys.lane, waybill, plain)
        });
    });
    group.bench_function("wipe alone/8 KiB", |b| b.iter(|| wayseal::secret::scrubbed(|| black_box(0))));
    group.bench_function("seal, codec included/100", |b| {
        let mut next = cycle(&orders);
        b.iter(|| {
            let order = next();
            let contact = order.contact().map(without_sender);
            keys.sealer.seal(&keys.lane, &order.waybill, &order.delivery(), contact.as_ref())
        });
    });
    group.bench_function("CBOR, COSE_Encrypt0, Base45, one section", |b| {
        let mut next = cycle(&orders);
        let mut number = 0;
        b.iter(|| {
            number += 1;
            envelopes::cose(next(), black_box(&[7; 32]), number)
        });
    });
    group.bench_function("CBOR, age to one recipient, Base45, one section", |b| {
        let recipient = age::x25519::Identity::generate().to_public();
        let mut next = cycle(&orders);
        b.iter(|| envelopes::age(next(), black_box(&recipient)));
    });
    group.finish();
}

fn open(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("open");
    group.throughput(Throughput::Elements(1));
    let keys = BenchKeys::default();
    let orders = of_floor(&keys);
    let texts: Vec<_> = orders.iter().map(|order| seal_phone_only(&keys, order)).collect();

    let floor = Primitives::new();
    let (text, tags) = sealed_by_floor();
    group.bench_function("floor: Base45, 4 HKDF with their keys, 2 AES-256-GCM/100", |b| {
        let mut payload = [0; PAYLOAD];
        b.iter(|| floor.open(black_box(&text), black_box(&mut payload), &tags));
    });
    let verifier = Verifier::new(&keys.station, DAY);
    let mut buffer = Buffer::new();
    let plains: Vec<_> =
        orders.iter().map(|order| encoded(order.delivery(), order.contact().unwrap())).collect();
    group.bench_function("codec: both sections decoded", |b| {
        let mut next = cycle(&plains);
        let (mut first, mut second) = ([0; TEXT_MAX], [0; 256]);
        b.iter(|| {
            let (delivery, contact) = next();
            black_box(decode_delivery(delivery, &mut first).unwrap());
            black_box(decode_contact(contact, &mut second).unwrap());
        });
    });
    group.bench_function("open, codec and wipe included/100", |b| {
        let mut next = cycle(&texts);
        b.iter(|| verifier.open(next().as_bytes(), Want::Both, &mut buffer).map(|o| o.day).unwrap());
    });
    group.finish();
}

/// A text whose sections the floor of `open` can open, and the tags.
fn sealed_by_floor() -> (Vec<u8>, [[u8; 12]; 2]) {
    let mut payload = [0; PAYLOAD];
    let mut tags = [[0; 12]; 2];
    let mut text = vec![0; 154];
    for (tier, section) in [(0, HEADER..HEADER + DELIVERY), (1, PAYLOAD - 12 - CONTACT..PAYLOAD - 12)] {
        let (aad, rest) = payload.split_at_mut(section.start);
        let (section, rest) = rest.split_at_mut(section.len());
        let cipher = Cipher::new(&[tier as u8; 32].into());
        tags[tier] = cipher.encrypt_inout_detached(&[0; 12].into(), aad, section.into()).unwrap().into();
        rest[..12].copy_from_slice(&tags[tier]);
    }
    base45::encode(&payload, &mut text[4..]);
    (text, tags)
}

/// The plaintexts, the contact in its class.
type Encoded = ([u8; DELIVERY_MAX], Vec<u8>);

fn encoded(delivery: Delivery<'_>, contact: Contact<'_>) -> Encoded {
    let mut out = ([0; DELIVERY_MAX], vec![0; CONTACT_SIZES[2]]);
    encode_delivery(&delivery, &mut out.0).unwrap();
    let used = encode_contact(&contact, &mut out.1).unwrap();
    out.1.truncate(ContactClass::holding(used).unwrap().len());
    out
}

fn codec(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("codec");
    group.throughput(Throughput::Elements(1));
    let orders = orders(480);
    group.bench_function("encode/both sections", |b| {
        let mut next = cycle(&orders);
        let mut plain = Plain::empty();
        b.iter(|| {
            let order = next();
            _ = plain.encode(&order.delivery(), order.contact().as_ref()).unwrap();
        });
    });
    group.bench_function("floor: fields alone", |b| {
        let mut next = cycle(&orders);
        b.iter(|| {
            let order = next();
            black_box((order.delivery(), order.contact()));
        });
    });
    group.finish();
}

fn base45_group(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("base45");
    for size in wayseal::payload::SIZES {
        group.throughput(Throughput::Bytes(size as u64));
        let bytes: Vec<u8> = (0..size).map(|at| (at * 97 + 31) as u8).collect();
        let mut text = vec![0; base45::encoded_len(size)];
        group.bench_function(BenchmarkId::new("encode", size), |b| {
            b.iter(|| base45::encode(black_box(&bytes), &mut text));
        });
        let mut back = vec![0; size];
        group.bench_function(BenchmarkId::new("decode", size), |b| {
            b.iter(|| base45::decode(black_box(&text), &mut back));
        });
        group.bench_function(BenchmarkId::new("floor: copy", size), |b| {
            b.iter(|| back.copy_from_slice(black_box(&bytes)));
        });
    }
    let keys = BenchKeys::default();
    let texts: Vec<_> = orders(120).iter().map(|order| keys.seal(order)).collect();
    group.throughput(Throughput::Elements(1));
    group.bench_function("Payload::parse", |b| {
        let mut next = cycle(&texts);
        b.iter(|| Payload::parse(next().as_bytes()).map(|payload| payload.bytes().len()));
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = config();
    targets = derive, seal, open, codec, base45_group
}
criterion_main!(benches);
