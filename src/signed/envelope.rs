//! The age v1 envelope of what travels to a device and rests there, under an X25519 key.

use age::secrecy::{ExposeSecret as _, SecretString};
use age::x25519;
use std::fmt;
use std::io::{Read as _, Write as _};
use std::iter::once;
use zeroize::Zeroizing;

/// What every envelope begins with.
const START: &[u8] = b"age-encryption.org/";

/// A device's private key, `AGE-SECRET-KEY-1…`.
pub struct Identity(x25519::Identity);

impl Identity {
    /// A new one from the operating system's random source.
    #[must_use]
    pub fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// The first that stands in a file as `age-keygen` writes it: comments begin with `#`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines.next()?.parse().ok().map(Self)
    }

    #[cfg(feature = "authority")]
    pub(crate) fn age(&self) -> &dyn age::Identity {
        &self.0
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> SecretString {
        self.0.to_string()
    }

    /// A file of it, as `age-keygen` writes one.
    #[must_use]
    pub fn file(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("# public key: {}\n{}\n", self.recipient(), self.text().expose_secret()))
    }

    /// What others seal to, `age1…`.
    #[must_use]
    pub fn recipient(&self) -> String {
        self.0.to_public().to_string()
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Identity").field(&self.recipient()).finish()
    }
}

/// Whether bytes begin as an envelope does.
#[must_use]
pub fn is_sealed(bytes: &[u8]) -> bool {
    bytes.starts_with(START)
}

/// Whether a text is an age recipient that grants can be sealed to.
#[must_use]
pub fn is_recipient(text: &str) -> bool {
    text.parse::<x25519::Recipient>().is_ok()
}

/// Seals to a recipient, `age1…`.
///
/// # Errors
/// [`EnvelopeError::Recipient`] if it is none.
pub fn seal(plain: &[u8], recipient: &str) -> Result<Vec<u8>, EnvelopeError> {
    let recipient: x25519::Recipient = recipient.parse().map_err(|_| EnvelopeError::Recipient)?;
    age::encrypt(&recipient, plain).map_err(|_| EnvelopeError::Recipient)
}

/// Opens an envelope; bytes that are in none are copied as they are.
///
/// # Errors
/// [`EnvelopeError`].
pub fn open(bytes: &[u8], identity: Option<&Identity>) -> Result<Zeroizing<Vec<u8>>, EnvelopeError> {
    if !is_sealed(bytes) {
        return Ok(Zeroizing::new(bytes.to_vec()));
    }
    let identity = identity.ok_or(EnvelopeError::NoIdentity)?;
    decrypt(bytes, &identity.0).map_err(|error| EnvelopeError::of(&error))
}

/// An envelope that each of several recipients can open alone.
#[cfg(feature = "authority")]
pub(crate) fn encrypt<'a>(
    recipients: impl Iterator<Item = &'a dyn age::Recipient>,
    plain: &[u8],
) -> Result<Vec<u8>, age::EncryptError> {
    let mut sealed = Vec::with_capacity(plain.len() + 1024);
    let mut writer = age::Encryptor::with_recipients(recipients)?.wrap_output(&mut sealed)?;
    writer.write_all(plain)?;
    writer.finish()?;
    Ok(sealed)
}

/// The content of an envelope, read into one buffer that wipes itself.
pub(crate) fn decrypt(
    bytes: &[u8],
    identity: &dyn age::Identity,
) -> Result<Zeroizing<Vec<u8>>, age::DecryptError> {
    // The content is shorter than its envelope, so that it never grows and leaves a copy behind.
    let mut plain = Zeroizing::new(Vec::with_capacity(bytes.len() + 64));
    age::Decryptor::new_buffered(bytes)?.decrypt(once(identity))?.read_to_end(&mut plain)?;
    Ok(plain)
}

/// Why an envelope is not sealed or not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EnvelopeError {
    /// Not an age recipient.
    Recipient,
    /// It is in an envelope, and no identity was given.
    NoIdentity,
    /// Sealed to another device.
    OtherIdentity,
    /// Cut or altered.
    Damaged,
    /// In a newer version of the age format.
    Newer,
}

impl EnvelopeError {
    pub(crate) fn of(error: &age::DecryptError) -> Self {
        match error {
            age::DecryptError::NoMatchingKeys
            | age::DecryptError::KeyDecryptionFailed
            | age::DecryptError::DecryptionFailed => Self::OtherIdentity,
            age::DecryptError::UnknownFormat => Self::Newer,
            _ => Self::Damaged,
        }
    }
}

impl fmt::Display for EnvelopeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Recipient => "not an age recipient (age1…); `wayseal device init` prints the device's",
            Self::NoIdentity => "the file is sealed to a device; give that device's --identity",
            Self::OtherIdentity => "the file is sealed to another device; ask the authority for this one's",
            Self::Damaged => "the envelope is damaged; copy the file again, or ask the authority for it",
            Self::Newer => "the envelope is of a newer format; update this program",
        })
    }
}

impl std::error::Error for EnvelopeError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_device_opens_an_envelope() {
        let (own, other) = (Identity::generate(), Identity::generate());
        let sealed = seal(b"grant", &own.recipient()).unwrap();
        assert!(is_sealed(&sealed) && !is_sealed(b"grant"));
        assert_eq!(**open(&sealed, Some(&own)).unwrap(), *b"grant");
        assert_eq!(open(&sealed, Some(&other)).unwrap_err(), EnvelopeError::OtherIdentity);
        assert_eq!(open(&sealed, None).unwrap_err(), EnvelopeError::NoIdentity);
        assert_eq!(**open(b"plain", None).unwrap(), *b"plain");
        assert_eq!(seal(b"grant", "age1nobody").unwrap_err(), EnvelopeError::Recipient);
        assert_eq!(open(b"age-encryption.org/v9\n", Some(&own)).unwrap_err(), EnvelopeError::Newer);
        for cut in [30, sealed.len() - 1] {
            assert_eq!(open(&sealed[..cut], Some(&own)).unwrap_err(), EnvelopeError::Damaged, "{cut}");
        }
    }

    #[test]
    fn an_identity_comes_back_from_its_file_and_debug_hides_it() {
        let identity = Identity::generate();
        let file = identity.file();
        assert_eq!(Identity::parse(&file).unwrap().recipient(), identity.recipient());
        assert!(Identity::parse("# only a comment\n").is_none());
        assert!(!format!("{identity:?}").contains("SECRET"));
    }
}
