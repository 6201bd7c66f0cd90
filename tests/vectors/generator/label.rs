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

/// The key of a tenant of the sealer with this origin leaf.
pub fn tenant_key(origin: &[u8], tenant: u32) -> [u8; 32] {
    expand(origin, 8, &tenant.to_be_bytes())
}

/// The delivery code of a header: six digits and their check digit.
pub fn delivery_code(origin: &[u8], header: &[u8]) -> String {
    let key = expand(origin, 9, header);
    let number = u64::from_be_bytes(key[..8].try_into().unwrap()) % 1_000_000;
    let digits = format!("{number:06}");
    let product = digits.bytes().fold(10, |product, digit| {
        let sum = (product + u32::from(digit - b'0')) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    format!("{digits}{}", (11 - product) % 10)
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

    pub fn origin(&self) -> Node {
        Node::at(4, self.generation, 0, self.day, (0, 0, self.sealer))
    }

    pub fn salt_key(&self) -> [u8; 32] {
        expand(&self.origin().key, 7, &[])
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
    if let Some(number) = long_digits(text) {
        return (14, number);
    }
    if let Some(number) = lettered(text) {
        return (15, number);
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
    let digits: Vec<u8> = text.chars().map(|c| alphabet.find(c).unwrap() as u8).collect();
    escape_value(text.len() as u8 - 6, &in_base(37, &digits))
}

/// Shape 0, from a field of five bits and a value of 32 bytes.
pub fn escape_value(field: u8, value: &[u8; 32]) -> Vec<u8> {
    let bytes = escape_bytes(usize::from(field) + 6);
    let mut number = value[32 - bytes..].to_vec();
    number[0] |= field << 3;
    number
}

/// The bytes of so many characters in shape 0.
pub fn escape_bytes(count: usize) -> usize {
    match count {
        6..=8 => 6,
        9 => 7,
        10 | 11 => 8,
        12 => 9,
        13 | 14 => 10,
        15 => 11,
        16 | 17 => 12,
        18 | 19 => 13,
        20 => 14,
        21 | 22 => 15,
        23 => 16,
        24 | 25 => 17,
        26 => 18,
        27 | 28 => 19,
        29 => 20,
        30 | 31 => 21,
        32 | 33 => 22,
        _ => 23,
    }
}

/// Digits of one base as a number of 32 bytes.
pub fn in_base(base: u16, digits: &[u8]) -> [u8; 32] {
    let mut number = [0; 32];
    for digit in digits {
        let mut carry = u16::from(*digit);
        for byte in number.iter_mut().rev() {
            carry += u16::from(*byte) * base;
            *byte = carry as u8;
            carry >>= 8;
        }
        assert_eq!(carry, 0);
    }
    number
}

/// Shape 14: 15 to 24 digits.
fn long_digits(text: &str) -> Option<Vec<u8>> {
    let sound = (15..=24).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let shorter: u128 = (15..text.len() as u32).map(|count| 10u128.pow(count)).sum();
    sound.then(|| (shorter + text.parse::<u128>().unwrap()).to_be_bytes()[6..].to_vec())
}

/// Shape 15: letters and digits, or a number of UPS.
fn lettered(text: &str) -> Option<Vec<u8>> {
    if let Some(value) = ups(text) {
        return Some((5_280_599_947_194_000_000 + value).to_be_bytes().to_vec());
    }
    let letters = text.find(|c: char| !c.is_ascii_uppercase())?;
    let (front, digits) = text.split_at(letters);
    let sound = (1..=4).contains(&letters)
        && (6..=18).contains(&digits.len())
        && text.len() >= 12
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    let digits_value: u128 = digits.parse().ok().filter(|_| sound)?;
    let long = digits.len() > 13;
    let lengths = if long { 14..=18u32 } else { 6..=13 };
    let mut value = front.bytes().fold(0, |value, byte| value * 26 + u128::from(byte - b'A'));
    value = value * 10u128.pow(digits.len() as u32) + digits_value;
    for a in 1..=4u32 {
        for d in lengths.clone() {
            if (a, d) < (letters as u32, digits.len() as u32) {
                value += 26u128.pow(a) * 10u128.pow(d);
            }
        }
    }
    let bytes = value.to_be_bytes();
    Some(if long {
        let mut bytes = bytes[6..].to_vec();
        assert!(bytes[0] < 0x80);
        bytes[0] |= 0x80;
        bytes
    } else {
        bytes[8..].to_vec()
    })
}

/// The value of a UPS number with the right check digit.
fn ups(text: &str) -> Option<u64> {
    let rest = text.strip_prefix("1Z").filter(|rest| rest.len() == 16)?;
    let (shipper, digits) = rest.split_at(6);
    let sound = digits.bytes().all(|byte| byte.is_ascii_digit());
    let shipper_value = u64::from_str_radix(shipper, 36).ok().filter(|_| sound)?;
    let digits_value: u64 = digits.parse().ok()?;
    (ups_check(&rest[..15]) == digits_value % 10).then(|| shipper_value * 1_000_000_000 + digits_value / 10)
}

pub fn ups_check(rest: &str) -> u64 {
    let value = |byte: u8| if byte.is_ascii_digit() { byte - b'0' } else { (byte - 63) % 10 };
    let weighted = rest.bytes().zip([1u64, 2].into_iter().cycle());
    let sum: u64 = weighted.map(|(byte, weight)| u64::from(value(byte)) * weight).sum();
    (10 - sum % 10) % 10
}
