//! The hand-in: what a device proves of its log, and what the auditor signs for it.
//!
//! ```text
//! challenge   32 random bytes, used once
//! answer      device, count, mac[count−1], proof
//! proof       HMAC-SHA256(K[count], "WS1 hand-in" ‖ challenge ‖ count u64 ‖ mac[count−1])
//! ```
//!
//! Only a device that holds the current key answers, and the key cannot be turned back. The auditor compares
//! the log with the chain, the answer with the log, and the count with the last one signed; then he signs a
//! head, and the next day's keys are handed out. A head is a note in the manner of
//! [C2SP's checkpoints](https://c2sp.org/tlog-checkpoint):
//!
//! ```text
//! wayseal.log/pda-17          the device
//! 200                         entries
//! base64(mac[199])
//! time 1795478400             when it was signed: the floor of the device's clock
//!
//! — wayseal-audit base64(key id 4 ‖ Ed25519 signature 64)
//! ```
//!
//! The key id is `SHA-256(name ‖ "\n" ‖ 01 ‖ public key)[..4]`, and the signature is over the lines before
//! the empty one, as signed notes have it. One difference: the third line is the MAC of the chain, not the
//! root of a Merkle tree.

use super::chain::{self, ChainMac};
use crate::secret::Key;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use std::fmt;
use thiserror::Error;

/// The name that signs.
const NAME: &str = "wayseal-audit";
const ORIGIN: &str = "wayseal.log/";

/// What a device shows of its log for a challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Entries.
    pub count: u64,
    /// The MAC of the last.
    pub head: ChainMac,
    proof: ChainMac,
}

/// `count ‖ head ‖ proof`, in hexadecimal with spaces between.
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

    /// Whether the device that `first` was given to made this answer to this challenge.
    #[must_use]
    pub fn holds(&self, first: &Key, challenge: &[u8; 32]) -> bool {
        // No device makes more entries in its life.
        if self.count > 50_000_000 {
            return false;
        }
        let mut key = Key::zero();
        key.expose_mut().copy_from_slice(first.expose());
        for _ in 0..self.count {
            chain::advance(&mut key);
        }
        chain::equal(&proof(&key, challenge, self.count, &self.head), &self.proof)
    }
}

fn proof(key: &Key, challenge: &[u8; 32], count: u64, head: &ChainMac) -> ChainMac {
    chain::keyed(key, &[b"WS1 hand-in", challenge, &count.to_be_bytes(), head])
}

/// A head that was signed, or is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedHead {
    /// The device.
    pub device: String,
    /// Entries.
    pub count: u64,
    /// The MAC of the last.
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
        let text = self.text();
        let mut signature = key_id(&key.verifying_key()).to_vec();
        signature.extend(key.sign(text.as_bytes()).to_bytes());
        format!("{text}\n— {NAME} {}\n", STANDARD.encode(signature))
    }

    /// Reads a signed note and checks who signed it.
    ///
    /// # Errors
    /// [`HeadError`].
    pub fn verify(note: &str, auditor: &VerifyingKey) -> Result<Self, HeadError> {
        let (text, signature) = note.split_once("\n\n").ok_or(HeadError::Form)?;
        let text = format!("{text}\n");
        let signature = signature.strip_prefix("— wayseal-audit ").ok_or(HeadError::Form)?;
        let signature = STANDARD.decode(signature.trim_end_matches('\n')).map_err(|_| HeadError::Form)?;
        let (id, signature) = signature.split_first_chunk::<4>().ok_or(HeadError::Form)?;
        let signature = Signature::from_slice(signature).map_err(|_| HeadError::Form)?;
        if *id != key_id(auditor) {
            return Err(HeadError::Signature);
        }
        auditor.verify_strict(text.as_bytes(), &signature).map_err(|_| HeadError::Signature)?;
        let mut lines = text.lines();
        let mut line = || lines.next().ok_or(HeadError::Form);
        let device = line()?.strip_prefix(ORIGIN).ok_or(HeadError::Form)?.to_owned();
        let count = line()?.parse().map_err(|_| HeadError::Form)?;
        let head = STANDARD.decode(line()?).ok().and_then(|bytes| bytes.try_into().ok());
        let time = line()?.strip_prefix("time ").and_then(|time| time.parse().ok());
        let head =
            Self { device, count, head: head.ok_or(HeadError::Form)?, time: time.ok_or(HeadError::Form)? };
        // One form only.
        if head.text() == text { Ok(head) } else { Err(HeadError::Form) }
    }
}

/// Four bytes that say whose signature a line holds.
fn key_id(key: &VerifyingKey) -> [u8; 4] {
    let digest =
        Sha256::new().chain_update(NAME).chain_update(b"\n\x01").chain_update(key.as_bytes()).finalize();
    let mut id = [0; 4];
    id.copy_from_slice(&digest[..4]);
    id
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}

/// Thirty-two bytes of hexadecimal.
///
/// # Errors
/// [`HeadError::Form`].
pub fn unhex(text: &str) -> Result<[u8; 32], HeadError> {
    let mut bytes = [0; 32];
    match base16ct::mixed::decode(text, &mut bytes) {
        Ok(whole) if whole.len() == 32 => Ok(bytes),
        _ => Err(HeadError::Form),
    }
}

/// Why an answer or a head is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum HeadError {
    /// Not of its form.
    #[error("not of its form; it was cut or altered on the way")]
    Form,
    /// Signed by another key than the auditor's.
    #[error("not signed by the auditor that is pinned here")]
    Signature,
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
        log.append(&LogEntry::of_device(1, EntryOutcome::Locked, 1)).unwrap();
        let early = log.answer(&[1; 32]);
        log.append(&LogEntry::of_device(2, EntryOutcome::Locked, 1)).unwrap();
        let answer: Answer = log.answer(&[1; 32]).to_string().parse().unwrap();
        assert_eq!(answer.count, 2);
        assert!(answer.holds(&first, &[1; 32]) && early.holds(&first, &[1; 32]));
        assert!(!answer.holds(&first, &[2; 32]));
        assert!(!Answer { count: 1, ..answer.clone() }.holds(&first, &[1; 32]));
        assert!(!Answer { head: early.head, ..answer }.holds(&first, &[1; 32]));
        assert_eq!("1 2".parse::<Answer>(), Err(HeadError::Form));
    }
}
