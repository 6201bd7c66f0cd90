//! The auditor: who can check every log, sign for what was handed in, and open no label.
//!
//! ```text
//! auditor.key    wayseal auditor 1 / root 64 digits / signing 64 digits
//! ```
//!
//! The root of the logs is its own and not of the key tree. With it anyone could write a log that holds, so the
//! file stays with the security line.

use crate::device::log::LogError;
use crate::device::log::chain::first_key;
use crate::device::log::enrolment::Enrolment;
use crate::device::log::head::{Answer, SignedHead, hex, unhex};
use crate::device::log::verify::{self, LogDamage, Verified, verify};
use crate::secret::Key;
use ed25519_dalek::{SigningKey, VerifyingKey};
use std::fmt;
use thiserror::Error;
use zeroize::Zeroizing;

const MAGIC: &str = "wayseal auditor 1";

/// The root of the logs, and the key that signs heads.
pub struct Auditor {
    root: Key,
    signing: SigningKey,
}

impl Auditor {
    /// A new auditor from the operating system's random source.
    ///
    /// # Errors
    /// The operating system's, if it gives no random bytes.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let (mut root, mut seed) = (Key::zero(), Key::zero());
        getrandom::fill(root.expose_mut())?;
        getrandom::fill(seed.expose_mut())?;
        Ok(Self { root, signing: SigningKey::from_bytes(seed.expose()) })
    }

    /// The text of its file, a secret.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        let root = Zeroizing::new(hex(self.root.expose()));
        let signing = Zeroizing::new(hex(&Zeroizing::new(self.signing.to_bytes())[..]));
        Zeroizing::new(format!("{MAGIC}\nroot {}\nsigning {}\n", *root, *signing))
    }

    /// Reads the text of a file; `None` for any other.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next()? != MAGIC {
            return None;
        }
        let mut field = |name: &str| {
            let digits = lines.next()?.strip_prefix(name)?;
            Some(Zeroizing::new(unhex(digits).ok()?))
        };
        let (bytes, seed) = (field("root ")?, field("signing ")?);
        let mut root = Key::zero();
        root.expose_mut().copy_from_slice(&bytes[..]);
        Some(Self { root, signing: SigningKey::from_bytes(&seed) })
    }

    /// The key that devices pin.
    #[must_use]
    pub fn public(&self) -> VerifyingKey {
        self.signing.verifying_key()
    }

    /// What a device begins with.
    #[must_use]
    pub fn enrol(&self, device: &str, authority: VerifyingKey) -> Enrolment {
        let mut enrolment =
            Enrolment { device: device.to_owned(), first: Key::zero(), auditor: self.public(), authority };
        first_key(&self.root, device, &mut enrolment.first);
        enrolment
    }

    /// Checks a log against its device's keys and the last head signed for it.
    ///
    /// # Errors
    /// [`LogError::NoLog`].
    pub fn verify(&self, log: &[u8], signed: Option<&SignedHead>) -> Result<Verified, LogError> {
        let mut first = Key::zero();
        first_key(&self.root, &verify::device(log)?, &mut first);
        verify(log, &first, signed)
    }

    /// Signs for a log that was handed in: its whole chain must hold, the answer must be to this challenge and
    /// of this log's end, and the log no shorter than when it was last signed for.
    ///
    /// # Errors
    /// [`HandInError`]: no head is signed, and no key handed out.
    pub fn sign(
        &self,
        log: &[u8],
        answer: &Answer,
        challenge: &[u8; 32],
        last: Option<&SignedHead>,
        now: u64,
    ) -> Result<(SignedHead, String), HandInError> {
        let verified = self.verify(log, last).map_err(HandInError::Log)?;
        if !verified.damage.is_empty() {
            return Err(HandInError::Damage(verified.damage));
        }
        if (answer.count, answer.head) != (verified.count, verified.head) {
            return Err(HandInError::OtherLog);
        }
        let mut first = Key::zero();
        first_key(&self.root, &verified.device, &mut first);
        if !answer.holds(&first, challenge) {
            return Err(HandInError::Answer);
        }
        // Time that was signed never goes back.
        let time = now.max(last.map_or(0, |last| last.time));
        let head = SignedHead { device: verified.device, count: verified.count, head: verified.head, time };
        let note = head.sign(&self.signing);
        Ok((head, note))
    }
}

impl fmt::Debug for Auditor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Auditor(..)")
    }
}

/// Why a log that was handed in is not signed for.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum HandInError {
    /// It is no log.
    #[error(transparent)]
    Log(#[from] LogError),
    /// It was tampered with, cut, or put back.
    #[error("the log was tampered with{}", .0.iter().take(3).map(|damage| format!("; {damage}")).collect::<String>())]
    Damage(Vec<LogDamage>),
    /// The answer is of another log, or of another state of it.
    #[error("the answer is of another state of the log; hand it in again")]
    OtherLog,
    /// The answer is to another challenge, or of a device without the current key.
    #[error(
        "the answer is to another challenge, or the device's log key was put back; hand it in again with a fresh \
         challenge, and keep the device if it fails again"
    )]
    Answer,
}
