//! Envelopes under a passphrase, or to several recipients, each of which can open them alone.

use super::error::EnvelopeError;
use super::identity::Identity;
use super::plain::{bounded, decrypt, encrypt};
use super::sealed::is_sealed;
use age::secrecy::SecretString;
use age::x25519;
use zeroize::Zeroizing;

/// The highest scrypt work factor accepted, log2 of N. This program writes lower ones; a higher one would be a file
/// made to exhaust the machine's memory.
const WORK_MAX: u8 = 22;
/// The work factor of [`Work::Quick`], log2 of N.
const QUICK: u8 = 10;

/// What an envelope is to be sealed with.
pub enum Lock {
    /// A passphrase.
    Passphrase(SecretString, Work),
    /// Age recipients, each of which can open it alone.
    Recipients(Vec<String>),
}

/// What is needed to open an envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locked {
    /// Its passphrase.
    Passphrase,
    /// The identity of one of its recipients.
    Identity,
}

/// What opens an envelope.
pub enum Unlock {
    /// A passphrase.
    Passphrase(SecretString),
    /// An identity.
    Identity(Identity),
}

/// The scrypt work that one guess at the passphrase costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// About a second on the machine that writes the envelope.
    Full,
    /// A millisecond: for a demonstration, whose passphrase is no secret.
    Quick,
}

/// Seals a plaintext under a lock.
///
/// # Errors
/// [`EnvelopeError::Recipient`], [`EnvelopeError::Sealing`].
pub fn seal_locked(plain: &[u8], lock: Lock) -> Result<Vec<u8>, EnvelopeError> {
    match lock {
        Lock::Passphrase(passphrase, work) => {
            let mut recipient = age::scrypt::Recipient::new(passphrase);
            // By default age measures the machine and chooses about a second.
            if let Work::Quick = work {
                recipient.set_work_factor(QUICK);
            }
            age::encrypt(&recipient, plain)
        }
        Lock::Recipients(recipients) => {
            let parse = |text: &String| text.parse::<x25519::Recipient>().map_err(EnvelopeError::recipient);
            let recipients = recipients.iter().map(parse).collect::<Result<Vec<_>, _>>()?;
            encrypt(recipients.iter().map(|recipient| recipient as _), plain)
        }
    }
    .map_err(EnvelopeError::sealing)
    .and_then(|sealed| match bounded(&sealed) {
        Ok(_) => Ok(sealed),
        Err(_) => Err(EnvelopeError::recipient("more recipients than a header of 16 KiB holds")),
    })
}

/// Opens an envelope that is under a passphrase or sealed to recipients. `unlock` is called after the header was parsed,
/// so that nobody types a passphrase for a file that is not an envelope.
///
/// # Errors
/// [`EnvelopeError`], converted to the error type of `unlock`, and the errors of `unlock`.
pub fn open_locked<E: From<EnvelopeError>>(
    sealed: &[u8],
    unlock: impl FnOnce(Locked) -> Result<Unlock, E>,
) -> Result<Zeroizing<Vec<u8>>, E> {
    let decryptor = bounded(sealed)
        .and_then(age::Decryptor::new_buffered)
        .map_err(|error| EnvelopeError::unopened(error, EnvelopeError::OtherIdentity))?;
    let locked = if decryptor.is_scrypt() { Locked::Passphrase } else { Locked::Identity };
    let (opened, other) = match unlock(locked)? {
        Unlock::Passphrase(passphrase) => {
            let mut identity = age::scrypt::Identity::new(passphrase);
            identity.set_max_work_factor(WORK_MAX);
            (decrypt(sealed, &identity), EnvelopeError::Passphrase)
        }
        Unlock::Identity(identity) => (decrypt(sealed, identity.age()), EnvelopeError::OtherIdentity),
    };
    Ok(opened.map_err(|error| EnvelopeError::unopened(error, other))?)
}

/// The content of a file that may be in an envelope; without one, a copy of its bytes.
///
/// # Errors
/// As [`open_locked`].
pub fn open_text<E: From<EnvelopeError>>(
    bytes: &[u8],
    unlock: impl FnOnce(Locked) -> Result<Unlock, E>,
) -> Result<Zeroizing<Vec<u8>>, E> {
    if is_sealed(bytes) {
        return open_locked(bytes, unlock);
    }
    Ok(Zeroizing::new(bytes.to_vec()))
}

/// Seals a text, such as a device's identity, under a passphrase.
///
/// # Errors
/// [`EnvelopeError::Sealing`].
pub fn seal_text(plain: &[u8], passphrase: SecretString) -> Result<Vec<u8>, EnvelopeError> {
    seal_locked(plain, Lock::Passphrase(passphrase, Work::Full))
}

#[cfg(test)]
mod tests {
    use super::super::fault::EnvelopeFault;
    use super::*;

    fn passphrase() -> SecretString {
        "seven words are more than enough for it".to_owned().into()
    }

    #[test]
    fn an_envelope_of_too_much_work_is_refused_with_its_work() {
        let sealed = seal_locked(b"identity", Lock::Passphrase(passphrase(), Work::Quick)).unwrap();
        let start = sealed.windows(8).position(|window| window == b"-> scryp").unwrap();
        let end = start + sealed[start..].iter().position(|&byte| byte == b'\n').unwrap();
        let mut dear = sealed.clone();
        assert_eq!(&dear[end - 2..end], QUICK.to_string().as_bytes());
        dear[end - 2..end].copy_from_slice(b"30");
        let refused = open_locked(&dear, |_| Ok::<_, EnvelopeError>(Unlock::Passphrase(passphrase())));
        let Err(EnvelopeError::Work(EnvelopeFault::Work { required: 30, .. })) = refused else {
            panic!("{refused:?}")
        };
    }

    #[test]
    fn an_envelope_for_nobody_is_not_made() {
        let refused = seal_locked(b"shares", Lock::Recipients(Vec::new()));
        assert!(matches!(refused, Err(EnvelopeError::Sealing(EnvelopeFault::Recipients))), "{refused:?}");
    }
}
