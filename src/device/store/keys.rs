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

/// A key store that holds nodes of the key tree as keys of HMAC-SHA256: what is below a node is derived there, and the node never leaves
/// it. Each device has one of its own: the names of two devices may be the same.
///
/// It is asked at each scan of a label that such a node opens, on the thread that scans, and must not call the device.
pub trait NodeKeys: Send + Sync {
    /// Holds a node under a name of 32 digits and small letters, in place of one of that name; it is held when this returns.
    ///
    /// # Errors
    /// [`KeysError::Unavailable`].
    fn hold(&self, name: &str, node: &[u8; 32]) -> Result<(), KeysError>;

    /// `out = HMAC-SHA256(node, message)`. The caller wipes it.
    ///
    /// # Errors
    /// [`KeysError::Lost`] if no node is held under that name: the device takes its grant again.
    fn hmac(&self, name: &str, message: &[u8], out: &mut [u8; 32]) -> Result<(), KeysError>;

    /// Erases every node but those of these names; they are gone when this returns.
    ///
    /// # Errors
    /// [`KeysError::Unavailable`]. It is called again.
    fn keep(&self, names: &[String]) -> Result<(), KeysError>;
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
