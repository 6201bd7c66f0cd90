//! What the environment says, read once.

use age::secrecy::SecretString;
use std::env;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// The variables that the command knows.
pub struct Environment {
    /// The locale, if one is set.
    pub locale: Option<String>,
    /// The passphrase of the authority or of an identity.
    pub passphrase: Option<SecretString>,
    /// The user's folder of configuration files.
    config_home: Option<PathBuf>,
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
            config_home: config_home(),
            #[cfg(feature = "hsm")]
            pin: secret("WAYSEAL_PIN"),
        }
    }
}

impl Environment {
    /// The user's own folder of this program, if the user has a home.
    pub fn config_folder(&self) -> Option<PathBuf> {
        self.config_home.as_ref().map(|home| home.join("wayseal"))
    }
}

/// The XDG Base Directory Specification ignores relative paths, and so does this.
fn config_home() -> Option<PathBuf> {
    let folder = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        return folder("APPDATA");
    }
    folder("XDG_CONFIG_HOME").or_else(|| folder("HOME").map(|home| home.join(".config")))
}

/// A variable that is a secret.
fn secret(name: &str) -> Option<SecretString> {
    env::var(name).ok().map(|value| Zeroizing::new(value).as_str().into())
}
