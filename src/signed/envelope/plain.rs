//! Encryption and decryption by age, into one buffer each.

use std::io::{Read as _, Write as _};
use std::iter::once;
use zeroize::Zeroizing;

/// An envelope that each of several recipients can open alone.
pub(super) fn encrypt<'a>(
    recipients: impl Iterator<Item = &'a dyn age::Recipient>,
    plain: &[u8],
) -> Result<Vec<u8>, age::EncryptError> {
    // The header and the tags of the 64 KiB chunks come on top; growing is harmless, as this is ciphertext.
    let mut sealed = Vec::with_capacity(plain.len() + 1024);
    let mut writer = age::Encryptor::with_recipients(recipients)?.wrap_output(&mut sealed)?;
    writer.write_all(plain)?;
    writer.finish()?;
    Ok(sealed)
}

/// The content of an envelope, read into one buffer that wipes itself.
pub(super) fn decrypt(
    bytes: &[u8],
    identity: &dyn age::Identity,
) -> Result<Zeroizing<Vec<u8>>, age::DecryptError> {
    // The content is shorter than its envelope, so the buffer never grows, which would leave an unwiped copy.
    let mut plain = Zeroizing::new(Vec::with_capacity(bytes.len() + 64));
    age::Decryptor::new_buffered(bytes)?.decrypt(once(identity))?.read_to_end(&mut plain)?;
    Ok(plain)
}
