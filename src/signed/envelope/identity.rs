//! A device's age identity: the X25519 key that opens what is sealed to the device.

use age::secrecy::{ExposeSecret as _, SecretString};
use age::x25519;
use std::fmt;
use zeroize::Zeroizing;

/// A device's private key, `AGE-SECRET-KEY-1…`. It is not printed by `Debug` and not cloned.
pub struct Identity(x25519::Identity);

impl Identity {
    /// A new identity from the operating system's random source.
    #[must_use]
    pub fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// The first identity in a file as `age-keygen` writes it, where comments begin with `#`; `None` if there is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines.next()?.parse().ok().map(Self)
    }

    pub(super) fn age(&self) -> &dyn age::Identity {
        &self.0
    }

    /// The text `AGE-SECRET-KEY-1…`.
    #[must_use]
    pub fn text(&self) -> SecretString {
        self.0.to_string()
    }

    /// The content of an identity file, as `age-keygen` writes it.
    #[must_use]
    pub fn file(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("# public key: {}\n{}\n", self.recipient(), self.text().expose_secret()))
    }

    /// The recipient to which others seal, `age1…`.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_comes_back_from_its_file_and_debug_hides_it() {
        let identity = Identity::generate();
        let file = identity.file();
        assert_eq!(Identity::parse(&file).unwrap().recipient(), identity.recipient());
        assert!(Identity::parse("# only a comment\n").is_none());
        assert!(!format!("{identity:?}").contains("SECRET"));
    }
}
