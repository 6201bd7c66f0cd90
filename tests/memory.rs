//! Opening a label leaves no secret in the memory of the process, which reads its own memory to check.
//!
//! Two processes are needed, so that the searched one never computes the secrets for the search. `needles`, started by
//! the other, seals a label and prints it with every secret of its opening. `nothing_is_left` opens the label, drops it,
//! and searches all writable memory. Secrets are passed and compared masked, since the search would find its own list
//! otherwise. As a control, each secret is then put into memory, and the search must find it.
#![cfg(target_os = "linux")]

#[path = "memory/sealing.rs"]
mod sealing;

use aes_gcm::aes::cipher::{BlockCipherEncrypt, KeyInit};
use aes_gcm::{Aes256Gcm, aes::Aes256};
use std::collections::{BTreeSet, HashMap};
use std::os::unix::fs::FileExt;
use std::process::Command;
use std::{env, fs, hint::black_box};
use wayseal::keys::{AliasKey, Day, Generation, KeyPath, Node, Prk, Region, SealerId, Site, Tier};
use wayseal::payload::{Payload, Waybill};
use wayseal::record::{Contact, Country, Delivery, Division, DivisionCode, encode_contact, encode_delivery};
use wayseal::sealer::{DestinationKeys, Sealer};
use wayseal::secret::{Key, aead};
use wayseal::verifier::{Buffer, Verifier, Want};

const DAY: Day = Day::new(2519);
const MASK: u8 = 0xa5;
/// Bytes of a window.
const WINDOW: usize = 8;
/// The kinds of needles; the control must find each.
const KINDS: [&str; 9] =
    ["plaintext", "encoded", "leaf", "inner", "outer", "label", "schedule", "hash", "keystream"];
const TIERS: [Tier; 2] = [Tier::Delivery, Tier::Contact];

fn site(tier: Tier) -> KeyPath {
    KeyPath::day(Generation::EVEN, tier, DAY).region(Region::new(755).unwrap()).site(Site::new(12).unwrap())
}

/// A site's key: 32 different bytes.
fn site_key(tier: Tier) -> [u8; 32] {
    std::array::from_fn(|i| (tier as u8 * 0x31) ^ (i as u8).wrapping_mul(0x9d))
}

fn record() -> (Delivery<'static>, Contact<'static>) {
    let delivery = Delivery {
        name: "欧阳修远",
        country: Country::CN,
        postcode: "",
        division: Division::Code(DivisionCode::new(440_305).unwrap()),
        street: "粤海街道",
        detail: "科技园路9号3栋2单元1501室",
        note: "放前台王师傅处",
    };
    (delivery, Contact { phone: "13986420975", sender_phone: "13570864209", sender_name: "" })
}

#[test]
#[ignore = "nothing_is_left starts it in a process of its own"]
fn needles() {
    let id = SealerId::new(7).unwrap();
    let nodes = TIERS.map(|tier| Node::new(site(tier), &site_key(tier)));
    let alias = AliasKey::try_from(&nodes[0]).unwrap().alias(id);
    let leaves = [0, 1].map(|i: usize| {
        let mut leaf = Node::empty();
        nodes[i].derive(nodes[i].path().sealer(alias), &mut leaf).unwrap();
        leaf
    });
    let lane = DestinationKeys::new(&leaves[0], Some(&leaves[1])).unwrap();
    let sealer = Sealer::new(&Node::new(KeyPath::origin(Generation::EVEN, DAY, id), &[9; 32])).unwrap();
    let (delivery, contact) = record();
    let waybill = Waybill::parse("SF1234567890123").unwrap();
    let text = sealer.seal(&lane, &waybill, &delivery, Some(&contact)).unwrap().text;
    println!("text {}", hex(text.as_bytes()));

    for text in [delivery.name, delivery.street, delivery.detail, delivery.note] {
        print("plaintext", text.as_bytes());
    }
    print("plaintext", contact.phone.as_bytes());
    print("plaintext", contact.sender_phone.as_bytes());
    let mut plain = [[0; 172]; 2];
    let used = [
        encode_delivery(&delivery, &mut plain[0]).unwrap(),
        encode_contact(&contact, &mut plain[1]).unwrap(),
    ];
    let payload = Payload::parse(text.as_bytes()).unwrap();
    for i in 0..2 {
        print("encoded", &plain[i][..used[i]]);
        print("leaf", leaves[i].key().expose());
        for (kind, pad) in [("inner", 0x36), ("outer", 0x5c)] {
            print(kind, &hmac_state(leaves[i].key(), pad));
        }
        let mut key = Key::zero();
        Prk::new(leaves[i].key()).label_key(&payload.bytes()[payload.layout().header.clone()], &mut key);
        print("label", key.expose());
        print("schedule", &schedule(key.expose())[32..]);
        let h = hash_key(&key);
        print("hash", &h);
        print("hash", &polyval(h));
        // The keystream under the zero fill is the ciphertext itself, which is public.
        print("keystream", &keystream(&key)[..used[i]]);
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn print(kind: &str, secret: &[u8]) {
    println!("needle {kind} {}", hex(&secret.iter().map(|byte| byte ^ MASK).collect::<Vec<_>>()));
}

/// The state of SHA-256 after HMAC's padded key, as memory holds it.
fn hmac_state(key: &Key, pad: u8) -> Vec<u8> {
    let mut state = [
        0x6a09_e667_u32,
        0xbb67_ae85,
        0x3c6e_f372,
        0xa54f_f53a,
        0x510e_527f,
        0x9b05_688c,
        0x1f83_d9ab,
        0x5be0_cd19,
    ];
    let mut block = [pad; 64];
    block.iter_mut().zip(key.expose()).for_each(|(byte, key)| *byte ^= key);
    sha2::block_api::compress256(&mut state, &[block]);
    state.iter().flat_map(|word| word.to_ne_bytes()).collect()
}

/// The product of two elements of AES's field GF(2⁸).
fn times(a: u8, b: u8) -> u8 {
    (0..8).rev().fold(0u8, |product, bit| {
        let doubled = (product << 1) ^ ((product >> 7) * 0x1b);
        doubled ^ ((b >> bit & 1) * a)
    })
}

/// The round keys of AES-256 (FIPS 197, 5.2).
fn schedule(key: &[u8; 32]) -> Vec<u8> {
    let sbox = |x: u8| {
        let inverse = (0..=255).find(|&y| times(x, y) == 1).unwrap_or(0);
        (0..5).fold(0x63, |sum, turn| sum ^ inverse.rotate_left(turn))
    };
    let mut bytes = key.to_vec();
    let mut round = 1;
    for word in 8..60 {
        let mut last = <[u8; 4]>::try_from(&bytes[4 * word - 4..]).unwrap();
        if word % 8 == 0 {
            last.rotate_left(1);
        }
        if word % 4 == 0 {
            last = last.map(sbox);
        }
        if word % 8 == 0 {
            last[0] ^= round;
            round *= 2;
        }
        for (i, byte) in last.into_iter().enumerate() {
            bytes.push(byte ^ bytes[4 * (word - 8) + i]);
        }
    }
    bytes
}

/// GHASH's key: the cipher of a block of zeros.
fn hash_key(key: &Key) -> [u8; 16] {
    let mut block = [0; 16].into();
    Aes256::new(key.expose().into()).encrypt_block(&mut block);
    block.into()
}

/// The same key as POLYVAL represents it (RFC 8452, appendix A).
fn polyval(h: [u8; 16]) -> [u8; 16] {
    let value = u128::from_be_bytes(h);
    let reduced = if value >> 127 == 1 { 1 << 127 | 1 << 126 | 1 << 121 | 1 } else { 0 };
    (value << 1 ^ reduced).to_le_bytes()
}

fn keystream(key: &Key) -> [u8; 172] {
    let mut zeros = [0; 172];
    let _tag = aead::seal(key, &aead::NONCE, &[], &mut zeros);
    zeros
}

/// The needles: masked windows, each with its kind.
struct Search {
    windows: HashMap<[u8; WINDOW], &'static str>,
    /// The first two bytes of all windows, as a quick filter.
    first: Vec<bool>,
}

impl Search {
    fn new(needles: &[(&'static str, Vec<u8>)]) -> Self {
        let mut search = Self { windows: HashMap::new(), first: vec![false; 1 << 16] };
        for (kind, needle) in needles {
            assert!(needle.len() >= WINDOW, "a {kind} is too short to be looked for");
            for window in needle.windows(WINDOW) {
                let window: [u8; WINDOW] = window.try_into().unwrap();
                search.first[usize::from(u16::from_ne_bytes([window[0], window[1]]))] = true;
                search.windows.insert(window, kind);
            }
        }
        search
    }

    /// The kinds found in a masked copy of memory.
    fn kinds_in(&self, copy: &[u8]) -> BTreeSet<&'static str> {
        let likely = |window: &&[u8]| self.first[usize::from(u16::from_ne_bytes([window[0], window[1]]))];
        copy.windows(WINDOW).filter(likely).filter_map(|window| self.windows.get(window).copied()).collect()
    }

    /// The kinds found in the writable memory of this process.
    fn found(&self) -> BTreeSet<&'static str> {
        const CHUNK: usize = 1 << 20;
        let memory = fs::File::open("/proc/self/mem").unwrap();
        let maps = fs::read_to_string("/proc/self/maps").unwrap();
        let mut chunk = vec![MASK; CHUNK + WINDOW];
        let (mut found, mut read) = (BTreeSet::new(), 0);
        for line in
            maps.lines().filter(|line| line.split(' ').nth(1).is_some_and(|mode| mode.starts_with("rw")))
        {
            let (from, to) = line.split(' ').next().unwrap().split_once('-').unwrap();
            let [from, to] = [from, to].map(|address| u64::from_str_radix(address, 16).unwrap());
            for start in (from..to).step_by(CHUNK) {
                let len = (CHUNK + WINDOW).min((to - start) as usize);
                let Ok(len) = memory.read_at(&mut chunk[..len], start) else { continue };
                // Masked first, or the next read would find this copy.
                chunk.iter_mut().for_each(|byte| *byte ^= MASK);
                found.append(&mut self.kinds_in(&chunk[..len]));
                chunk.fill(MASK);
                read += len;
            }
        }
        assert!(read > 64 << 10, "only {read} bytes of memory could be read");
        found
    }
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
}

#[test]
fn nothing_is_left() {
    let child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "needles", "--ignored", "--nocapture"])
        .output()
        .unwrap();
    assert!(child.status.success());
    let output = String::from_utf8(child.stdout).unwrap();
    let mut text = Vec::new();
    let mut needles = Vec::new();
    for line in output.lines() {
        // The harness writes a test's name before the first line.
        let words: Vec<_> = line.split(' ').collect();
        match words[..] {
            [.., "text", value] => text = unhex(value),
            ["needle", kind, value] => {
                needles.push((KINDS.into_iter().find(|of| *of == kind).unwrap(), unhex(value)));
            }
            _ => {}
        }
    }
    assert_eq!(needles.len(), 6 + 2 * 9);
    let search = Search::new(&needles);
    assert_eq!(search.found(), BTreeSet::new(), "before anything was opened");

    let nodes = TIERS.map(|tier| Node::new(site(tier), &site_key(tier)));
    {
        let mut buffer = Buffer::new();
        let opened = Verifier::new(&nodes, DAY).open(&text, Want::Both, &mut buffer).unwrap();
        let (delivery, contact) = (opened.delivery.as_ref().unwrap(), opened.contact.as_ref().unwrap());
        assert!(delivery.name == record().0.name && contact.phone == record().1.phone);
        assert_eq!(search.found(), BTreeSet::from(["encoded", "plaintext"]), "while it is open");
    }
    assert_eq!(search.found(), BTreeSet::new(), "after it was dropped");

    let payload = Payload::parse(&text).unwrap();
    // Control: found while the label was open.
    let mut shown = BTreeSet::from(["encoded", "plaintext"]);
    for node in &nodes {
        let mut leaf = Node::empty();
        node.derive(node.path().sealer(payload.header().alias), &mut leaf).unwrap();
        let prk = Prk::new(leaf.key());
        let mut key = Key::zero();
        prk.label_key(&payload.bytes()[payload.layout().header.clone()], &mut key);
        let cipher = Aes256Gcm::new(key.expose().into());
        let stream = keystream(&key);
        shown.append(&mut search.found());
        black_box((&leaf, &prk, &key, &cipher, &stream));
    }
    assert_eq!(shown, BTreeSet::from(KINDS), "the control");
}
