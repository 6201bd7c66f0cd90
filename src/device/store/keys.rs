//! The platform's key store, as a device uses it.

use thiserror::Error;
use zeroize::Zeroizing;

/// A key store of the platform, such as Android's: its key never leaves it. A session asks it once, when it is opened, so that no
/// scan waits for it.
pub trait Keys {
    /// Wraps a secret under a key of the key store, with authentication.
    ///
    /// # Errors
    /// [`KeysError`].
    fn wrap(&self, secret: &[u8]) -> Result<Vec<u8>, KeysError>;

    /// The secret of a wrap.
    ///
    /// # Errors
    /// [`KeysError::Lost`] if the key is gone or the wrap is not of it, as after a backup, a transfer or a new screen lock.
    fn unwrap(&self, wrap: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeysError>;
}

/// Why the key store gives no key.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum KeysError {
    /// The key is gone, or the wrap is not of it: the device is enrolled anew, and its old log goes in unanswered.
    #[error(
        "the key store has lost the device's key; enrol the device anew, and hand its old log in as it is"
    )]
    Lost,
    /// It does not answer now.
    #[error("the key store does not answer ({0}); try again")]
    Unavailable(String),
}

impl KeysError {
    /// The stable name for machines.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Lost => "keystore_lost",
            Self::Unavailable(_) => "keystore_unavailable",
        }
    }
}
