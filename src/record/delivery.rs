//! The delivery section's plaintext.

use super::{
    Country, DELIVERY_MAX, Delivery, Division, DivisionCode, Malformed, TEXT_MAX, phone,
    sink::Sink,
    text::{self, Codec, Output, Reader, Writer},
};
use crate::{
    bytes::BitReader,
    error::{Field, SealError},
};
use core::ops::Range;

/// Most digits of a packed postcode.
const POSTCODE_DIGITS: usize = 10;

/// Writes the canonical plaintext of `delivery` at the start of `out` and zeros after it; returns the
/// bytes used.
///
/// # Errors
/// [`SealError::Empty`], [`SealError::Character`] for a field no label may carry; [`SealError::TooLong`]
/// if it does not fit.
pub fn encode_delivery(delivery: &Delivery<'_>, out: &mut [u8]) -> Result<usize, SealError> {
    check(delivery)?;
    let room = out.len().min(DELIVERY_MAX);
    let used = write_shortest(delivery, out).div_ceil(8);
    match used.checked_sub(room) {
        None | Some(0) => Ok(used),
        Some(over) => {
            out.fill(0);
            Err(SealError::TooLong(over.min(u16::MAX.into()) as u16))
        }
    }
}

fn check(delivery: &Delivery<'_>) -> Result<(), SealError> {
    if delivery.name.is_empty() {
        return Err(SealError::Empty(Field::Name));
    }
    let (province, city, district) = names(delivery);
    let mut total = 0;
    for (field, text) in [
        (Field::Name, delivery.name),
        (Field::Postcode, delivery.postcode),
        (Field::Division, province),
        (Field::Division, city),
        (Field::Division, district),
        (Field::Street, delivery.street),
        (Field::Detail, delivery.detail),
        (Field::Note, delivery.note),
    ] {
        text::checked(field, text)?;
        total += text.len();
    }
    match total.checked_sub(TEXT_MAX) {
        None | Some(0) => Ok(()),
        Some(over) => Err(SealError::TooLong(over.min(u16::MAX.into()) as u16)),
    }
}

fn names<'a>(delivery: &Delivery<'a>) -> (&'a str, &'a str, &'a str) {
    match delivery.division {
        Division::Code(_) => ("", "", ""),
        Division::Names { province, city, district } => (province, city, district),
    }
}

/// Writes `delivery` in the codec that is shortest for it, the first of equals, and returns the bits.
fn write_shortest(delivery: &Delivery<'_>, out: &mut [u8]) -> usize {
    let chinese = chinese(delivery.name);
    // Ideographs in name and detail: only the two Chinese codecs and UTF-8 are worth counting.
    let eastern = |text: &str| text.chars().next().is_none_or(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    let few = delivery.country == Country::CN && eastern(delivery.name) && eastern(delivery.detail);
    let codec = match chinese {
        // Nearly every record: written at once, and again only where UTF-8 turns out shorter.
        Some(codec) if few => codec,
        _ => {
            let own = chinese.map_or([Codec::Chinese, Codec::ChineseOnly], |codec| [codec; 2]);
            let own = own.iter().take(if chinese.is_some() { 1 } else { 2 });
            let other = [Codec::Plain, Codec::Latin, Codec::Script];
            let other = other.iter().take(if few { 1 } else { 3 });
            // Of equals `min_by_key` takes the first.
            own.chain(other).copied().min_by_key(|codec| count(delivery, *codec)).unwrap_or(Codec::Plain)
        }
    };
    let mut sink = Sink::new(out);
    write(delivery, codec, &mut sink);
    let bits = sink.bits();
    if count(delivery, Codec::Plain) >= bits {
        return bits;
    }
    let mut sink = Sink::new(out);
    write(delivery, Codec::Plain, &mut sink);
    sink.bits()
}

fn count(delivery: &Delivery<'_>, codec: Codec) -> usize {
    let mut sink = Sink::counter();
    write(delivery, codec, &mut sink);
    sink.bits()
}

/// Which of the two Chinese codecs is the shorter one. They differ in the table of the name alone, so the
/// name decides; not where it leaves another block at hand in each, on which the other texts depend.
fn chinese(name: &str) -> Option<Codec> {
    let [own, shared] = [Codec::Chinese, Codec::ChineseOnly].map(|codec| {
        let mut sink = Sink::counter();
        let mut writer = Writer::new(codec, &mut sink);
        writer.put(name, true);
        let block = writer.block();
        (sink.bits(), block)
    });
    let shorter = if own.0 <= shared.0 { Codec::Chinese } else { Codec::ChineseOnly };
    (own.1 == shared.1).then_some(shorter)
}

fn write(delivery: &Delivery<'_>, codec: Codec, sink: &mut Sink<'_>) {
    sink.put(codec as u32, Codec::BITS);
    let [first, second] = delivery.country.0;
    if delivery.country == Country::CN {
        sink.put(0, 1);
    } else {
        sink.put(1, 1);
        sink.put((first - b'A').into(), 5);
        sink.put((second - b'A').into(), 5);
    }
    match delivery.division {
        Division::Code(code) => {
            sink.put(0, 1);
            sink.put(code.number(), 20);
        }
        Division::Names { province, city, district } => {
            sink.put(1, 1);
            for name in [province, city, district] {
                sink.put((!name.is_empty()).into(), 1);
            }
        }
    }
    for text in [delivery.street, delivery.detail, delivery.note, delivery.postcode] {
        sink.put((!text.is_empty()).into(), 1);
    }
    let packed = packs(delivery.postcode);
    if !delivery.postcode.is_empty() {
        sink.put(packed.into(), 1);
        if packed {
            sink.put(delivery.postcode.len() as u32 - 1, 4);
            sink.digits(delivery.postcode.as_bytes());
        }
    }
    let mut writer = Writer::new(codec, sink);
    writer.put(delivery.name, true);
    let (province, city, district) = names(delivery);
    let postcode = if packed { "" } else { delivery.postcode };
    for text in [province, city, district, delivery.street, delivery.detail, delivery.note, postcode] {
        if !text.is_empty() {
            writer.put(text, false);
        }
    }
}

/// Whether a postcode is written as digits.
fn packs(postcode: &str) -> bool {
    matches!(postcode.len(), 1..=POSTCODE_DIGITS) && postcode.bytes().all(|byte| byte.is_ascii_digit())
}

/// Reads a zero-filled plaintext; its texts go to `text`, [`TEXT_MAX`] bytes, and the result borrows them.
///
/// # Errors
/// [`Malformed`] for anything that [`encode_delivery`] does not write, but for its choice of codec and of
/// tokens.
pub fn decode_delivery<'b>(plain: &[u8], text: &'b mut [u8]) -> Result<Delivery<'b>, Malformed> {
    let mut bits = BitReader::new(plain);
    let codec = Codec::take(&mut bits)?;
    let country = if bits.take(1)? == 0 {
        Country::CN
    } else {
        let (first, second) = (bits.take(5)? as u8, bits.take(5)? as u8);
        let country = Country::new([b'A' + first, b'A' + second]).ok_or(Malformed)?;
        if country == Country::CN {
            return Err(Malformed);
        }
        country
    };
    let code =
        if bits.take(1)? == 0 { Some(DivisionCode::new(bits.take(20)?).ok_or(Malformed)?) } else { None };
    let mut present = [false; 7];
    let [province, city, district, street, detail, note, postcode] = &mut present;
    if code.is_none() {
        for name in [province, city, district] {
            *name = bits.take(1)? == 1;
        }
    }
    for field in [street, detail, note] {
        *field = bits.take(1)? == 1;
    }
    let mut out = Output::new(text);
    let mut packed_postcode = 0..0;
    if bits.take(1)? == 1 {
        if bits.take(1)? == 1 {
            let count = bits.take(4)? as usize + 1;
            if count > POSTCODE_DIGITS {
                return Err(Malformed);
            }
            phone::digits(&mut bits, count, &mut out)?;
            packed_postcode = 0..out.len();
        } else {
            *postcode = true;
        }
    }
    let mut reader = Reader::new(codec);
    let mut field = |present: bool, name: bool| -> Result<Range<usize>, Malformed> {
        let start = out.len();
        if present {
            reader.take(&mut bits, &mut out, name)?;
        }
        Ok(start..out.len())
    };
    let name = field(true, true)?;
    let mut ranges = [const { 0..0 }; 7];
    for (range, present) in ranges.iter_mut().zip(present) {
        *range = field(present, false)?;
    }
    text::end(&mut bits)?;
    let text = out.finish()?;
    let slice = |range: &Range<usize>| text.get(range.clone()).ok_or(Malformed);
    let [province, city, district, street, detail, note, postcode] = &ranges;
    let postcode = if present[6] {
        let postcode = slice(postcode)?;
        if packs(postcode) {
            return Err(Malformed);
        }
        postcode
    } else {
        slice(&packed_postcode)?
    };
    Ok(Delivery {
        name: slice(&name)?,
        country,
        postcode,
        division: match code {
            Some(code) => Division::Code(code),
            None => {
                Division::Names { province: slice(province)?, city: slice(city)?, district: slice(district)? }
            }
        },
        street: slice(street)?,
        detail: slice(detail)?,
        note: slice(note)?,
    })
}
