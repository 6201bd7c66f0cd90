//! The plaintext of the delivery section: encoding and decoding.

use super::{
    content::{Delivery, Division},
    country::Country,
    division_code::DivisionCode,
    limits::{DELIVERY_MAX, TEXT_MAX, excess},
    malformed::Malformed,
    phone,
    printable::checked,
    sink::Sink,
    source::{FieldSource, split},
    text::{self, Codec, TextReader, TextWriter},
};
use crate::error::{Excess, Field, RecordSection, SealError};

/// Most digits of a packed postcode.
const POSTCODE_DIGITS: usize = 10;

/// Writes the canonical plaintext of `delivery` to `out`, zero-padded, and returns the number of bytes used.
///
/// # Errors
/// [`SealError::Empty`], [`SealError::Character`] for a field with a forbidden character; [`SealError::TooLong`] if
/// it does not fit.
pub fn encode_delivery(delivery: &Delivery<'_>, out: &mut [u8]) -> Result<usize, SealError> {
    let texts = texts(delivery);
    let total = check(&texts)?;
    let room = out.len().min(DELIVERY_MAX);
    let used = write_shortest(delivery, &texts, out).div_ceil(8);
    let Some(over) = excess(used, room).or(excess(total, TEXT_MAX)) else { return Ok(used) };
    out.fill(0);
    Err(SealError::TooLong(Excess::new(RecordSection::Delivery, longest_text(delivery), over)))
}

/// The field of a delivery section with the longest text: what to shorten first. Without the feature `fast` it is not looked
/// for: firmware has no room for it, and the detail is the longest of most addresses.
#[must_use]
#[cfg(not(feature = "fast"))]
pub const fn longest_text(_: &Delivery<'_>) -> Field {
    Field::Detail
}

/// The field of a delivery section with the longest text: what to shorten first.
#[must_use]
#[cfg(feature = "fast")]
pub fn longest_text(delivery: &Delivery<'_>) -> Field {
    let mut longest = (Field::Name, 0);
    // The three names of a division are one field.
    let mut division = 0;
    for (field, text) in FIELDS.into_iter().zip(texts(delivery)) {
        let mut length = text.len();
        if field == Field::Division {
            division += length;
            length = division;
        }
        if length > longest.1 {
            longest = (field, length);
        }
    }
    longest.0
}

/// The text fields in the order of the plaintext.
const FIELDS: [Field; 8] = [
    Field::Name,
    Field::Division,
    Field::Division,
    Field::Division,
    Field::Street,
    Field::Detail,
    Field::Note,
    Field::Postcode,
];

type Texts<'a> = [&'a str; FIELDS.len()];

/// The texts of [`FIELDS`]; the division's are empty if a code replaces them.
fn texts<'a>(delivery: &Delivery<'a>) -> Texts<'a> {
    let [province, city, district] = match delivery.division {
        Division::Code(_) => [""; 3],
        Division::Names { province, city, district } => [province, city, district],
    };
    let Delivery { name, street, detail, note, postcode, .. } = *delivery;
    [name, province, city, district, street, detail, note, postcode]
}

/// Checks each text, and returns the bytes of all.
fn check(texts: &Texts<'_>) -> Result<usize, SealError> {
    if texts[0].is_empty() {
        return Err(SealError::Empty(Field::Name));
    }
    let mut total = 0;
    for (field, text) in FIELDS.into_iter().zip(texts) {
        checked(field, text)?;
        total += text.len();
    }
    Ok(total)
}

/// Writes `delivery` in its shortest codec, and returns the length in bits.
fn write_shortest(delivery: &Delivery<'_>, texts: &Texts<'_>, out: &mut [u8]) -> usize {
    // Ideographs in name and detail: only UTF-8 and the two Chinese codecs can be the shortest.
    let eastern = |text: &str| text.chars().next().is_none_or(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    let few = delivery.country == Country::CN && eastern(delivery.name) && eastern(delivery.detail);
    let all = [Codec::Chinese, Codec::ChineseOnly, Codec::Plain, Codec::Latin, Codec::Script];
    let coded = in_codec(texts);
    // A device counts both: slower, but no further code.
    let shorter = if cfg!(feature = "fast") { chinese(&coded) } else { None };
    let shorter = shorter.map(|shorter| [shorter, Codec::Plain, Codec::Latin, Codec::Script]);
    let order = match &shorter {
        Some(order) if few => &order[..2],
        Some(order) => order,
        None if few => &all[..3],
        None => &all,
    };
    Codec::shortest(order, &coded, out, &|sink| head(delivery, texts, sink))
}

/// Which of the two Chinese codecs is shorter. They differ only in the table of the name, so usually the name
/// decides. It does not if the two tables leave different blocks current after it and a later text has a character
/// of one of them.
fn chinese(texts: &Texts<'_>) -> Option<Codec> {
    let [name, rest @ ..] = texts;
    let [own, shared] = [Codec::Chinese, Codec::ChineseOnly].map(|codec| {
        let mut sink = Sink::counter();
        let mut writer = TextWriter::new(codec, &mut sink);
        writer.put(name, true);
        let block = writer.block();
        (sink.bits(), block)
    });
    let touches = |text: &&str| text::touches(text, [own.1, shared.1]);
    let depends = own.1 != shared.1 && rest.iter().any(touches);
    let shorter = if own.0 <= shared.0 { Codec::Chinese } else { Codec::ChineseOnly };
    (!depends).then_some(shorter)
}

/// Writes the fields between the codec number and the texts.
fn head(delivery: &Delivery<'_>, texts: &Texts<'_>, sink: &mut Sink<'_>) {
    let [first, second] = delivery.country.0;
    if delivery.country == Country::CN {
        sink.put(0, 1);
    } else {
        sink.put(1, 1);
        sink.put((first - b'A').into(), 5);
        sink.put((second - b'A').into(), 5);
    }
    // The name is always present. A division code replaces the division's names.
    let flagged = match delivery.division {
        Division::Code(code) => {
            sink.put(0, 1);
            sink.put(code.number(), 20);
            &texts[4..]
        }
        Division::Names { .. } => {
            sink.put(1, 1);
            &texts[1..]
        }
    };
    for text in flagged {
        sink.put((!text.is_empty()).into(), 1);
    }
    let [.., postcode] = texts;
    if !postcode.is_empty() {
        let packed = packs(postcode.as_bytes());
        sink.put(packed.into(), 1);
        if packed {
            sink.put(postcode.len() as u32 - 1, 4);
            sink.digits(postcode.as_bytes());
        }
    }
}

/// The `texts` that a codec writes: all except a packed postcode, which becomes empty.
fn in_codec<'a>(texts: &Texts<'a>) -> Texts<'a> {
    let mut texts = *texts;
    let [.., postcode] = &mut texts;
    if packs(postcode.as_bytes()) {
        *postcode = "";
    }
    texts
}

/// Whether a postcode is packed as digits.
fn packs(postcode: &[u8]) -> bool {
    matches!(postcode.len(), 1..=POSTCODE_DIGITS) && postcode.iter().all(u8::is_ascii_digit)
}

/// A decoded delivery section: its codes, and the end offsets of its texts.
pub struct ReadDelivery {
    country: Country,
    code: Option<DivisionCode>,
    /// The packed postcode comes first if there is one, then the texts in the order of `FIELDS`.
    ends: [usize; 1 + FIELDS.len()],
}

/// Decodes a zero-padded plaintext. The texts are appended to `text`, [`TEXT_MAX`] bytes.
///
/// # Errors
/// [`Malformed`], as [`decode_delivery`].
#[inline(never)]
pub fn read_delivery(plain: &[u8], text: &mut [u8]) -> Result<ReadDelivery, Malformed> {
    let mut source = FieldSource::new(plain, text);
    let codec = Codec::take(&mut source);
    let mut country = Country::CN;
    if source.flag() {
        let letters = [b'A' + source.take(5) as u8, b'A' + source.take(5) as u8];
        country = Country::new(letters).unwrap_or(Country::CN);
        source.require(country != Country::CN);
    }
    let coded = !source.flag();
    let mut code = None;
    if coded {
        code = DivisionCode::new(source.take(20));
        source.require(code.is_some());
    }
    // In the order of `FIELDS`; a division code replaces the division's names.
    let mut present = [false; FIELDS.len()];
    present[0] = true;
    let (_, flagged) = present.split_at_mut(if coded { 4 } else { 1 });
    for flag in flagged {
        *flag = source.flag();
    }
    let [.., postcode] = &mut present;
    if *postcode && source.flag() {
        *postcode = false;
        let count = source.take(4) as usize + 1;
        source.require(count <= POSTCODE_DIGITS);
        phone::digits(&mut source, count);
    }
    let mut ends = [source.len(); 1 + FIELDS.len()];
    let mut reader = TextReader::new(codec);
    for (place, present) in present.into_iter().enumerate() {
        if present {
            reader.take(&mut source, place == 0);
        }
        ends[place + 1] = source.len();
    }
    // Canonical form: a postcode of digits must be packed.
    source.require(!packs(source.since(ends[FIELDS.len() - 1])));
    source.finish(&ends).map(|()| ReadDelivery { country, code, ends })
}

impl ReadDelivery {
    /// The delivery section, borrowed from the decoded texts.
    ///
    /// # Errors
    /// [`Malformed`] if `text` does not hold those texts.
    pub fn texts<'b>(&self, text: &'b [u8]) -> Result<Delivery<'b>, Malformed> {
        let mut parts = [""; 1 + FIELDS.len()];
        split(text, &self.ends, &mut parts)?;
        let [digits, name, province, city, district, street, detail, note, postcode] = parts;
        Ok(Delivery {
            name,
            country: self.country,
            postcode: if digits.is_empty() { postcode } else { digits },
            division: self.code.map_or(Division::Names { province, city, district }, Division::Code),
            street,
            detail,
            note,
        })
    }
}

/// Decodes a zero-padded plaintext into `text`, [`TEXT_MAX`] bytes. The result borrows it.
///
/// # Errors
/// [`Malformed`] for anything that [`encode_delivery`] cannot write. Its choices of codec and tokens are not
/// checked.
pub fn decode_delivery<'b>(plain: &[u8], text: &'b mut [u8]) -> Result<Delivery<'b>, Malformed> {
    read_delivery(plain, text)?.texts(text)
}
