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
    text::fits(used, room).inspect_err(|_| out.fill(0))?;
    Ok(used)
}

/// The fields of the texts, in the order in which a plaintext has them.
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

/// The texts of [`FIELDS`]; those of the division are empty where a code stands for them.
fn texts<'a>(delivery: &Delivery<'a>) -> [&'a str; FIELDS.len()] {
    let [province, city, district] = match delivery.division {
        Division::Code(_) => [""; 3],
        Division::Names { province, city, district } => [province, city, district],
    };
    let Delivery { name, street, detail, note, postcode, .. } = *delivery;
    [name, province, city, district, street, detail, note, postcode]
}

fn check(delivery: &Delivery<'_>) -> Result<(), SealError> {
    if delivery.name.is_empty() {
        return Err(SealError::Empty(Field::Name));
    }
    let mut total = 0;
    for (field, text) in FIELDS.into_iter().zip(texts(delivery)) {
        text::checked(field, text)?;
        total += text.len();
    }
    text::fits(total, TEXT_MAX)
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
            let worth_it = |codec| match codec {
                Codec::Chinese | Codec::ChineseOnly => chinese.is_none_or(|shorter| codec == shorter),
                Codec::Plain => true,
                Codec::Latin | Codec::Script => !few,
            };
            let all = [Codec::Chinese, Codec::ChineseOnly, Codec::Plain, Codec::Latin, Codec::Script];
            let mut best = (usize::MAX, Codec::Plain);
            for codec in all.into_iter().filter(|&codec| worth_it(codec)) {
                let bits = count(delivery, codec);
                if bits < best.0 {
                    best = (bits, codec);
                }
            }
            best.1
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
    let mut texts = texts(delivery);
    // A name is always there, and a code leaves no names of the division.
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
    let [.., postcode] = &mut texts;
    if !postcode.is_empty() {
        let packed = packs(postcode);
        sink.put(packed.into(), 1);
        if packed {
            sink.put(postcode.len() as u32 - 1, 4);
            sink.digits(postcode.as_bytes());
            *postcode = "";
        }
    }
    let mut writer = Writer::new(codec, sink);
    for (place, text) in texts.into_iter().enumerate() {
        if !text.is_empty() {
            writer.put(text, place == 0);
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
#[inline(never)]
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
    // Of the texts in the order of `FIELDS`; a code leaves no names of the division.
    let mut present = [false; FIELDS.len()];
    present[0] = true;
    let (_, flagged) = present.split_at_mut(if code.is_some() { 4 } else { 1 });
    for flag in flagged {
        *flag = bits.take(1)? == 1;
    }
    let mut out = Output::new(text);
    let [.., postcode] = &mut present;
    if *postcode && bits.take(1)? == 1 {
        *postcode = false;
        let count = bits.take(4)? as usize + 1;
        if count > POSTCODE_DIGITS {
            return Err(Malformed);
        }
        phone::digits(&mut bits, count, &mut out)?;
    }
    // The packed postcode comes first, where there is one.
    let mut ends = [out.len(); 1 + FIELDS.len()];
    let mut reader = Reader::new(codec);
    for (place, present) in present.into_iter().enumerate() {
        if present {
            reader.take(&mut bits, &mut out, place == 0)?;
        }
        ends[place + 1] = out.len();
    }
    text::end(&mut bits)?;
    let mut texts = [""; 1 + FIELDS.len()];
    out.finish(&ends, &mut texts)?;
    let [digits, name, province, city, district, street, detail, note, postcode] = texts;
    if packs(postcode) {
        return Err(Malformed);
    }
    Ok(Delivery {
        name,
        country,
        postcode: if digits.is_empty() { postcode } else { digits },
        division: code.map_or(Division::Names { province, city, district }, Division::Code),
        street,
        detail,
        note,
    })
}
