//! The plaintext of the contact section: encoding and decoding.

use super::{
    content::Contact,
    country::Country,
    decode_error::DecodeError,
    entries::EntryKinds,
    limits::{CONTACT_SIZES, CONTACT_TEXT_MAX, excess},
    packed_phone, phone,
    printable::checked,
    sink::Sink,
    source::{FieldSource, split},
    text::{AllowedCodecs, Codec, TextReader},
};
use crate::error::{Excess, Field, RecordSection, SealError};

/// Writes the canonical plaintext of `contact` to `out`, zero-padded, and returns the number of bytes used, at most
/// the last of [`CONTACT_SIZES`]. Six bytes are a phone number alone, and have another form than more bytes.
///
/// # Errors
/// [`SealError::Empty`] if there is neither a phone nor a sender, [`SealError::Character`] for a field with a
/// forbidden character; [`SealError::TooLong`] if it does not fit.
pub fn encode_contact(contact: &Contact<'_>, out: &mut [u8]) -> Result<usize, SealError> {
    encode_contact_to(Country::CN, contact, out)
}

/// As [`encode_contact`], for a label to a country: labels to Japan and Korea may be in codecs of their own.
///
/// # Errors
/// As [`encode_contact`].
pub fn encode_contact_to(
    country: Country,
    contact: &Contact<'_>,
    out: &mut [u8],
) -> Result<usize, SealError> {
    let alone = contact.sender_phone.is_empty() && contact.sender_name.is_empty();
    if contact.phone.is_empty() && alone {
        return Err(SealError::Empty(Field::Phone));
    }
    checked(Field::Phone, contact.phone)?;
    checked(Field::SenderPhone, contact.sender_phone)?;
    checked(Field::SenderName, contact.sender_name)?;
    let room = out.len().min(CONTACT_SIZES[2]);
    if alone && let Some(number) = packed_phone::pack(contact.phone.as_bytes()) {
        return match excess(CONTACT_SIZES[0], room) {
            Some(over) => Err(SealError::TooLong(Excess::new(RecordSection::Contact, Field::Phone, over))),
            None => {
                let mut sink = Sink::new(out);
                sink.put_wide(number, packed_phone::BITS);
                Ok(sink.finish() / 8)
            }
        };
    }
    let total = contact.phone.len() + contact.sender_phone.len() + contact.sender_name.len();
    let mut used = 0;
    let over = excess(total, CONTACT_TEXT_MAX).or_else(|| {
        let allowed = AllowedCodecs::of(country);
        let bits = Codec::shortest(&[contact.sender_name], allowed, out, &|sink| head(contact, sink));
        // At least seven bytes, since six would be read as a number.
        used = bits.div_ceil(8).max(CONTACT_SIZES[0] + 1);
        excess(used, room)
    });
    let Some(over) = over else { return Ok(used) };
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

/// A decoded contact section: the end offsets of its texts, and the entries that were skipped.
pub struct ReadContact {
    ends: [usize; 3],
    skipped: EntryKinds,
}

/// Decodes a zero-padded plaintext. The texts are appended to `text`.
///
/// # Errors
/// As [`decode_contact`].
#[inline(never)]
pub fn read_contact(plain: &[u8], text: &mut [u8]) -> Result<ReadContact, DecodeError> {
    let mut source = FieldSource::new(plain, text);
    if plain.len() == CONTACT_SIZES[0] {
        let number = source.take_wide(packed_phone::BITS);
        packed_phone::unpack(number, &mut source);
        let ends = [source.len(); 3];
        return source.finish(&ends).map(|skipped| ReadContact { ends, skipped });
    }
    let codec = Codec::take(&mut source)?;
    phone::decode(&mut source, true);
    let phone_end = source.len();
    let has_phone = source.flag();
    let has_name = source.flag();
    source.require(phone_end > 0 || has_phone || has_name);
    if has_phone {
        phone::decode(&mut source, false);
    }
    let sender_end = source.len();
    if has_name {
        TextReader::new(codec).take(&mut source, true);
    } else {
        source.require(codec == Codec::Plain);
    }
    let ends = [phone_end, sender_end, source.len()];
    source.finish(&ends).map(|skipped| ReadContact { ends, skipped })
}

impl ReadContact {
    /// The contact, borrowed from the decoded texts.
    ///
    /// # Errors
    /// [`DecodeError::Malformed`] if `text` does not hold those texts.
    pub fn texts<'b>(&self, text: &'b [u8]) -> Result<Contact<'b>, DecodeError> {
        let mut parts = [""; 3];
        split(text, &self.ends, &mut parts)?;
        let [phone, sender_phone, sender_name] = parts;
        Ok(Contact { phone, sender_phone, sender_name })
    }

    /// The entries that were skipped.
    #[must_use]
    pub const fn skipped(&self) -> EntryKinds {
        self.skipped
    }
}

/// Decodes a zero-padded plaintext into `text`. The result borrows it.
///
/// # Errors
/// [`DecodeError::Malformed`] for anything that [`encode_contact`] cannot write, entries apart. Its choices of codec
/// and tokens are not checked. [`DecodeError::Unsupported`] for what a later version writes.
pub fn decode_contact<'b>(plain: &[u8], text: &'b mut [u8]) -> Result<Contact<'b>, DecodeError> {
    read_contact(plain, text)?.texts(text)
}
