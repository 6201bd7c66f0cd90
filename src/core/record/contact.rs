//! The contact section's plaintext.

use super::{
    content::Contact,
    limits::{self, CONTACT_SIZES},
    malformed::Malformed,
    phone,
    printable::checked,
    sink::Sink,
    source::{FieldSource, split},
    text::{Codec, TextReader},
};
use crate::error::{Field, SealError};

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
    checked(Field::Phone, contact.phone)?;
    checked(Field::SenderPhone, contact.sender_phone)?;
    checked(Field::SenderName, contact.sender_name)?;
    let room = out.len().min(CONTACT_SIZES[2]);
    let all = [Codec::Chinese, Codec::ChineseOnly, Codec::Latin, Codec::Script, Codec::Plain];
    // Without a name there is nothing that a codec could shorten.
    let order = if contact.sender_name.is_empty() { &all[4..] } else { &all };
    let bits = Codec::shortest(order, &[contact.sender_name], out, &|sink| head(contact, sink));
    let used = bits.div_ceil(8);
    limits::fits(used, room).inspect_err(|_| out.fill(0))?;
    Ok(used)
}

/// Writes what stands between the codec's number and the sender's name.
fn head(contact: &Contact<'_>, sink: &mut Sink<'_>) {
    phone::encode(contact.phone, sink);
    sink.put((!contact.sender_phone.is_empty()).into(), 1);
    sink.put((!contact.sender_name.is_empty()).into(), 1);
    if !contact.sender_phone.is_empty() {
        phone::encode(contact.sender_phone, sink);
    }
}

/// Where the texts of a contact section end.
pub struct ReadContact([usize; 3]);

/// Reads a zero-filled plaintext; its texts go to `text`, one after another.
///
/// # Errors
/// [`Malformed`], as [`decode_contact`].
#[inline(never)]
pub fn read_contact(plain: &[u8], text: &mut [u8]) -> Result<ReadContact, Malformed> {
    let mut source = FieldSource::new(plain, text);
    let codec = Codec::take(&mut source);
    phone::decode(&mut source);
    let phone_end = source.len();
    let has_phone = source.flag();
    let has_name = source.flag();
    if has_phone {
        phone::decode(&mut source);
    }
    let sender_end = source.len();
    if has_name {
        TextReader::new(codec).take(&mut source, true);
    } else {
        source.require(codec == Codec::Plain);
    }
    let ends = ReadContact([phone_end, sender_end, source.len()]);
    source.finish(&ends.0).map(|()| ends)
}

impl ReadContact {
    /// The contact, of the texts that were written.
    ///
    /// # Errors
    /// [`Malformed`] if they are other texts.
    pub fn texts<'b>(&self, text: &'b [u8]) -> Result<Contact<'b>, Malformed> {
        let mut parts = [""; 3];
        split(text, &self.0, &mut parts)?;
        let [phone, sender_phone, sender_name] = parts;
        Ok(Contact { phone, sender_phone, sender_name })
    }
}

/// Reads a zero-filled plaintext; its texts go to `text`, and the result borrows them.
///
/// # Errors
/// [`Malformed`] for anything that [`encode_contact`] does not write, but for its choice of codec and of
/// tokens.
pub fn decode_contact<'b>(plain: &[u8], text: &'b mut [u8]) -> Result<Contact<'b>, Malformed> {
    read_contact(plain, text)?.texts(text)
}
