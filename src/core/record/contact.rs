//! The plaintext of the contact section: encoding and decoding.

use super::{
    content::Contact,
    limits::{CONTACT_SIZES, excess},
    malformed::Malformed,
    phone,
    printable::checked,
    sink::Sink,
    source::{FieldSource, split},
    text::{Codec, TextReader},
};
use crate::error::{Excess, Field, RecordSection, SealError};

/// Writes the canonical plaintext of `contact` to `out`, zero-padded, and returns the number of bytes used, at most
/// the last of [`CONTACT_SIZES`].
///
/// # Errors
/// [`SealError::Empty`], [`SealError::Character`] for a field with a forbidden character; [`SealError::TooLong`] if
/// it does not fit.
pub fn encode_contact(contact: &Contact<'_>, out: &mut [u8]) -> Result<usize, SealError> {
    if contact.phone.is_empty() {
        return Err(SealError::Empty(Field::Phone));
    }
    checked(Field::Phone, contact.phone)?;
    checked(Field::SenderPhone, contact.sender_phone)?;
    checked(Field::SenderName, contact.sender_name)?;
    let room = out.len().min(CONTACT_SIZES[2]);
    let all = [Codec::Chinese, Codec::ChineseOnly, Codec::Latin, Codec::Script, Codec::Plain];
    // Without a name there is no text that a codec could shorten.
    let order = if contact.sender_name.is_empty() { &all[4..] } else { &all };
    let bits = Codec::shortest(order, &[contact.sender_name], out, &|sink| head(contact, sink));
    let used = bits.div_ceil(8);
    let Some(over) = excess(used, room) else { return Ok(used) };
    out.fill(0);
    Err(SealError::TooLong(Excess::new(RecordSection::Contact, longest(contact), over)))
}

/// The field that takes the most room. The phone of the recipient is the first to be at fault, since it cannot be left out.
fn longest(contact: &Contact<'_>) -> Field {
    let mut longest = (Field::Phone, contact.phone.len());
    for (field, text) in
        [(Field::SenderPhone, contact.sender_phone), (Field::SenderName, contact.sender_name)]
    {
        if text.len() > longest.1 {
            longest = (field, text.len());
        }
    }
    longest.0
}

/// Writes the fields between the codec number and the sender's name.
fn head(contact: &Contact<'_>, sink: &mut Sink<'_>) {
    phone::encode(contact.phone, sink);
    sink.put((!contact.sender_phone.is_empty()).into(), 1);
    sink.put((!contact.sender_name.is_empty()).into(), 1);
    if !contact.sender_phone.is_empty() {
        phone::encode(contact.sender_phone, sink);
    }
}

/// The end offsets of a contact section's texts.
pub struct ReadContact([usize; 3]);

/// Decodes a zero-padded plaintext. The texts are appended to `text`.
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
    /// The contact, borrowed from the decoded texts.
    ///
    /// # Errors
    /// [`Malformed`] if `text` does not hold those texts.
    pub fn texts<'b>(&self, text: &'b [u8]) -> Result<Contact<'b>, Malformed> {
        let mut parts = [""; 3];
        split(text, &self.0, &mut parts)?;
        let [phone, sender_phone, sender_name] = parts;
        Ok(Contact { phone, sender_phone, sender_name })
    }
}

/// Decodes a zero-padded plaintext into `text`. The result borrows it.
///
/// # Errors
/// [`Malformed`] for anything that [`encode_contact`] cannot write. Its choices of codec and tokens are not
/// checked.
pub fn decode_contact<'b>(plain: &[u8], text: &'b mut [u8]) -> Result<Contact<'b>, Malformed> {
    read_contact(plain, text)?.texts(text)
}
