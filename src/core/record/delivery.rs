//! The plaintext of the delivery section: encoding and decoding.

use super::{
    content::{Delivery, Division},
    country::Country,
    decode_error::DecodeError,
    division_code::DivisionCode,
    entries::EntryKinds,
    limits::{DELIVERY_MAX, TEXT_MAX, excess},
    postcode,
    printable::checked,
    sink::Sink,
    source::{FieldSource, split},
    text::{AllowedCodecs, Codec, TextReader},
};
use crate::error::{Excess, Field, RecordSection, SealError};

/// Writes the canonical plaintext of `delivery` to `out`, zero-padded, and returns the number of bytes used.
///
/// # Errors
/// [`SealError::Empty`], [`SealError::Character`] for a field with a forbidden character; [`SealError::TooLong`] if
/// it does not fit.
pub fn encode_delivery(delivery: &Delivery<'_>, out: &mut [u8]) -> Result<usize, SealError> {
    let texts = texts(delivery);
    let total = check(&texts)?;
    let room = out.len().min(DELIVERY_MAX);
    let bits = if Codec::takes(&texts) {
        Codec::shortest(&in_codec(&texts), AllowedCodecs::of(delivery.country), out, &|sink| {
            head(delivery, &texts, sink)
        })
    } else {
        Codec::about(&texts)
    };
    let used = bits.div_ceil(8);
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
    let [.., code] = texts;
    if !code.is_empty() {
        postcode::encode(code.as_bytes(), sink);
    }
}

/// The `texts` that a codec writes: all except a packed postcode, which becomes empty.
fn in_codec<'a>(texts: &Texts<'a>) -> Texts<'a> {
    let mut texts = *texts;
    let [.., code] = &mut texts;
    if postcode::packs(code.as_bytes()) {
        *code = "";
    }
    texts
}

/// A decoded delivery section: its codes, the end offsets of its texts, and the entries that were skipped.
pub struct ReadDelivery {
    country: Country,
    code: Option<DivisionCode>,
    /// The packed postcode comes first if there is one, then the texts in the order of `FIELDS`.
    ends: [usize; 1 + FIELDS.len()],
    skipped: EntryKinds,
}

/// Decodes a zero-padded plaintext. The texts are appended to `text`, [`TEXT_MAX`] bytes.
///
/// # Errors
/// As [`decode_delivery`].
#[inline(never)]
pub fn read_delivery(plain: &[u8], text: &mut [u8]) -> Result<ReadDelivery, DecodeError> {
    let mut source = FieldSource::new(plain, text);
    let codec = Codec::take(&mut source)?;
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
    let [.., code_present] = &mut present;
    if *code_present {
        *code_present = postcode::decode(&mut source);
    }
    let mut ends = [source.len(); 1 + FIELDS.len()];
    let mut reader = TextReader::new(codec);
    for (place, present) in present.into_iter().enumerate() {
        if present {
            reader.take(&mut source, place == 0);
        }
        ends[place + 1] = source.len();
    }
    // Canonical form: a postcode that can be packed must be.
    source.require(!postcode::packs(source.since(ends[FIELDS.len() - 1])));
    source.finish(&ends).map(|skipped| ReadDelivery { country, code, ends, skipped })
}

impl ReadDelivery {
    /// The delivery section, borrowed from the decoded texts.
    ///
    /// # Errors
    /// [`DecodeError::Malformed`] if `text` does not hold those texts.
    pub fn texts<'b>(&self, text: &'b [u8]) -> Result<Delivery<'b>, DecodeError> {
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

    /// The entries that were skipped.
    #[must_use]
    pub const fn skipped(&self) -> EntryKinds {
        self.skipped
    }
}

/// Decodes a zero-padded plaintext into `text`, [`TEXT_MAX`] bytes. The result borrows it.
///
/// # Errors
/// [`DecodeError::Malformed`] for anything that [`encode_delivery`] cannot write, entries apart. Its choices of codec
/// and tokens are not checked. [`DecodeError::Unsupported`] for what a later version writes.
pub fn decode_delivery<'b>(plain: &[u8], text: &'b mut [u8]) -> Result<Delivery<'b>, DecodeError> {
    read_delivery(plain, text)?.texts(text)
}
