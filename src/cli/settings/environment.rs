//! What the environment says, read once.

use age::secrecy::SecretString;
use std::env;
use zeroize::Zeroizing;

/// The variables that the command knows.
pub struct Environment {
    /// The locale, if one is set.
    pub locale: Option<String>,
    /// The passphrase of the authority or of an identity.
    pub passphrase: Option<SecretString>,
    /// The PIN of a token.
    #[cfg(feature = "hsm")]
    pub pin: Option<SecretString>,
}

impl Environment {
    /// Reads the variables of this process.
    pub fn read() -> Self {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()));
        Self {
            locale,
            passphrase: secret("WAYSEAL_PASSPHRASE"),
            #[cfg(feature = "hsm")]
            pin: secret("WAYSEAL_PIN"),
        }
    }
}

/// A variable that is a secret.
fn secret(name: &str) -> Option<SecretString> {
    env::var(name).ok().map(|value| Zeroizing::new(value).as_str().into())
}
