//! The auditor: derives the log keys of devices, verifies their logs, and signs heads at hand-ins.
//!
//! In: the file of a log, and a device's answer to a challenge. Out: the verified log, or a signed head. The auditor
//! opens no label.
//!
//! ```text
//! auditor.key    wayseal auditor 1 / root 64 digits / signing 64 digits
//! ```
//!
//! The log root is independent of the key tree. Whoever has it can forge a log that verifies, so the file stays with
//! the security line.

use crate::device::log::chain::{ChainMac, first_key};
use crate::device::log::enrolment::Enrolment;
use crate::device::log::head::{Answer, SignedHead, hex, unhex};
use crate::device::log::verify::{self, LogDamage, Verified, verify};
use crate::device::log::{EntryDetail, EntryOutcome, LogEntry, LogError};
use crate::device::operators::OperatorList;
use crate::secret::Key;
use crate::signed::signer::{SigningKey, VerifyingKey};
use std::fmt;
use thiserror::Error;
use zeroize::Zeroizing;

const MAGIC: &str = "wayseal auditor 1";

/// The log root, and the key that signs heads.
pub struct Auditor {
    root: Key,
    signing: SigningKey,
}

impl Auditor {
    /// A new auditor from the operating system's random source.
    ///
    /// # Errors
    /// The operating system's error, if it gives no random bytes.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let (mut root, mut seed) = (Key::zero(), Key::zero());
        getrandom::fill(root.expose_mut())?;
        getrandom::fill(seed.expose_mut())?;
        Ok(Self { root, signing: SigningKey::from_bytes(seed.expose()) })
    }

    /// The text of the auditor's file, which is a secret.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        let root = Zeroizing::new(hex(self.root.expose()));
        let signing = Zeroizing::new(hex(&Zeroizing::new(self.signing.to_bytes())[..]));
        Zeroizing::new(format!("{MAGIC}\nroot {}\nsigning {}\n", *root, *signing))
    }

    /// Parses the text of a file; `None` if it is not an auditor's.
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

    /// The enrolment of a device, with the first key of its log.
    #[must_use]
    pub fn enrol(&self, device: &str, authority: VerifyingKey) -> Enrolment {
        let mut enrolment =
            Enrolment { device: device.to_owned(), first: Key::zero(), auditor: self.public(), authority };
        first_key(&self.root, device, &mut enrolment.first);
        enrolment
    }

    /// Signs a list of operators, which devices take from their inbox.
    #[must_use]
    pub fn sign_operators(&self, list: &OperatorList) -> String {
        list.sign(&self.signing)
    }

    /// Verifies a log against its device's keys and its last signed head.
    ///
    /// # Errors
    /// [`LogError::NoLog`].
    pub fn verify(&self, log: &[u8], signed: Option<&SignedHead>) -> Result<Verified, LogError> {
        let mut first = Key::zero();
        first_key(&self.root, &verify::device(log)?, &mut first);
        verify(log, &first, signed)
    }

    /// Signs the head of a log that was handed in, and returns it with its note. The whole chain must verify, the answer
    /// must be for this challenge and the log's last entry, and the log must extend its last signed head.
    ///
    /// # Errors
    /// [`HandInError`]; then no head is signed, and the device must get no new keys.
    pub fn sign(
        &self,
        log: &[u8],
        answer: &Answer,
        challenge: &[u8; 32],
        last: Option<&SignedHead>,
        now: u64,
    ) -> Result<(SignedHead, String), HandInError> {
        self.sign_after(log, answer, challenge, last, None, now)
    }

    /// The same of a log whose first entry names one before it, whose key was lost: that one must be at hand when the first head is signed,
    /// and must be the one that is named.
    ///
    /// # Errors
    /// As [`Auditor::sign`]; [`HandInError::Before`] and [`HandInError::OtherBefore`].
    pub fn sign_after(
        &self,
        log: &[u8],
        answer: &Answer,
        challenge: &[u8; 32],
        last: Option<&SignedHead>,
        before: Option<LogBefore<'_>>,
        now: u64,
    ) -> Result<(SignedHead, String), HandInError> {
        let verified = self.verify(log, last).map_err(HandInError::Log)?;
        if !verified.damage.is_empty() {
            return Err(HandInError::Damage(verified.damage));
        }
        // A device could hand in an old copy of its log with a current answer, or the reverse.
        if (answer.count, answer.head) != (verified.count, verified.head) {
            return Err(HandInError::OtherLog);
        }
        // Who loses a key on purpose would lose a log with it: no budget begins anew before that log is seen.
        if last.is_none()
            && let Some(LogEntry {
                mark: EntryOutcome::Unanswered,
                detail: EntryDetail::Taken { number, digest, .. },
                ..
            }) = verified.entries.first()
        {
            self.check_before(*number, digest, before)?;
        }
        let mut first = Key::zero();
        first_key(&self.root, &verified.device, &mut first);
        if !answer.holds(&first, challenge) {
            return Err(HandInError::Answer);
        }
        // Signed time never decreases, even if this machine's clock was set back.
        let time = now.max(last.map_or(0, |last| last.time));
        let head = SignedHead { device: verified.device, count: verified.count, head: verified.head, time };
        let note = head.sign(&self.signing);
        Ok((head, note))
    }
}

impl Auditor {
    fn check_before(
        &self,
        count: u64,
        head: &ChainMac,
        before: Option<LogBefore<'_>>,
    ) -> Result<(), HandInError> {
        let LogBefore { log, last } = before.ok_or(HandInError::Before { count })?;
        let mut verified = self.verify(log, last).map_err(HandInError::Log)?;
        // A torn entry, for which nothing was shown, is what a kill leaves; nobody could cut it off after the key was lost.
        verified.damage.retain(|damage| !matches!(damage, LogDamage::Torn { .. }));
        if !verified.damage.is_empty() {
            return Err(HandInError::Damage(verified.damage));
        }
        if (verified.count, &verified.head) != (count, head) {
            return Err(HandInError::OtherBefore { count });
        }
        Ok(())
    }
}

/// A log whose key was lost, so that no device can answer for it.
#[derive(Clone, Copy, Debug)]
pub struct LogBefore<'a> {
    /// Its bytes.
    pub log: &'a [u8],
    /// Its last signed head.
    pub last: Option<&'a SignedHead>,
}

impl fmt::Debug for Auditor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Auditor(..)")
    }
}

/// Why the head of a log that was handed in is not signed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum HandInError {
    /// The file is not a log.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The log was altered, cut, or restored from a copy.
    #[error("the log was tampered with{}", .0.iter().take(3).map(|damage| format!("; {damage}")).collect::<String>())]
    Damage(Vec<LogDamage>),
    /// The answer is for another log, or for another state of this one.
    #[error("the answer is for another state of the log; hand it in again")]
    OtherLog,
    /// The log follows one whose key was lost, and that is not at hand.
    #[error("the log follows one of {count} entries whose key was lost; hand that one in with it")]
    Before {
        /// Entries of the log before.
        count: u64,
    },
    /// The log before is not the one that the log names.
    #[error("the log before is not the one of {count} entries that the log names; keep the device")]
    OtherBefore {
        /// Entries of the log that is named.
        count: u64,
    },
    /// The answer is for another challenge, or from a device without the current key.
    #[error(
        "the answer is for another challenge, or the device's log key is an old copy; hand it in again with a fresh \
         challenge, and keep the device if it fails again"
    )]
    Answer,
}
