//! Enrolment: the file that begins a device, with its name, the first key of its log, and the keys that it pins.
//!
//! In: the auditor's derivation of the first key. Out: the file's text, or its parsed content. It holds a secret key:
//! it travels to the device once, and is erased when the device has begun.
//!
//! ```text
//! wayseal enrolment 1
//! device pda-17
//! first 64 hexadecimal digits          K[0] of its log: erase the file when the device has begun
//! auditor 64 hexadecimal digits        who signs heads of its log
//! authority 64 hexadecimal digits      who signs its grants
//! check 16 hexadecimal digits          the first eight bytes of the SHA-256 of the lines above
//! ```

use super::head::{hex, unhex};
use crate::secret::Key;
use crate::signed::signer::VerifyingKey;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

const MAGIC: &str = "wayseal enrolment 1";

/// The content of an enrolment file.
#[derive(Debug)]
#[non_exhaustive]
pub struct Enrolment {
    /// Its name, in grants and on its log.
    pub device: String,
    /// The first key of its log.
    pub first: Key,
    /// Who signs heads of its log.
    pub auditor: VerifyingKey,
    /// Who signs its grants.
    pub authority: VerifyingKey,
}

impl Enrolment {
    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        let first = Zeroizing::new(hex(self.first.expose()));
        let lines = Zeroizing::new(format!(
            "{MAGIC}\ndevice {}\nfirst {}\nauditor {}\nauthority {}\n",
            self.device,
            *first,
            hex(self.auditor.as_bytes()),
            hex(self.authority.as_bytes())
        ));
        Zeroizing::new(format!("{}check {}\n", *lines, check(&lines)))
    }

    /// Parses the text of a file; `None` if it is not an enrolment, or its check sum is wrong: a log with a key other than the
    /// auditor's would be lost, and be noticed at its first hand-in only.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next()? != MAGIC {
            return None;
        }
        // The last line: a device may be named anything.
        let end = text.rfind("\ncheck ")? + 1;
        if text[end..].trim_end().strip_prefix("check ") != Some(&check(&text[..end])) {
            return None;
        }
        let mut field = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
        let device = field("device")?.to_owned();
        // The intermediate bytes are wiped: `Key` holds the only copy.
        let bytes = Zeroizing::new(unhex(field("first")?).ok()?);
        let mut first = Key::zero();
        first.expose_mut().copy_from_slice(&bytes[..]);
        let key = |text: &str| VerifyingKey::from_bytes(&unhex(text).ok()?).ok();
        let (auditor, authority) = (key(field("auditor")?)?, key(field("authority")?)?);
        Some(Self { device, first, auditor, authority })
    }
}

/// The check sum of the lines of an enrolment.
fn check(lines: &str) -> String {
    let digest: [u8; 32] = Sha256::digest(lines.as_bytes()).into();
    hex(&digest)[..16].to_owned()
}

/// The content of a public key's file: `wayseal-WHOSE` and 64 hexadecimal digits.
#[must_use]
pub fn pin(whose: &str, key: &VerifyingKey) -> String {
    format!("wayseal-{whose} {}\n", hex(key.as_bytes()))
}

/// Parses a public key's file; `None` if it is not a key, or not `whose`.
#[must_use]
pub fn pinned(whose: &str, bytes: &[u8]) -> Option<VerifyingKey> {
    let text = std::str::from_utf8(bytes).ok()?.trim();
    let digits = text.strip_prefix("wayseal-")?.strip_prefix(whose)?.strip_prefix(' ')?;
    VerifyingKey::from_bytes(&unhex(digits).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::SigningKey;

    #[test]
    fn an_enrolment_comes_back_and_its_debug_hides_the_key() {
        let mut first = Key::zero();
        first.expose_mut().fill(0xa7);
        let [auditor, authority] = [1, 2].map(|seed| SigningKey::from_bytes(&[seed; 32]).verifying_key());
        let enrolment = Enrolment { device: "pda-17".into(), first, auditor, authority };
        let back = Enrolment::parse(&enrolment.text()).unwrap();
        assert_eq!((back.device.as_str(), back.first.expose()), ("pda-17", &[0xa7; 32]));
        assert_eq!((back.auditor, back.authority), (auditor, authority));
        assert!(!format!("{back:?}").contains("a7a7"));
        assert!(Enrolment::parse(&enrolment.text().replace("first", "last")).is_none());
        assert_eq!(pinned("auditor", pin("auditor", &auditor).as_bytes()), Some(auditor));
        assert_eq!(pinned("authority", pin("auditor", &auditor).as_bytes()), None);
    }
    #[test]
    fn no_changed_digit_of_an_enrolment_is_taken() {
        let mut first = Key::zero();
        first.expose_mut().fill(0xa7);
        let [auditor, authority] = [1, 2].map(|seed| SigningKey::from_bytes(&[seed; 32]).verifying_key());
        let text = Enrolment { device: "pda-17".into(), first, auditor, authority }.text();
        assert!(Enrolment::parse(&text.replace('\n', "\r\n")).is_none(), "a changed line end");
        for at in 0..text.len() - 1 {
            for other in ["0", "1", "f", "p"] {
                let mut altered = text.to_string();
                altered.replace_range(at..=at, other);
                assert!(altered == *text || Enrolment::parse(&altered).is_none(), "{at}: {other}");
            }
        }
        assert!(Enrolment::parse(&text[..text.rfind("check").unwrap()]).is_none(), "no check sum");
    }
}
