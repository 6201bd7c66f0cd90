//! The delivery plaintext: name, address, note.
//!
//! ```text
//! codec 3 bits ‖ abroad 1 ‖ coded 1 ‖ country 10 bits if abroad ‖ code 20 bits if coded ‖ fields
//! ```
//!
//! The country is two letters of five bits, absent for China. The fields are name, detail, street, note,
//! postcode, then province, city and district if the division is not coded; empty ones at the end are
//! left out.
//!
//! Between two fields stands the character `1F`, behind the last `00`, then zero bits to the end.
//!
//! | codec | a character |
//! |---|---|
//! | 0 | UTF-8 |
//! | 1 | `0` and 7 bits for U+0000 to U+007F; `10` and 15 bits for U+3000 to U+AFFF, less U+3000; `11` and 21 bits for the rest |

use super::text::{self, Collector, END, NEXT};
use super::{Country, Delivery, Division, DivisionCode, Malformed};
use crate::bytes::{BitReader, BitWriter, Full};
use crate::error::{Field, SealError};

/// How the characters of the fields are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Codec {
    /// Plain UTF-8, which always works: shortest for scripts of two bytes a letter.
    Utf8 = 0,
    /// Seventeen bits for an ideograph, a kana or a hangul syllable of the first third.
    Planes = 1,
}

/// What codec 1 writes in fifteen bits.
const EASTERN: core::ops::RangeInclusive<u32> = 0x3000..=0xafff;

/// Fields of a record, in the order written.
const FIELDS: usize = 8;

/// Writes the delivery plaintext at the start of `out`, makes the rest zero, and returns the bytes used.
///
/// # Errors
/// [`SealError`] for a field that no label may carry, or a record that does not fit.
pub fn encode_delivery(delivery: &Delivery<'_>, out: &mut [u8]) -> Result<usize, SealError> {
    if delivery.name.is_empty() {
        return Err(SealError::Empty(Field::Name));
    }
    let (code, [province, city, district]) = match delivery.division {
        Division::Code(code) => (Some(code), [""; 3]),
        Division::Names { province, city, district } => (None, [province, city, district]),
    };
    let fields = [
        (Field::Name, delivery.name),
        (Field::Detail, delivery.detail),
        (Field::Street, delivery.street),
        (Field::Note, delivery.note),
        (Field::Postcode, delivery.postcode),
        (Field::Division, province),
        (Field::Division, city),
        (Field::Division, district),
    ];
    for (field, value) in fields {
        text::check(field, value)?;
    }
    let total: usize = fields.iter().map(|(_, value)| value.len() + 1).sum();
    let too_long = |room: usize| SealError::TooLong(total.saturating_sub(room).clamp(1, 0xffff) as u16);
    if total > super::TEXT_MAX {
        return Err(too_long(out.len()));
    }
    let room = out.len();
    let values = fields.map(|(_, value)| value);
    let size = |codec: Codec| -> u32 {
        values.iter().flat_map(|value| value.chars()).map(|character| codec.bits(character)).sum()
    };
    let codec = if size(Codec::Planes) < size(Codec::Utf8) { Codec::Planes } else { Codec::Utf8 };
    let mut bits = BitWriter::new(out);
    match write(&mut bits, codec, delivery.country, code, &values) {
        Ok(()) => Ok(bits.len().div_ceil(8)),
        Err(Full) => Err(too_long(room)),
    }
}

fn write(
    bits: &mut BitWriter<'_>,
    codec: Codec,
    country: Country,
    code: Option<DivisionCode>,
    fields: &[&str; FIELDS],
) -> Result<(), Full> {
    bits.put(codec as u32, 3)?;
    bits.put(u32::from(country != Country::CN), 1)?;
    bits.put(u32::from(code.is_some()), 1)?;
    if country != Country::CN {
        for letter in country.as_str().bytes() {
            bits.put(u32::from(letter - b'A'), 5)?;
        }
    }
    if let Some(code) = code {
        bits.put(code.number(), 20)?;
    }
    let used = FIELDS - fields.iter().rev().take_while(|field| field.is_empty()).count();
    for (place, field) in fields[..used].iter().enumerate() {
        if place > 0 {
            codec.put(bits, char::from(NEXT))?;
        }
        field.chars().try_for_each(|character| codec.put(bits, character))?;
    }
    codec.put(bits, char::from(END))
}

/// Reads a delivery plaintext; its text goes into `text`, [`TEXT_MAX`](super::TEXT_MAX) bytes.
///
/// # Errors
/// [`Malformed`] for what no encoder writes.
pub fn decode_delivery<'b>(plain: &[u8], text: &'b mut [u8]) -> Result<Delivery<'b>, Malformed> {
    let mut bits = BitReader::new(plain);
    let codec = match bits.take(3)? {
        0 => Codec::Utf8,
        1 => Codec::Planes,
        _ => return Err(Malformed),
    };
    let abroad = bits.take(1)? == 1;
    let coded = bits.take(1)? == 1;
    let country = if abroad {
        let letters = [bits.take(5)? as u8 + b'A', bits.take(5)? as u8 + b'A'];
        Country::new(letters).filter(|country| *country != Country::CN).ok_or(Malformed)?
    } else {
        Country::CN
    };
    let code = if coded { Some(DivisionCode::new(bits.take(20)?).ok_or(Malformed)?) } else { None };
    let fields = read_fields(codec, &mut bits, &mut Collector::new(text))?;
    while bits.left() > 0 {
        if bits.take(bits.left().min(32) as u32)? != 0 {
            return Err(Malformed);
        }
    }
    let [name, detail, street, note, postcode, province, city, district] = fields;
    let has_names = !(province.is_empty() && city.is_empty() && district.is_empty());
    if name.is_empty() || (coded && has_names) {
        return Err(Malformed);
    }
    let division = match code {
        Some(code) => Division::Code(code),
        None => Division::Names { province, city, district },
    };
    Ok(Delivery { name, country, postcode, division, street, detail, note })
}

fn read_fields<'b>(
    codec: Codec,
    bits: &mut BitReader<'_>,
    text: &mut Collector<'b>,
) -> Result<[&'b str; FIELDS], Malformed> {
    let mut fields = [""; FIELDS];
    let mut place = 0;
    loop {
        let Some(end) = codec.take(bits, text)? else { continue };
        *fields.get_mut(place).ok_or(Malformed)? = text.field()?;
        if end == END {
            // Empty fields at the end are left out.
            return if fields[place].is_empty() { Err(Malformed) } else { Ok(fields) };
        }
        place += 1;
    }
}

impl Codec {
    /// Bits that a character takes.
    fn bits(self, character: char) -> u32 {
        match self {
            Self::Utf8 => character.len_utf8() as u32 * 8,
            Self::Planes if character.is_ascii() => 8,
            Self::Planes if EASTERN.contains(&u32::from(character)) => 17,
            Self::Planes => 23,
        }
    }

    fn put(self, bits: &mut BitWriter<'_>, character: char) -> Result<(), Full> {
        let point = u32::from(character);
        match self {
            Self::Utf8 => {
                let mut bytes = [0; 4];
                let text = character.encode_utf8(&mut bytes);
                text.bytes().try_for_each(|byte| bits.put(u32::from(byte), 8))
            }
            Self::Planes if point < 0x80 => bits.put(point, 8),
            Self::Planes if EASTERN.contains(&point) => bits.put(0b10 << 15 | (point - EASTERN.start()), 17),
            Self::Planes => bits.put(0b11 << 21 | point, 23),
        }
    }

    /// Takes one character, or one byte of it, into `text`; or the mark that ends a field.
    fn take(self, bits: &mut BitReader<'_>, text: &mut Collector<'_>) -> Result<Option<u8>, Malformed> {
        let point = match self {
            Self::Utf8 => match bits.take(8)? as u8 {
                end @ (END | NEXT) => return Ok(Some(end)),
                // Whether the bytes are UTF-8 is checked when the field is cut.
                byte => return text.push(byte).map(|()| None),
            },
            Self::Planes if bits.take(1)? == 0 => bits.take(7)?,
            Self::Planes if bits.take(1)? == 0 => EASTERN.start() + bits.take(15)?,
            Self::Planes => match bits.take(21)? {
                point if point < 0x80 || EASTERN.contains(&point) => return Err(Malformed),
                point => point,
            },
        };
        if point == u32::from(END) || point == u32::from(NEXT) {
            return Ok(Some(point as u8));
        }
        let mut bytes = [0; 4];
        let character = char::from_u32(point).ok_or(Malformed)?.encode_utf8(&mut bytes);
        character.bytes().try_for_each(|byte| text.push(byte))?;
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{DELIVERY_MAX, TEXT_MAX};

    #[test]
    fn a_record_comes_back_and_its_fill_must_be_zero() {
        let record = Delivery {
            name: "欧阳修远",
            country: Country::CN,
            postcode: "",
            division: Division::Code(DivisionCode::new(330_624).unwrap()),
            street: "羽林街道",
            detail: "天峰东湾58号3单元501室",
            note: "",
        };
        let mut plain = [0xee; DELIVERY_MAX];
        let used = encode_delivery(&record, &mut plain).unwrap();
        let mut text = [0; TEXT_MAX];
        let back = decode_delivery(&plain, &mut text).unwrap();
        assert_eq!((back.name, back.street, back.detail), (record.name, record.street, record.detail));
        assert!(matches!(back.division, Division::Code(code) if code.number() == 330_624));
        let mut text = [0; TEXT_MAX];
        assert!(decode_delivery(&plain[..used], &mut text).is_ok());
        for place in used..DELIVERY_MAX {
            let mut other = plain;
            other[place] = 1;
            assert_eq!(decode_delivery(&other, &mut [0; TEXT_MAX]).unwrap_err(), Malformed, "{place}");
        }
    }

    #[test]
    fn every_script_comes_back_and_longer_forms_do_not() {
        for name in ["O'Brien", "Иван Петров", "山田太郎", "김민수", "محمد علي", "㛃䶮𬎆", "สมชาย", "😀"]
        {
            let division = Division::Names { province: "省", city: "", district: "區" };
            let country = Country::new(*b"JP").unwrap();
            let record =
                Delivery { name, country, postcode: "150-0041", division, street: "", detail: "1", note: "" };
            let mut plain = [0; DELIVERY_MAX];
            encode_delivery(&record, &mut plain).unwrap();
            let mut text = [0; TEXT_MAX];
            let back = decode_delivery(&plain, &mut text).unwrap();
            assert_eq!((back.name, back.postcode, back.country), (name, "150-0041", country));
            assert!(matches!(back.division, Division::Names { province: "省", city: "", district: "區" }));
        }
        // Codec 1, China, not coded, then `11` and the 21 bits of an ASCII letter or an ideograph.
        for point in [0x41, 0x4e00, 0x11_0000, 0xd800] {
            let mut plain = [0; 16];
            let mut bits = BitWriter::new(&mut plain);
            bits.put(0b00100, 5).unwrap();
            bits.put(0b11 << 21 | point, 23).unwrap();
            assert_eq!(decode_delivery(&plain, &mut [0; TEXT_MAX]).unwrap_err(), Malformed, "{point:x}");
        }
    }

    #[test]
    fn characters_that_rewrite_a_screen_are_refused() {
        let record = |note| Delivery {
            name: "王芳",
            country: Country::CN,
            postcode: "",
            division: Division::Names { province: "", city: "", district: "" },
            street: "",
            detail: "",
            note,
        };
        for note in ["a\u{202e}b", "a\nb", "\u{1b}[2J", "\u{fffe}", "\u{1f}"] {
            let result = encode_delivery(&record(note), &mut [0; DELIVERY_MAX]);
            assert_eq!(result, Err(SealError::Character(Field::Note)));
        }
    }
}
