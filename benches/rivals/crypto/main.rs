//! Sealing and opening of a label, with the primitives of ring and of aws-lc-rs in the same run: `cargo bench
//! --manifest-path benches/rivals/Cargo.toml --bench crypto`.
//!
//! Before measuring, the output of each crate is checked: its payload equals ours bit for bit, and the verifier
//! opens it. Only this crate and the floor truncate tags to twelve bytes; a competitor opens payloads with full
//! tags.

mod primitives;
#[allow(dead_code)]
#[path = "../../../src/cli/commands/bench/work.rs"]
mod work;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use primitives::{AwsLc, Floor, Primitives, Ring};
use std::hint::black_box;
use wayseal::batch::order::Order;
use wayseal::keys::{AliasKey, DOMAIN, Day, Generation, KeyLevel, Node, KeyPath, Prk, SealerId, Tier};
use wayseal::payload::{ContactClass, Layout, PAYLOAD_MAX, Payload, SIZES, TAG_LEN, base45};
use wayseal::record::{CONTACT_SIZES, Contact, DELIVERY_MAX, encode_contact, encode_delivery};
use wayseal::sealer::Plain;
use wayseal::secret::{Key, aead};
use wayseal::verifier::{Buffer, Verifier, Want};
use work::{DAY, Keys, orders};

/// Length in bytes of the header of common waybill numbers, with its salt.
const HEADER: usize = 20;
const SALT: usize = 6;

fn key_of(byte: u8) -> Key {
    let mut key = Key::zero();
    key.expose_mut().fill(byte);
    key
}

/// Lengths in bytes of each section of each payload size, and of its associated data, which is everything before
/// it.
fn sections() -> Vec<(usize, usize)> {
    let class = ContactClass::holding(1).unwrap();
    let layouts = SIZES.map(|size| Layout::new(HEADER, class, size).unwrap());
    let delivery = layouts.iter().map(|layout| (layout.delivery.len(), layout.delivery.start));
    delivery.chain(layouts.iter().map(|layout| (layout.contact.len(), layout.contact.start))).collect()
}

/// One section under a fresh key, key schedule included.
fn aead_group(criterion: &mut Criterion) {
    for (len, aad) in sections() {
        let kind = format!("section {len}, associated {aad}");
        let aad: Vec<u8> = (0..aad as u8).collect();
        let mut group = criterion.benchmark_group("AES-256-GCM seal");
        group.throughput(Throughput::Elements(1));
        group.bench_function(BenchmarkId::new("wayseal::secret::aead", &kind), |b| {
            let (mut section, mut key) = (vec![7; len], key_of(1));
            b.iter(|| {
                next(key.expose_mut());
                aead::seal(&key, &aead::NONCE, black_box(&aad), &mut section)
            });
        });
        seal_with::<Floor>(&mut group, &kind, &aad, len);
        seal_with::<Ring>(&mut group, &kind, &aad, len);
        seal_with::<AwsLc>(&mut group, &kind, &aad, len);
        group.finish();

        let mut group = criterion.benchmark_group("AES-256-GCM open");
        group.throughput(Throughput::Elements(1));
        group.bench_function(BenchmarkId::new("wayseal::secret::aead", &kind), |b| {
            let key = key_of(1);
            let mut sealed = vec![7; len];
            let tag = aead::seal(&key, &aead::NONCE, &aad, &mut sealed);
            let mut section = sealed.clone();
            b.iter(|| {
                section.copy_from_slice(black_box(&sealed));
                aead::open(black_box(&key), &aead::NONCE, &aad, &mut section, &tag).unwrap();
            });
        });
        open_with::<Floor>(&mut group, &kind, &aad, len);
        open_with::<Ring>(&mut group, &kind, &aad, len);
        open_with::<AwsLc>(&mut group, &kind, &aad, len);
        group.finish();
    }
}

/// Changes a key, so that each iteration uses another.
fn next(key: &mut [u8; 32]) {
    key[0] = key[0].wrapping_add(1);
    black_box(key);
}

fn seal_with<P: Primitives>(group: &mut BenchmarkGroup<'_, WallTime>, kind: &str, aad: &[u8], len: usize) {
    let plain = vec![7; len];
    let mut section = plain.clone();
    let tag = P::seal(&[1; 32], aad, &mut section);
    let tag = tag[..TAG_LEN].try_into().unwrap();
    assert_eq!(aead::open(&key_of(1), &aead::NONCE, aad, &mut section, &tag), Ok(()), "{}", P::NAME);
    assert_eq!(section, plain, "{}", P::NAME);
    let mut key = [1; 32];
    group.bench_function(BenchmarkId::new(P::NAME, kind), |b| {
        b.iter(|| {
            next(&mut key);
            P::seal(&key, black_box(aad), &mut section)
        });
    });
}

fn open_with<P: Primitives>(group: &mut BenchmarkGroup<'_, WallTime>, kind: &str, aad: &[u8], len: usize) {
    // Ours seals; the truncated part of the tag comes from the floor.
    let mut ours = vec![7; len];
    let tag = aead::seal(&key_of(1), &aead::NONCE, aad, &mut ours);
    let whole = Floor::seal(&[1; 32], aad, &mut vec![7; len]);
    assert_eq!(tag, whole[..TAG_LEN]);
    let sealed = [ours, whole.to_vec()].concat();
    let mut section = sealed.clone();
    assert!(P::open(&[1; 32], aad, &mut section), "{}", P::NAME);
    assert_eq!(section[..len], vec![7; len], "{}", P::NAME);
    group.bench_function(BenchmarkId::new(P::NAME, kind), |b| {
        b.iter(|| {
            section.copy_from_slice(black_box(&sealed));
            assert!(P::open(black_box(&[1; 32]), aad, &mut section));
        });
    });
}

/// A label key from a leaf with precomputed HMAC states, and from one without.
fn hkdf(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("HKDF-Expand");
    group.throughput(Throughput::Elements(1));
    let header = [7; HEADER];
    let prk = Prk::new(&key_of(9));
    let mut out = Key::zero();
    group.bench_function(BenchmarkId::new("wayseal::keys::Prk", "cached, info 24"), |b| {
        b.iter(|| prk.label_key(black_box(&header), &mut out));
    });
    let key = key_of(9);
    group.bench_function(BenchmarkId::new("wayseal::keys::Prk", "key each time, info 24"), |b| {
        let mut out = Key::zero();
        b.iter(|| Prk::new(black_box(&key)).label_key(black_box(&header), &mut out));
    });
    expand_with::<Floor>(&mut group, &header, out.expose());
    expand_with::<Ring>(&mut group, &header, out.expose());
    expand_with::<AwsLc>(&mut group, &header, out.expose());
    group.finish();
}

fn expand_with<P: Primitives>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    header: &[u8; HEADER],
    ours: &[u8; 32],
) {
    let info = label_info(header);
    let prk = P::prk(&[9; 32]);
    let mut out = [0; 32];
    P::expand(&prk, &info, &mut out);
    assert_eq!(&out, ours, "{}", P::NAME);
    group.bench_function(BenchmarkId::new(P::NAME, "cached, info 24"), |b| {
        b.iter(|| P::expand(&prk, black_box(&info), &mut out));
    });
    group.bench_function(BenchmarkId::new(P::NAME, "key each time, info 24"), |b| {
        b.iter(|| P::expand(&P::prk(black_box(&[9; 32])), black_box(&info), &mut out));
    });
}

fn label_info(header: &[u8]) -> [u8; 4 + HEADER] {
    let mut info = [0; 4 + HEADER];
    info[..3].copy_from_slice(&DOMAIN);
    info[3] = KeyLevel::Label as u8;
    info[4..].copy_from_slice(header);
    info
}

/// The leaves and the salt key of the measured sealer.
struct Sealing<P: Primitives> {
    leaves: [P::Prk; 2],
    salt: P::Mac,
}

/// An order in the form both sides seal. The competitor gets header and plaintexts for free, like `seal_encoded`.
struct Work {
    order: Order,
    plain: Plain,
    size: usize,
    layout: Layout,
    /// Header and plaintexts, zero-padded, at their positions in the payload.
    bytes: [u8; PAYLOAD_MAX],
}

/// The contact of the smallest class: the recipient's phone.
fn without_sender(contact: Contact<'_>) -> Contact<'_> {
    Contact { sender_phone: "", sender_name: "", ..contact }
}

impl Work {
    fn new(keys: &Keys, order: Order) -> Option<Self> {
        let (delivery, contact) = (order.delivery(), without_sender(order.contact()?));
        let mut plain = Plain::empty();
        let _whole = plain.encode(&delivery, Some(&contact)).unwrap();
        let text = keys.sealer.seal_encoded(&keys.lane, &order.waybill, &plain).unwrap();
        let payload = Payload::parse(text.as_bytes()).unwrap();
        let (layout, size) = (payload.layout().clone(), payload.bytes().len());
        let mut bytes = [0; PAYLOAD_MAX];
        bytes[..HEADER - SALT].copy_from_slice(&payload.bytes()[..HEADER - SALT]);
        let mut encoded = [0; DELIVERY_MAX];
        let len = encode_delivery(&delivery, &mut encoded).unwrap();
        bytes[layout.delivery.clone()][..len].copy_from_slice(&encoded[..len]);
        let mut encoded = [0; CONTACT_SIZES[2]];
        let len = encode_contact(&contact, &mut encoded).unwrap();
        bytes[layout.contact.clone()][..len].copy_from_slice(&encoded[..len]);
        (layout.header.len() == HEADER).then_some(Self { order, plain, size, layout, bytes })
    }
}

impl<P: Primitives> Sealing<P> {
    fn new(keys: &Keys) -> Self {
        let root = Node::new(KeyPath::root(Generation::EVEN), &[0x51; 32]);
        let derive = |path| {
            let mut node = Node::empty();
            root.derive(path, &mut node).unwrap();
            node
        };
        let id = SealerId::new(7).unwrap();
        let alias = AliasKey::try_from(&keys.station[0]).unwrap().alias(id);
        let leaf = |tier: usize| derive(keys.station[tier].path().sealer(alias));
        let origin = derive(KeyPath::origin(Generation::EVEN, DAY, id));
        let mut salt = [0; 32];
        let info = [DOMAIN[0], DOMAIN[1], DOMAIN[2], KeyLevel::Salt as u8];
        P::expand(&P::prk(origin.key().expose()), &info, &mut salt);
        Self { leaves: [0, 1].map(|tier| P::prk(leaf(tier).key().expose())), salt: P::mac_key(&salt) }
    }

    /// As docs/format.md has it.
    fn seal(&self, work: &Work, text: &mut [u8]) -> usize {
        let day = DAY.number();
        let mut payload = work.bytes;
        let layout = &work.layout;
        let (delivery, contact) = (&payload[layout.delivery.clone()], &payload[layout.contact.clone()]);
        let salt = P::mac(
            &self.salt,
            &[
                &DOMAIN,
                &[KeyLevel::Salt as u8, 2 + (HEADER - SALT) as u8],
                &day.to_be_bytes(),
                &payload[..HEADER - SALT],
                &[delivery.len() as u8],
                delivery,
                &[contact.len() as u8],
                contact,
            ],
        );
        payload[HEADER - SALT..HEADER].copy_from_slice(&salt[..SALT]);
        for (leaf, section) in self.leaves.iter().zip([&layout.delivery, &layout.contact]) {
            let mut key = [0; 32];
            P::expand(leaf, &label_info(&payload[..HEADER]), &mut key);
            let (aad, rest) = payload.split_at_mut(section.start);
            let (section, rest) = rest.split_at_mut(section.len());
            let tag = P::seal(&key, aad, section);
            rest[..TAG_LEN].copy_from_slice(&tag[..TAG_LEN]);
        }
        text[..4].copy_from_slice(b"WS1:");
        4 + base45::encode(&payload[..work.size], &mut text[4..])
    }
}

/// A whole payload from an encoded record. Only ours wipes keys and stack.
fn seal(criterion: &mut Criterion) {
    let keys = Keys::default();
    let all: Vec<_> = orders(480).into_iter().filter_map(|order| Work::new(&keys, order)).collect();
    for size in SIZES {
        let works: Vec<_> = all.iter().filter(|work| work.size == size).collect();
        if works.len() < 60 {
            continue;
        }
        let mut group = criterion.benchmark_group("payload");
        group.throughput(Throughput::Elements(1));
        group.bench_function(BenchmarkId::new("wayseal::Sealer::seal_encoded, wiped", size), |b| {
            let mut cycle = works.iter().cycle();
            b.iter(|| {
                let work = black_box(cycle.next().unwrap());
                keys.sealer.seal_encoded(&keys.lane, &work.order.waybill, &work.plain)
            });
        });
        payload_with::<Floor>(&mut group, &keys, &works, size);
        payload_with::<Ring>(&mut group, &keys, &works, size);
        payload_with::<AwsLc>(&mut group, &keys, &works, size);
        group.finish();
    }
}

fn payload_with<P: Primitives>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    keys: &Keys,
    works: &[&Work],
    size: usize,
) {
    let sealing = Sealing::<P>::new(keys);
    let verifier = Verifier::new(&keys.station, DAY);
    let mut buffer = Buffer::new();
    let mut text = [0; 512];
    for work in works {
        let len = sealing.seal(work, &mut text);
        let ours = keys.sealer.seal_encoded(&keys.lane, &work.order.waybill, &work.plain).unwrap();
        assert_eq!(&text[..len], ours.as_bytes(), "{}", P::NAME);
        let opened = verifier.open(&text[..len], Want::Both, &mut buffer).unwrap();
        assert_eq!(opened.delivery.unwrap().name, work.order.delivery().name);
        assert_eq!(opened.contact.unwrap().phone, work.order.contact().unwrap().phone);
        assert_eq!(opened.header.alias, Payload::parse(&text[..len]).unwrap().header().alias);
    }
    assert_eq!(keys.station[0].path().tier(), Tier::Delivery);
    group.bench_function(BenchmarkId::new(format!("{}, Base45", P::NAME), size), |b| {
        let mut cycle = works.iter().cycle();
        b.iter(|| sealing.seal(black_box(cycle.next().unwrap()), &mut text));
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(std::time::Duration::from_millis(300))
        .measurement_time(std::time::Duration::from_millis(900));
    targets = aead_group, hkdf, seal
}
criterion_main!(benches);
