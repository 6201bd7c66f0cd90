//! The hand-in: a device proves that its log is current, and the auditor signs the log's head.
//!
//! In: a challenge of 32 random bytes. Out: an [`Answer`] of the device, and a [`SignedHead`] of the auditor, from which
//! the device's budget counts anew. Neither holds personal data or a key.
//!
//! ```text
//! challenge   32 random bytes, used once
//! answer      device, count, mac[count−1], proof
//! proof       HMAC-SHA256(K[count], "WS1 hand-in" ‖ challenge ‖ count u64 ‖ mac[count−1])
//! ```
//!
//! Only a device that holds the current key can answer, and an earlier key cannot be computed from it. The auditor
//! compares the log with the chain, the answer with the log, and the count with the last signed one, and then signs a
//! head; the next day's keys are handed out after that. A head is a signed note
//! (<https://c2sp.org/signed-note>), similar to a [C2SP checkpoint](https://c2sp.org/tlog-checkpoint):
//!
//! ```text
//! wayseal.log/pda-17          the device
//! 200                         entries
//! base64(mac[199])
//! time 1795478400             signing time in seconds since 1970-01-01 UTC: the floor of the device's clock
//!
//! — wayseal-audit base64(key id 4 ‖ Ed25519 signature 64)
//! ```
//!
//! The signature is that of a signed note. One difference from a checkpoint: the third line is a MAC of the chain, not the root of a
//! Merkle tree.

use super::chain::{self, ChainMac};
use super::note::{self, HeadError};
use crate::secret::Key;
use crate::signed::signer::{SigningKey, VerifyingKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt;

const ORIGIN: &str = "wayseal.log/";

/// A device's answer to a challenge: the state of its log, and the proof that it holds the current key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The number of entries.
    pub count: u64,
    /// The MAC of the last entry.
    pub head: ChainMac,
    proof: ChainMac,
}

/// `COUNT HEAD PROOF`: a decimal number and two hexadecimal ones.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.count, hex(&self.head), hex(&self.proof))
    }
}

impl std::str::FromStr for Answer {
    type Err = HeadError;

    fn from_str(text: &str) -> Result<Self, HeadError> {
        let mut parts = text.split_ascii_whitespace();
        let mut part = || parts.next().ok_or(HeadError::Form);
        let count = part()?.parse().map_err(|_| HeadError::Form)?;
        let (head, proof) = (unhex(part()?)?, unhex(part()?)?);
        if parts.next().is_some() {
            return Err(HeadError::Form);
        }
        Ok(Self { count, head, proof })
    }
}

impl Answer {
    pub(super) fn new(key: &Key, challenge: &[u8; 32], count: u64, head: &ChainMac) -> Self {
        Self { count, head: *head, proof: proof(key, challenge, count, head) }
    }

    /// Whether the device with the first key `first` made this answer to this challenge.
    #[must_use]
    pub fn holds(&self, first: &Key, challenge: &[u8; 32]) -> bool {
        // Bounds the work that a forged count can cause: no device makes more entries in its life.
        if self.count > 4_000_000 {
            return false;
        }
        let mut key = Key::zero();
        key.expose_mut().copy_from_slice(first.expose());
        // The auditor has the first key alone, and computes the current one from it.
        for _ in 0..self.count {
            chain::advance(&mut key);
        }
        chain::equal(&proof(&key, challenge, self.count, &self.head), &self.proof)
    }
}

fn proof(key: &Key, challenge: &[u8; 32], count: u64, head: &ChainMac) -> ChainMac {
    chain::keyed(key, &[b"WS1 hand-in", challenge, &count.to_be_bytes(), head])
}

/// The head of a log: signed, or to be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedHead {
    /// The device.
    pub device: String,
    /// The number of entries.
    pub count: u64,
    /// The MAC of the last entry.
    pub head: ChainMac,
    /// When it was signed, seconds since 1970-01-01 UTC.
    pub time: u64,
}

impl SignedHead {
    fn text(&self) -> String {
        format!(
            "{ORIGIN}{}\n{}\n{}\ntime {}\n",
            self.device,
            self.count,
            STANDARD.encode(self.head),
            self.time
        )
    }

    /// The signed note.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> String {
        note::sign(&self.text(), key)
    }

    /// Parses a signed note and verifies the auditor's signature.
    ///
    /// # Errors
    /// [`HeadError::Form`], [`HeadError::Signature`].
    pub fn verify(note: &str, auditor: &VerifyingKey) -> Result<Self, HeadError> {
        let text = note::verify(note, auditor)?;
        let mut lines = text.lines();
        let mut line = || lines.next().ok_or(HeadError::Form);
        let device = line()?.strip_prefix(ORIGIN).ok_or(HeadError::Form)?.to_owned();
        let count = line()?.parse().map_err(|_| HeadError::Form)?;
        let head = STANDARD.decode(line()?).ok().and_then(|bytes| bytes.try_into().ok());
        let time = line()?.strip_prefix("time ").and_then(|time| time.parse().ok());
        let head =
            Self { device, count, head: head.ok_or(HeadError::Form)?, time: time.ok_or(HeadError::Form)? };
        // A number with leading zeros would be a second form of the same head.
        if head.text() == text { Ok(head) } else { Err(HeadError::Form) }
    }
}

/// Decodes 32 bytes from 64 hexadecimal digits.
///
/// # Errors
/// [`HeadError::Form`] for any other text.
pub fn unhex(text: &str) -> Result<[u8; 32], HeadError> {
    let mut bytes = [0; 32];
    match base16ct::mixed::decode(text, &mut bytes) {
        Ok(whole) if whole.len() == 32 => Ok(bytes),
        _ => Err(HeadError::Form),
    }
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::log::{EntryOutcome, Log, LogEntry};

    fn head() -> SignedHead {
        SignedHead { device: "pda-17".into(), count: 3, head: [9; 32], time: 1_795_478_400 }
    }

    #[test]
    fn a_signed_head_comes_back_and_no_altered_one_does() {
        let key = SigningKey::from_bytes(&[1; 32]);
        let note = head().sign(&key);
        assert_eq!(SignedHead::verify(&note, &key.verifying_key()), Ok(head()));
        let other = SigningKey::from_bytes(&[2; 32]).verifying_key();
        assert_eq!(SignedHead::verify(&note, &other), Err(HeadError::Signature));
        let bytes = note.as_bytes();
        for place in 0..bytes.len() - 1 {
            let mut altered = bytes.to_vec();
            altered[place] ^= 1;
            let altered = String::from_utf8_lossy(&altered).into_owned();
            assert!(SignedHead::verify(&altered, &key.verifying_key()).is_err(), "{place}: {altered}");
        }
    }

    #[test]
    fn only_the_current_key_answers_and_only_its_challenge() {
        let folder = tempfile::tempdir().unwrap();
        let mut first = Key::zero();
        first.expose_mut().fill(5);
        let mut log = Log::create(folder.path(), "pda-17", &first).unwrap();
        log.append(&LogEntry::by_device(1, EntryOutcome::Unlocked, 1)).unwrap();
        let early = log.answer(&[1; 32]);
        log.append(&LogEntry::by_device(2, EntryOutcome::Unlocked, 1)).unwrap();
        let answer: Answer = log.answer(&[1; 32]).to_string().parse().unwrap();
        assert_eq!(answer.count, 2);
        assert!(answer.holds(&first, &[1; 32]) && early.holds(&first, &[1; 32]));
        assert!(!answer.holds(&first, &[2; 32]));
        assert!(!Answer { count: 1, ..answer.clone() }.holds(&first, &[1; 32]));
        assert!(!Answer { head: early.head, ..answer }.holds(&first, &[1; 32]));
        assert_eq!("1 2".parse::<Answer>(), Err(HeadError::Form));
    }
}
