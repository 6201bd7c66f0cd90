//! Plaintexts of valid records, and of drafts that may have faults.

use super::bits::Bits;
use super::codes::{Coder, Piece};
use serde_json::{Value, json};

/// A valid delivery.
#[derive(Clone)]
pub struct Record {
    pub codec: u64,
    pub country: [u8; 2],
    pub postcode: String,
    pub place: Place,
    pub name: String,
    pub street: String,
    pub detail: String,
    pub note: String,
}

#[derive(Clone)]
pub enum Place {
    Code(u64),
    Names([String; 3]),
}

impl Record {
    /// A recipient in Shenzhen.
    pub fn chinese() -> Self {
        Self {
            codec: 1,
            country: *b"CN",
            postcode: String::new(),
            place: Place::Code(440_305),
            name: "刘静远".into(),
            street: "粤海街道".into(),
            detail: "科技园路9号3栋2单元801室".into(),
            note: "放前台".into(),
        }
    }

    pub fn json(&self) -> Value {
        let (code, [province, city, district]) = match &self.place {
            Place::Code(code) => (Some(code), Default::default()),
            Place::Names(names) => (None, names.clone()),
        };
        json!({
            "name": self.name, "country": String::from_utf8_lossy(&self.country), "postcode": self.postcode,
            "division_code": code, "province": province, "city": city, "district": district,
            "street": self.street, "detail": self.detail, "note": self.note,
        })
    }

    pub fn draft(&self) -> Draft {
        let letter = |at: usize| u64::from(self.country[at] - b'A');
        let names = match &self.place {
            Place::Code(_) => Default::default(),
            Place::Names(names) => names.clone(),
        };
        let short = (1..=10).contains(&self.postcode.len());
        let postcode = match self.postcode.as_str() {
            "" => Postcode::None,
            digits if short && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                Postcode::Packed(digits.len() as u64 - 1, groups(digits))
            }
            letters if short && letters.chars().all(|letter| BASE38.contains(letter)) => {
                Postcode::Base38(letters.len() as u64, base38(letters))
            }
            _ => Postcode::Text,
        };
        let packed = !matches!(postcode, Postcode::None | Postcode::Text);
        let more = [&self.street, &self.detail, &self.note];
        let last = if packed { "" } else { &self.postcode };
        let all = [&self.name].into_iter().chain(&names).chain(more).map(String::as_str).chain([last]);
        Draft {
            codec: self.codec,
            country: (self.country != *b"CN").then(|| (letter(0), letter(1))),
            code: if let Place::Code(code) = self.place { Some(code) } else { None },
            names: names.each_ref().map(|name| !name.is_empty()),
            more: more.map(|text| !text.is_empty()),
            postcode,
            texts: all.filter(|text| !text.is_empty()).map(Text::from).collect(),
            entries: Bits::new(),
        }
    }
}

/// A delivery field by field; any field may be faulty.
#[derive(Clone)]
pub struct Draft {
    pub codec: u64,
    pub country: Option<(u64, u64)>,
    pub code: Option<u64>,
    pub names: [bool; 3],
    pub more: [bool; 3],
    pub postcode: Postcode,
    pub texts: Vec<Text>,
    /// What follows the last text.
    pub entries: Bits,
}

/// An entry of these bytes.
pub fn entry(must: bool, kind: u64, data: &[u8]) -> Bits {
    let mut bits = Bits::of(1, 1);
    bits.put(must.into(), 1).put(kind, 6).put(data.len() as u64 - 1, 5);
    data.iter().for_each(|byte| {
        bits.put((*byte).into(), 8);
    });
    bits
}

#[derive(Clone)]
pub enum Postcode {
    None,
    Text,
    /// Number of digits less one, and their groups.
    Packed(u64, Bits),
    /// Number of characters, and their value.
    Base38(u64, Bits),
}

pub const BASE38: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ -";

/// Characters as a number in base 38, in the bits of the largest of so many characters.
pub fn base38(text: &str) -> Bits {
    let value = text.chars().fold(0, |value, letter| value * 38 + BASE38.find(letter).unwrap() as u64);
    Bits::of(value, base38_bits(text.len()))
}

pub fn base38_bits(count: usize) -> u32 {
    (38u64.pow(count as u32) - 1).ilog2() + 1
}

/// A text; the first of a delivery is the name.
#[derive(Clone)]
pub enum Text {
    /// With its end.
    Whole(String),
    /// Without.
    Pieces(Vec<Piece>),
    Raw(Bits),
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::Whole(text.to_owned())
    }
}

impl Text {
    fn write(&self, coder: &mut Coder, name: bool) {
        match self {
            Self::Whole(text) => {
                coder.text(text, name);
            }
            Self::Pieces(pieces) => pieces.iter().for_each(|piece| coder.piece(piece, name)),
            Self::Raw(bits) => {
                coder.bits.append(bits);
            }
        }
    }
}

impl Draft {
    pub fn bits(&self) -> Bits {
        let mut bits = Bits::of(self.codec, 3);
        match self.country {
            None => bits.put(0, 1),
            Some((first, second)) => bits.put(1, 1).put(first, 5).put(second, 5),
        };
        match self.code {
            Some(code) => bits.put(0, 1).put(code, 20),
            None => self.names.iter().fold(bits.put(1, 1), |bits, flag| bits.put((*flag).into(), 1)),
        };
        for flag in self.more {
            bits.put(flag.into(), 1);
        }
        match &self.postcode {
            Postcode::None => bits.put(0, 1),
            Postcode::Text => bits.put(0b10, 2).put(0, 4),
            Postcode::Packed(count, groups) => bits.put(0b11, 2).put(*count, 4).append(groups),
            Postcode::Base38(count, value) => bits.put(0b10, 2).put(*count, 4).append(value),
        };
        let mut coder = Coder::new(self.codec);
        for (place, text) in self.texts.iter().enumerate() {
            text.write(&mut coder, place == 0);
        }
        bits.append(&coder.bits).append(&self.entries);
        bits
    }
}

/// A valid contact.
#[derive(Clone)]
pub struct Contact {
    pub codec: u64,
    pub phone: String,
    pub sender_phone: String,
    pub sender_name: String,
}

impl Contact {
    pub fn phone(phone: &str) -> Self {
        Self { codec: 0, phone: phone.into(), sender_phone: String::new(), sender_name: String::new() }
    }

    pub fn json(&self) -> Value {
        json!({"phone": self.phone, "sender_phone": self.sender_phone, "sender_name": self.sender_name})
    }

    pub fn draft(&self) -> ContactDraft {
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        ContactDraft {
            codec: self.codec,
            phone: phone(&self.phone),
            sender_phone: some(&self.sender_phone).map(|text| phone(&text)),
            sender_name: some(&self.sender_name).map(Text::Whole),
            entries: Bits::new(),
        }
    }

    /// The plaintext in the smallest class: six bytes for a number alone.
    pub fn bits(&self) -> Bits {
        let alone = self.sender_phone.is_empty() && self.sender_name.is_empty();
        match phone_number(&self.phone).filter(|_| alone) {
            Some(number) => Bits::of(number, 48),
            None => self.draft().bits(),
        }
    }
}

/// A contact field by field.
#[derive(Clone)]
pub struct ContactDraft {
    pub codec: u64,
    pub phone: Bits,
    pub sender_phone: Option<Bits>,
    pub sender_name: Option<Text>,
    /// What follows the last field.
    pub entries: Bits,
}

impl ContactDraft {
    /// The plaintext in classes 2 and 3: more than six bytes.
    pub fn bits(&self) -> Bits {
        let mut bits = self.fields();
        while bits.len() <= 48 {
            bits.put(0, 1);
        }
        bits
    }

    /// Without fill.
    pub fn fields(&self) -> Bits {
        let mut bits = Bits::of(self.codec, 3);
        bits.append(&self.phone);
        bits.put(self.sender_phone.is_some().into(), 1).put(self.sender_name.is_some().into(), 1);
        if let Some(phone) = &self.sender_phone {
            bits.append(phone);
        }
        if let Some(name) = &self.sender_name {
            let mut coder = Coder::new(self.codec);
            name.write(&mut coder, true);
            bits.append(&coder.bits);
        }
        bits.append(&self.entries);
        bits
    }
}

/// Digits in groups of three, two and one.
pub fn groups(digits: &str) -> Bits {
    let mut bits = Bits::new();
    for group in digits.as_bytes().chunks(3) {
        let value = std::str::from_utf8(group).unwrap().parse().unwrap();
        bits.put(value, [0, 4, 7, 10][group.len()]);
    }
    bits
}

/// A phone in the first form that fits.
pub fn phone(text: &str) -> Bits {
    mobile(text)
        .or_else(|| phone_number(text).map(numbered))
        .or_else(|| dialled(text).filter(|_| !text.is_empty()))
        .unwrap_or_else(|| spelt(text))
}

/// A phone of form 1.
pub fn numbered(number: u64) -> Bits {
    Bits::of(1, 2).put(number, 48).clone()
}

/// The first number of each row of the format's table of phone numbers, and the first of none.
pub const PHONE_BASES: [u64; 5] =
    [0, 111_110_000_000_000, 222_221_111_111_110, 233_332_222_222_220, 245_430_987_654_320];

/// The number of a phone, by the format's table.
pub fn phone_number(text: &str) -> Option<u64> {
    let ten = |power: usize| 10u64.pow(power as u32);
    let shorter = |count: usize| (1..count).map(ten).sum::<u64>();
    let (front, back) = text.split_once('-').map_or((text, None), |(front, back)| (front, Some(back)));
    let back_number = back.map_or(Some(0), |back| number(back).filter(|_| !back.is_empty()))?;
    let back_len = back.map_or(0, str::len);
    if let Some(ten_digits) = front.strip_prefix('1').filter(|digits| digits.len() == 10)
        && let Some(d) = number(ten_digits)
        && back_len <= 4
    {
        let first = back.map_or(0, |_| [1, 11, 111, 1111][back_len - 1]);
        return Some((first + back_number) * ten(10) + d);
    }
    if let Some(digits) = text.strip_prefix('+') {
        let sound = (1..=14).contains(&digits.len());
        return number(digits).filter(|_| sound).map(|v| PHONE_BASES[1] + shorter(digits.len()) + v);
    }
    let front_number = number(front).filter(|_| !front.is_empty())?;
    if back.is_none() {
        let sound = front.len() <= 13;
        return sound.then(|| PHONE_BASES[2] + shorter(front.len()) + front_number);
    }
    let n = front.len() + back_len;
    let earlier: u64 = (2..n).map(|j| (j as u64 - 1) * ten(j)).sum();
    let before = (front.len() as u64 - 1) * ten(n.min(12));
    let value = front_number * ten(back_len.min(12)) + back_number;
    (n <= 12).then(|| PHONE_BASES[3] + earlier + before + value)
}

fn number(text: &str) -> Option<u64> {
    (text.len() <= 14 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

pub fn mobile(text: &str) -> Option<Bits> {
    let digits = text.strip_prefix('1').filter(|digits| digits.len() == 10)?;
    Some(Bits::of(0, 2).put(number(digits)?, 34).clone())
}

pub fn dialled(text: &str) -> Option<Bits> {
    let (plus, rest) = text.strip_prefix('+').map_or((false, text), |rest| (true, rest));
    let mut bits = Bits::of(2, 2).put(plus.into(), 1).clone();
    for character in rest.chars() {
        bits.put("0123456789- ().".find(character)? as u64, 4);
    }
    Some(bits.put(15, 4).clone())
}

pub fn spelt(text: &str) -> Bits {
    let bits = Bits::of(3, 2);
    text.bytes().chain([0]).fold(bits, |mut bits, byte| bits.put(byte.into(), 8).clone())
}
