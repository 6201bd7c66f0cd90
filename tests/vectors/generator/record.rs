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
            name: "欧阳修远".into(),
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
        let digits = self.postcode.bytes().all(|byte| byte.is_ascii_digit());
        let packed = digits && (1..=10).contains(&self.postcode.len());
        let postcode = match self.postcode.as_str() {
            "" => Postcode::None,
            digits if packed => Postcode::Packed(digits.len() as u64 - 1, groups(digits)),
            _ => Postcode::Text,
        };
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
}

#[derive(Clone)]
pub enum Postcode {
    None,
    Text,
    /// Number of digits less one, and their groups.
    Packed(u64, Bits),
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
            Postcode::Text => bits.put(0b10, 2),
            Postcode::Packed(count, groups) => bits.put(0b11, 2).put(*count, 4).append(groups),
        };
        let mut coder = Coder::new(self.codec);
        for (place, text) in self.texts.iter().enumerate() {
            text.write(&mut coder, place == 0);
        }
        bits.append(&coder.bits);
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
}

impl ContactDraft {
    pub fn bits(&self) -> Bits {
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
    mobile(text).or_else(|| landline(text)).or_else(|| dialled(text)).unwrap_or_else(|| spelt(text))
}

fn number(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

pub fn mobile(text: &str) -> Option<Bits> {
    let digits = text.strip_prefix('1').filter(|digits| digits.len() == 10)?;
    Some(Bits::of(0, 2).put(number(digits)?, 34).clone())
}

fn landline(text: &str) -> Option<Bits> {
    let rest = text.strip_prefix('0')?;
    let long = !rest.starts_with(['1', '2']);
    let (area, rest) = rest.split_at_checked(if long { 3 } else { 2 })?;
    let (hyphen, rest) = rest.strip_prefix('-').map_or((false, rest), |rest| (true, rest));
    let (line, extension) = rest.split_once('-').map_or((rest, None), |(line, ext)| (line, Some(ext)));
    let sound = number(area).is_some()
        && matches!(line.len(), 7 | 8)
        && extension.is_none_or(|ext| (1..=8).contains(&ext.len()) && number(ext).is_some());
    let line_number = number(line).filter(|_| sound)?;
    let mut bits = Bits::of(1, 2);
    for flag in [long, hyphen, line.len() == 8, extension.is_some()] {
        bits.put(flag.into(), 1);
    }
    bits.append(&groups(area)).put(line_number, if line.len() == 8 { 27 } else { 24 });
    if let Some(ext) = extension {
        bits.put(ext.len() as u64 - 1, 3).append(&groups(ext));
    }
    Some(bits)
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
