//! Sealing to a device's recipient, and opening with its identity.

use super::error::EnvelopeError;
use super::identity::Identity;
use super::plain::decrypt;
use age::x25519;
use zeroize::Zeroizing;

/// The first bytes of every envelope.
const START: &[u8] = b"age-encryption.org/";

/// Whether bytes begin like an envelope.
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
/// [`EnvelopeError::Recipient`] if the text is not a recipient, [`EnvelopeError::Sealing`].
pub fn seal(plain: &[u8], recipient: &str) -> Result<Vec<u8>, EnvelopeError> {
    let recipient: x25519::Recipient = recipient.parse().map_err(EnvelopeError::recipient)?;
    age::encrypt(&recipient, plain).map_err(EnvelopeError::sealing)
}

/// Opens an envelope; bytes in no envelope are copied.
///
/// # Errors
/// [`EnvelopeError`].
pub fn open(bytes: &[u8], identity: Option<&Identity>) -> Result<Zeroizing<Vec<u8>>, EnvelopeError> {
    if !is_sealed(bytes) {
        return Ok(Zeroizing::new(bytes.to_vec()));
    }
    let identity = identity.ok_or(EnvelopeError::NoIdentity)?;
    decrypt(bytes, identity.age())
        .map_err(|error| EnvelopeError::unopened(error, EnvelopeError::OtherIdentity))
}

#[cfg(test)]
mod tests {
    use super::super::fault::EnvelopeFault;
    use super::super::plain::encrypt;
    use super::*;
    use std::error::Error as _;
    use std::io;

    #[test]
    fn only_its_device_opens_an_envelope() {
        let (own, other) = (Identity::generate(), Identity::generate());
        let sealed = seal(b"grant", &own.recipient()).unwrap();
        assert!(is_sealed(&sealed) && !is_sealed(b"grant"));
        assert_eq!(**open(&sealed, Some(&own)).unwrap(), *b"grant");
        assert!(matches!(open(&sealed, Some(&other)), Err(EnvelopeError::OtherIdentity)));
        assert!(matches!(open(&sealed, None), Err(EnvelopeError::NoIdentity)));
        assert_eq!(**open(b"plain", None).unwrap(), *b"plain");
        assert!(matches!(seal(b"grant", "age1nobody"), Err(EnvelopeError::Recipient(_))));
        let newer = open(b"age-encryption.org/v9\n", Some(&own));
        assert!(matches!(newer, Err(EnvelopeError::Newer)));
        for cut in [30, sealed.len() - 1] {
            let error = open(&sealed[..cut], Some(&own)).unwrap_err();
            assert!(matches!(error, EnvelopeError::Damaged(_)), "{cut}: {error:?}");
            let cause = error.source().unwrap_or_else(|| panic!("{cut}: the cause is kept"));
            assert!(cause.source().is_some_and(|cause| cause.is::<io::Error>()), "{cut}: {cause:?}");
        }
    }

    #[test]
    fn a_header_that_was_altered_is_told_by_its_mac() {
        let own = Identity::generate();
        let sealed = seal(b"grant", &own.recipient()).unwrap();
        let mac = sealed.windows(5).position(|window| window == b"\n--- ").unwrap() + 5;
        let mut altered = sealed;
        altered[mac] = if altered[mac] == b'A' { b'B' } else { b'A' };
        let refused = open(&altered, Some(&own));
        assert!(matches!(refused, Err(EnvelopeError::Damaged(EnvelopeFault::Mac))), "{refused:?}");
    }

    #[test]
    fn a_header_of_thousands_of_recipients_is_refused_before_age_reads_it() {
        let own = Identity::generate();
        let others = |count: usize| {
            let others: Vec<x25519::Recipient> =
                (0..count).map(|_| Identity::generate().recipient().parse().unwrap()).collect();
            let recipients = others.iter().map(|recipient| recipient as &dyn age::Recipient);
            encrypt(recipients, b"grant").unwrap()
        };
        // Age itself would try each, and say that none is ours.
        assert!(matches!(open(&others(100), Some(&own)), Err(EnvelopeError::OtherIdentity)));
        let refused = open(&others(200), Some(&own));
        let Err(EnvelopeError::Damaged(EnvelopeFault::Header)) = refused else { panic!("{refused:?}") };
    }
}
