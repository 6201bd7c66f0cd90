//! The contact plaintext: recipient's phone, sender's phone, sender's name.
//!
//! ```text
//! codec 2 bits (0) ‖ phone ‖ sender's phone ‖ sender's name, UTF-8 ‖ zero bits to the end
//! ```

use super::text::{self, Collector, END};
use super::{Contact, Malformed, phone};
use crate::bytes::{BitReader, BitWriter};
use crate::error::{Field, SealError};

/// Writes the contact plaintext at the start of `out`, makes the rest zero, and returns the bytes used.
///
/// # Errors
/// [`SealError`] for a field that no label may carry, or that does not fit.
pub fn encode_contact(contact: &Contact<'_>, out: &mut [u8]) -> Result<usize, SealError> {
    if contact.phone.is_empty() {
        return Err(SealError::Empty(Field::Phone));
    }
    for (field, value) in [
        (Field::Phone, contact.phone),
        (Field::SenderPhone, contact.sender_phone),
        (Field::SenderName, contact.sender_name),
    ] {
        text::check(field, value)?;
    }
    for (field, value) in [(Field::Phone, contact.phone), (Field::SenderPhone, contact.sender_phone)] {
        if !phone::fits(value) {
            return Err(SealError::Form(field));
        }
    }
    let room = out.len();
    let mut bits = BitWriter::new(out);
    let mut write = || {
        bits.put(0, 2)?;
        phone::put(&mut bits, contact.phone)?;
        phone::put(&mut bits, contact.sender_phone)?;
        contact.sender_name.bytes().try_for_each(|byte| bits.put(u32::from(byte), 8))
    };
    match write() {
        Ok(()) => Ok(bits.len().div_ceil(8)),
        Err(_) => {
            let all = contact.phone.len() + contact.sender_phone.len() + contact.sender_name.len();
            Err(SealError::TooLong(all.saturating_sub(room).max(1) as u16))
        }
    }
}

/// Reads a contact plaintext; its text goes into `text`.
///
/// # Errors
/// [`Malformed`] for what no encoder writes.
pub fn decode_contact<'b>(plain: &[u8], text: &'b mut [u8]) -> Result<Contact<'b>, Malformed> {
    let mut bits = BitReader::new(plain);
    let mut text = Collector::new(text);
    if bits.take(2)? != 0 {
        return Err(Malformed);
    }
    let phone = phone::take(&mut bits, &mut text)?;
    let sender_phone = phone::take(&mut bits, &mut text)?;
    if phone.is_empty() {
        return Err(Malformed);
    }
    while bits.left() >= 8 {
        match bits.take(8)? as u8 {
            END => break,
            byte => text.push(byte)?,
        }
    }
    while bits.left() > 0 {
        if bits.take(bits.left().min(32) as u32)? != 0 {
            return Err(Malformed);
        }
    }
    Ok(Contact { phone, sender_phone, sender_name: text.field()? })
}
