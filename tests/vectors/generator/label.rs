//! Keys and payloads, computed by the formulas of the format.

use super::bits::{Bits, base45, hex};
use aes_gcm::aead::consts::U12;
use aes_gcm::aead::{AeadInOut, KeyInit as _};
use aes_gcm::{AesGcm, aes::Aes256};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

pub const DAY: u16 = 2519;
pub const REGION: u16 = 755;
pub const SITE: u16 = 12;
pub const SEALER: u32 = 7;

pub fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256>>::new_from_slice(key).unwrap();
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

/// HKDF-Expand(key, "WS1" ‖ level ‖ identifier, 32).
pub fn expand(key: &[u8], level: u8, identifier: &[u8]) -> [u8; 32] {
    hmac(key, &[b"WS1", &[level], identifier, &[1]])
}

pub fn root(generation: u8) -> [u8; 32] {
    Sha256::digest(format!("WS1 test vectors, root of generation {generation}")).into()
}

/// A node of the tree: identifiers down to its level, zeros below.
#[derive(Clone, Copy)]
pub struct Node {
    pub generation: u8,
    pub level: u8,
    pub tier: u8,
    pub day: u16,
    pub region: u16,
    pub site: u16,
    pub alias: u32,
    pub key: [u8; 32],
}

impl Node {
    /// The leaf that these identifiers name, or its ancestor at `level`.
    pub fn at(level: u8, generation: u8, tier: u8, day: u16, place: (u16, u16, u32)) -> Self {
        Self::under(&root(generation), level, generation, tier, day, place)
    }

    pub fn under(root: &[u8], level: u8, generation: u8, tier: u8, day: u16, place: (u16, u16, u32)) -> Self {
        let [hi, lo] = day.to_be_bytes();
        let (region, site, alias) = place;
        let mut node = Self { generation, level, tier, day, region: 0, site: 0, alias: 0, key: [0; 32] };
        node.key = expand(root, 1, &[tier, hi, lo]);
        if level > 1 {
            (node.region, node.key) = (region, expand(&node.key, 2, &region.to_be_bytes()));
        }
        if level > 2 {
            (node.site, node.key) = (site, expand(&node.key, 3, &site.to_be_bytes()));
        }
        if level > 3 {
            (node.alias, node.key) = (alias, expand(&node.key, 4, &alias.to_be_bytes()));
        }
        node
    }

    pub fn bundle(&self) -> String {
        let mut bytes = vec![self.level, self.tier];
        bytes.extend(self.day.to_be_bytes());
        bytes.extend(self.region.to_be_bytes());
        bytes.extend(self.site.to_be_bytes());
        bytes.extend(self.alias.to_be_bytes());
        bytes.extend(self.key);
        hex(&bytes)
    }
}

pub fn alias_key(site_key: &[u8]) -> [u8; 32] {
    expand(site_key, 6, &[])
}

pub fn alias(key: &[u8], number: u32) -> u32 {
    let (mut left, mut right) = ((number >> 12) as u16, number as u16 & 0xfff);
    for round in 0..8 {
        let f = hmac(key, &[b"WS1", &[6, round], &right.to_be_bytes()]);
        (left, right) = (right, left ^ (u16::from_be_bytes([f[0], f[1]]) >> 4));
    }
    u32::from(left) << 12 | u32::from(right)
}

/// The content to seal: both plaintexts without fill.
#[derive(Clone)]
pub struct Label {
    pub generation: u8,
    pub class: u8,
    pub day: u16,
    pub region: u16,
    pub site: u16,
    pub sealer: u32,
    pub shape: u8,
    pub number: Vec<u8>,
    /// The size; if `None`, the smallest that holds the delivery.
    pub size: Option<usize>,
    pub delivery: Vec<u8>,
    pub contact: Vec<u8>,
}

pub const SIZES: [usize; 4] = [78, 100, 144, 204];
const CONTACT: [usize; 4] = [0, 6, 14, 30];

impl Label {
    /// A label of a delivery and, if there is one, a contact.
    pub fn of(waybill: &str, delivery: &Bits, contact: Option<&Bits>) -> Self {
        let (shape, number) = pack(waybill);
        let contact = contact.map(Bits::bytes).unwrap_or_default();
        let class = CONTACT.iter().position(|size| contact.len() <= *size).expect("a class") as u8;
        Self {
            generation: 0,
            class,
            day: DAY,
            region: REGION,
            site: SITE,
            sealer: SEALER,
            shape,
            number,
            size: None,
            delivery: delivery.bytes(),
            contact,
        }
    }

    pub fn alias(&self) -> u32 {
        let site = self.node(1, 3, 0);
        alias(&alias_key(&site.key), self.sealer)
    }

    /// The node of `tier` at `level` above this label, at the leaf of `alias`.
    fn node(&self, tier: u8, level: u8, alias: u32) -> Node {
        Node::at(level, self.generation, tier, self.day, (self.region, self.site, alias))
    }

    /// The node of `tier` at `level` above this label.
    pub fn above(&self, tier: u8, level: u8) -> Node {
        self.node(tier, level, if level > 3 { self.alias() } else { 0 })
    }

    pub fn salt_key(&self) -> [u8; 32] {
        let origin = Node::at(4, self.generation, 0, self.day, (0, 0, self.sealer));
        expand(&origin.key, 7, &[])
    }

    pub fn unsalted(&self) -> Vec<u8> {
        let fixed = u64::from(self.generation) << 63
            | u64::from(self.class) << 61
            | u64::from(self.day % 512) << 52
            | u64::from(self.region) << 40
            | u64::from(self.site) << 28
            | u64::from(self.alias()) << 4
            | u64::from(self.shape);
        [&fixed.to_be_bytes()[..], &self.number].concat()
    }

    /// Bytes around the delivery ciphertext.
    fn fixed(&self) -> usize {
        let contact = CONTACT[usize::from(self.class)];
        8 + self.number.len() + 6 + 12 + contact + if contact > 0 { 12 } else { 0 }
    }

    pub fn size(&self) -> usize {
        let needed = self.fixed() + self.delivery.len();
        self.size.or_else(|| SIZES.into_iter().find(|size| needed <= *size)).expect("a size")
    }

    /// Both plaintexts with fill.
    pub fn filled(&self) -> [Vec<u8>; 2] {
        let (mut delivery, mut contact) = (self.delivery.clone(), self.contact.clone());
        let room = self.size() - self.fixed();
        assert!(delivery.len() <= room, "{} bytes in {room}", delivery.len());
        delivery.resize(room, 0);
        contact.resize(CONTACT[usize::from(self.class)], 0);
        [delivery, contact]
    }

    pub fn salt(&self) -> [u8; 6] {
        let [delivery, contact] = self.filled();
        let unsalted = self.unsalted();
        let [hi, lo] = self.day.to_be_bytes();
        let head = [&b"WS1"[..], &[7, unsalted.len() as u8 + 2, hi, lo], &unsalted].concat();
        let lengths = [[delivery.len() as u8], [contact.len() as u8]];
        let mac = hmac(&self.salt_key(), &[&head, &lengths[0], &delivery, &lengths[1], &contact]);
        mac[..6].try_into().unwrap()
    }

    pub fn header(&self) -> Vec<u8> {
        [self.unsalted(), self.salt().to_vec()].concat()
    }

    pub fn payload(&self) -> Vec<u8> {
        let header = self.header();
        let [delivery, contact] = self.filled();
        let key = |tier| expand(&self.above(tier, 4).key, 5, &header);
        let mut payload = header.clone();
        let section = gcm(&key(1), &payload, &delivery);
        payload.extend(section);
        if self.class > 0 {
            let section = gcm(&key(2), &payload, &contact);
            payload.extend(section);
        }
        payload
    }

    pub fn text(&self) -> String {
        text(&self.payload())
    }
}

pub fn text(payload: &[u8]) -> String {
    format!("WS1:{}", base45(payload))
}

pub fn handle(payload: &[u8]) -> [u8; 16] {
    let digest = Sha256::new().chain_update("WS1 handle").chain_update(payload).finalize();
    digest[..16].try_into().unwrap()
}

pub fn printed(handle: &[u8; 16]) -> String {
    let bits = u128::from_be_bytes(*handle);
    let alphabet = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    (0..10).map(|place| char::from(alphabet[(bits >> (123 - 5 * place) & 31) as usize])).collect()
}

fn gcm(key: &[u8; 32], aad: &[u8], plain: &[u8]) -> Vec<u8> {
    let cipher = <AesGcm<Aes256, U12, U12>>::new(key.into());
    let mut out = plain.to_vec();
    let tag = cipher.encrypt_inout_detached(&[0; 12].into(), aad, (&mut out[..]).into()).unwrap();
    out.extend(tag);
    out
}

/// The shape of a waybill number, and its packed bytes.
pub fn pack(text: &str) -> (u8, Vec<u8>) {
    let digits = |rest: &str, count: usize| -> Option<u64> {
        (rest.len() == count && rest.bytes().all(|byte| byte.is_ascii_digit())).then(|| rest.parse().ok())?
    };
    let six = |value: u64| value.to_be_bytes()[2..].to_vec();
    let prefixed = [
        (1, "YT", 13),
        (2, "SF", 13),
        (3, "JD", 13),
        (5, "7", 14),
        (6, "4", 14),
        (7, "3", 14),
        (10, "JT", 13),
        (11, "DPK", 12),
        (12, "LP", 14),
    ];
    for (shape, prefix, count) in prefixed {
        if let Some(value) = text.strip_prefix(prefix).and_then(|rest| digits(rest, count)) {
            return (shape, six(value));
        }
    }
    let parts: Vec<&str> = text.strip_prefix("JD").unwrap_or_default().split('-').collect();
    if let [number, index, count, ""] = parts[..]
        && let (Some(number), Some(index), Some(count)) =
            (digits(number, 13), digits(index, 1), digits(count, 1))
        && 1 <= index
        && index <= count
    {
        return (4, (number << 20 | index << 10 | count).to_be_bytes().to_vec());
    }
    if let (6..=14, Some(value)) = (text.len(), digits(text, text.len())) {
        let shorter: u64 = (6..text.len() as u32).map(|len| 10u64.pow(len)).sum();
        return (8, six(shorter + value));
    }
    let letter = |byte: u8| u64::from(byte.wrapping_sub(b'A'));
    if let [a, b, .., c, d] = text.as_bytes()
        && [a, b, c, d].iter().all(|byte| byte.is_ascii_uppercase())
        && let Some(serial) = digits(&text[2..text.len() - 2], 9)
        && serial % 10 == s10_check(serial / 10)
    {
        let letters = [a, b, c, d].iter().fold(0, |value, byte| value * 26 + letter(**byte));
        return (9, six(letters * 100_000_000 + serial / 10));
    }
    if let Some(rest) = text.strip_prefix("JDV")
        && rest.starts_with(|first: char| first.is_ascii_uppercase())
        && let Some(value) = digits(&rest[1..], 11)
    {
        return (13, six(letter(rest.as_bytes()[0]) * 100_000_000_000 + value));
    }
    (0, escape(text))
}

fn s10_check(serial: u64) -> u64 {
    let text = format!("{serial:08}");
    let sum: u64 = text
        .bytes()
        .zip([8, 6, 4, 2, 3, 5, 9, 7])
        .map(|(digit, weight)| u64::from(digit - b'0') * weight)
        .sum();
    match 11 - sum % 11 {
        10 => 0,
        11 => 5,
        check => check,
    }
}

/// Shape 0, for any text.
pub fn escape(text: &str) -> Vec<u8> {
    let alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";
    let value = text.chars().fold(0u128, |value, c| value * 37 + alphabet.find(c).unwrap() as u128);
    escape_value(text.len(), value)
}

/// Shape 0, from a length and a value.
pub fn escape_value(count: usize, value: u128) -> Vec<u8> {
    let bytes = match count {
        6..=8 => 6,
        9 => 7,
        10 | 11 => 8,
        12 => 9,
        13 | 14 => 10,
        15 => 11,
        16 | 17 => 12,
        18 | 19 => 13,
        _ => 14,
    };
    let whole = (count as u128) << (8 * bytes - 5) | value;
    whole.to_be_bytes()[16 - bytes..].to_vec()
}
