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

/// The longest header that is given to age, in bytes: about 150 recipients. Each costs a multiplication on the curve, so that
/// a header without a bound would take minutes.
const HEADER_MAX: usize = 16 << 10;

/// Refuses an envelope whose header does not end within [`HEADER_MAX`], before age parses it.
pub(super) fn bounded(bytes: &[u8]) -> Result<&[u8], age::DecryptError> {
    // The header ends with the line of its MAC; no line of a stanza begins like that.
    let ends = |start: &[u8]| start.windows(5).any(|window| window == b"\n--- ");
    match bytes.get(..HEADER_MAX) {
        Some(start) if !ends(start) => Err(age::DecryptError::InvalidHeader),
        _ => Ok(bytes),
    }
}

/// The content of an envelope, read into one buffer that wipes itself.
pub(super) fn decrypt(
    bytes: &[u8],
    identity: &dyn age::Identity,
) -> Result<Zeroizing<Vec<u8>>, age::DecryptError> {
    // The content is shorter than its envelope, so the buffer never grows, which would leave an unwiped copy.
    let mut plain = Zeroizing::new(Vec::with_capacity(bytes.len() + 64));
    age::Decryptor::new_buffered(bounded(bytes)?)?.decrypt(once(identity))?.read_to_end(&mut plain)?;
    Ok(plain)
}
