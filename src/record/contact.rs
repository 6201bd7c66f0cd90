//! The contact section's plaintext.

use super::{
    CONTACT_SIZES, Contact, Malformed, phone,
    sink::Sink,
    text::{self, Codec, Output, Reader, Writer},
};
use crate::{
    bytes::BitReader,
    error::{Field, SealError},
};

/// Writes the canonical plaintext of `contact` at the start of `out` and zeros after it; returns the bytes
/// used, at most the last of [`CONTACT_SIZES`].
///
/// # Errors
/// [`SealError::Empty`], [`SealError::Character`] for a field no label may carry; [`SealError::TooLong`]
/// if it does not fit.
pub fn encode_contact(contact: &Contact<'_>, out: &mut [u8]) -> Result<usize, SealError> {
    if contact.phone.is_empty() {
        return Err(SealError::Empty(Field::Phone));
    }
    text::checked(Field::Phone, contact.phone)?;
    text::checked(Field::SenderPhone, contact.sender_phone)?;
    text::checked(Field::SenderName, contact.sender_name)?;
    let codec = best(contact.sender_name);
    let room = out.len().min(CONTACT_SIZES[2]);
    let mut sink = Sink::new(out);
    sink.put(codec as u32, Codec::BITS);
    phone::encode(contact.phone, &mut sink);
    sink.put((!contact.sender_phone.is_empty()).into(), 1);
    sink.put((!contact.sender_name.is_empty()).into(), 1);
    if !contact.sender_phone.is_empty() {
        phone::encode(contact.sender_phone, &mut sink);
    }
    if !contact.sender_name.is_empty() {
        Writer::new(codec, &mut sink).put(contact.sender_name, true);
    }
    let used = sink.bits().div_ceil(8);
    text::fits(used, room).inspect_err(|_| out.fill(0))?;
    Ok(used)
}

fn best(name: &str) -> Codec {
    let mut best = (usize::MAX, Codec::Plain);
    if name.is_empty() {
        return best.1;
    }
    for codec in [Codec::Chinese, Codec::ChineseOnly, Codec::Latin, Codec::Script, Codec::Plain] {
        let mut sink = Sink::counter();
        Writer::new(codec, &mut sink).put(name, true);
        if sink.bits() < best.0 {
            best = (sink.bits(), codec);
        }
    }
    best.1
}

/// Reads a zero-filled plaintext; its texts go to `text`, and the result borrows them.
///
/// # Errors
/// [`Malformed`] for anything that [`encode_contact`] does not write, but for its choice of codec and of
/// tokens.
#[inline(never)]
pub fn decode_contact<'b>(plain: &[u8], text: &'b mut [u8]) -> Result<Contact<'b>, Malformed> {
    let mut bits = BitReader::new(plain);
    let mut out = Output::new(text);
    let codec = Codec::take(&mut bits)?;
    phone::decode(&mut bits, &mut out)?;
    let phone_end = out.len();
    let has_phone = bits.take(1)? == 1;
    let has_name = bits.take(1)? == 1;
    if has_phone {
        phone::decode(&mut bits, &mut out)?;
    }
    let sender_end = out.len();
    if has_name {
        Reader::new(codec).take(&mut bits, &mut out, true)?;
    } else if codec != Codec::Plain {
        return Err(Malformed);
    }
    text::end(&mut bits)?;
    let name_end = out.len();
    let mut texts = [""; 3];
    out.finish(&[phone_end, sender_end, name_end], &mut texts)?;
    let [phone, sender_phone, sender_name] = texts;
    Ok(Contact { phone, sender_phone, sender_name })
}
