//! The authority's secrets at rest: an age v1 envelope under a passphrase (scrypt).
//!
//! ```text
//! inside the envelope   "wayseal authority" ‖ version u8 (1) ‖ generation u32 ‖ root 32 ‖ signing key 32
//! ```

use crate::authority::delegate::Certificate;
use crate::authority::grant::Signs;
use crate::files::{self, Access, FileError};
use crate::keys::{Generation, Node, Path as KeyPath};
use crate::secret::Key;
use age::secrecy::SecretString;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use std::fmt;
use std::path::Path;
use zeroize::Zeroizing;

const MAGIC: &[u8] = b"wayseal authority";
const VERSION: u8 = 1;
const LEN: usize = MAGIC.len() + 1 + 4 + 32 + 32;

/// The largest envelope read.
const ENVELOPE_MAX: u64 = 64 * 1024;

/// The root of the key tree and the key that signs grants.
pub struct Authority {
    generation: u32,
    root: Node,
    signing: SigningKey,
}

impl Authority {
    /// A new authority from the operating system's random source.
    ///
    /// # Errors
    /// [`CustodyError::Random`] if that source fails.
    pub fn generate(generation: u32) -> Result<Self, CustodyError> {
        let mut key = Key::zero();
        getrandom::fill(key.expose_mut()).map_err(|_| CustodyError::Random)?;
        let root = Node::new(KeyPath::root(Generation::of(generation)), key.expose());
        getrandom::fill(key.expose_mut()).map_err(|_| CustodyError::Random)?;
        Ok(Self { generation, root, signing: SigningKey::from_bytes(key.expose()) })
    }

    /// A new root of a later generation under the same signing key, which devices go on pinning.
    ///
    /// # Errors
    /// [`CustodyError::Random`].
    pub fn next_generation(&self, generation: u32) -> Result<Self, CustodyError> {
        let next = Self::generate(generation)?;
        Ok(Self { signing: self.signing.clone(), ..next })
    }

    /// Writes the envelope, readable by its owner only.
    ///
    /// # Errors
    /// [`CustodyError::File`].
    pub fn store(&self, path: &Path, passphrase: SecretString, work: Work) -> Result<(), CustodyError> {
        let mut plain = Zeroizing::new(Vec::with_capacity(LEN));
        plain.extend_from_slice(MAGIC);
        plain.push(VERSION);
        plain.extend_from_slice(&self.generation.to_be_bytes());
        plain.extend_from_slice(self.root.key().expose());
        plain.extend_from_slice(&Zeroizing::new(self.signing.to_bytes())[..]);
        let mut recipient = age::scrypt::Recipient::new(passphrase);
        if let Work::Quick = work {
            recipient.set_work_factor(10);
        }
        let envelope = age::encrypt(&recipient, &plain).map_err(|_| CustodyError::Random)?;
        files::write(path, &envelope, Access::Owner).map_err(CustodyError::File)
    }

    /// Opens an envelope. The file is checked before the passphrase is asked for.
    ///
    /// # Errors
    /// [`CustodyError`]: a file that others can read, a wrong passphrase, a damaged file and a newer version
    /// are different errors.
    pub fn load(
        path: &Path,
        passphrase: impl FnOnce() -> Result<SecretString, CustodyError>,
    ) -> Result<Self, CustodyError> {
        let envelope = files::read_secret(path, ENVELOPE_MAX).map_err(CustodyError::File)?;
        age::Decryptor::new(&envelope[..]).map_err(|error| wrong(&error))?;
        let identity = age::scrypt::Identity::new(passphrase()?);
        let plain = Zeroizing::new(age::decrypt(&identity, &envelope).map_err(|error| wrong(&error))?);
        Self::parse(&plain)
    }

    fn parse(plain: &[u8]) -> Result<Self, CustodyError> {
        let rest = plain.strip_prefix(MAGIC).ok_or(CustodyError::Damaged)?;
        let (&version, rest) = rest.split_first().ok_or(CustodyError::Damaged)?;
        if version > VERSION {
            return Err(CustodyError::Newer(version));
        }
        let (generation, rest) = rest.split_first_chunk::<4>().ok_or(CustodyError::Damaged)?;
        let (root, rest) = rest.split_first_chunk::<32>().ok_or(CustodyError::Damaged)?;
        let signing: &[u8; 32] = rest.try_into().map_err(|_| CustodyError::Damaged)?;
        let generation = u32::from_be_bytes(*generation);
        Ok(Self {
            generation,
            root: Node::new(KeyPath::root(Generation::of(generation)), root),
            signing: SigningKey::from_bytes(signing),
        })
    }

    /// The number of the root.
    #[must_use]
    pub const fn generation(&self) -> u32 {
        self.generation
    }

    /// The root of the key tree.
    #[must_use]
    pub const fn root(&self) -> &Node {
        &self.root
    }

    /// The key that devices pin.
    #[must_use]
    pub fn public(&self) -> VerifyingKey {
        self.signing.verifying_key()
    }
}

impl Signs for Authority {
    fn sign(&self, message: &[u8]) -> Signature {
        self.signing.sign(message)
    }

    fn certificate(&self) -> Option<&Certificate> {
        None
    }
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority").field("generation", &self.generation).finish_non_exhaustive()
    }
}

/// How much work a guess at the passphrase costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// About a second on the machine that writes the envelope.
    Full,
    /// A millisecond: for a demonstration, whose passphrase is no secret.
    Quick,
}

fn wrong(error: &age::DecryptError) -> CustodyError {
    match error {
        age::DecryptError::DecryptionFailed
        | age::DecryptError::KeyDecryptionFailed
        | age::DecryptError::NoMatchingKeys => CustodyError::Passphrase,
        age::DecryptError::UnknownFormat => CustodyError::Newer(0),
        _ => CustodyError::Damaged,
    }
}

/// Why the authority's secrets are not at hand.
#[derive(Debug)]
#[non_exhaustive]
pub enum CustodyError {
    /// The file cannot be read or written, or others can read it.
    File(FileError),
    /// The passphrase is another one.
    Passphrase,
    /// No passphrase was given, and there is no terminal to ask on.
    NoPassphrase,
    /// The envelope or its content is cut or altered.
    Damaged,
    /// Written by a newer program.
    Newer(u8),
    /// The operating system gave no random bytes.
    Random,
}

impl fmt::Display for CustodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Passphrase => f.write_str("the passphrase does not open the authority's envelope"),
            Self::NoPassphrase => f.write_str(
                "no passphrase: give --passphrase-file or set WAYSEAL_PASSPHRASE, or run on a terminal",
            ),
            Self::Damaged => f.write_str("the authority's envelope is damaged; restore it from a backup"),
            Self::Newer(_) => {
                f.write_str("the authority's envelope was written by a newer program; update this one")
            }
            Self::Random => f.write_str("the operating system gave no random bytes"),
        }
    }
}

impl std::error::Error for CustodyError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(folder: &Path) -> (Authority, std::path::PathBuf) {
        let path = folder.join("authority.age");
        let authority = Authority::generate(1).unwrap();
        authority.store(&path, "correct horse".into(), Work::Quick).unwrap();
        (authority, path)
    }

    #[test]
    fn what_is_stored_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let (authority, path) = store(folder.path());
        let back = Authority::load(&path, || Ok("correct horse".into())).unwrap();
        assert_eq!(back.root().key().expose(), authority.root().key().expose());
        assert_eq!((back.public(), back.generation()), (authority.public(), 1));
    }

    #[test]
    fn wrong_passphrase_damage_and_a_newer_version_differ() {
        let folder = tempfile::tempdir().unwrap();
        let (_, path) = store(folder.path());
        let load = || Authority::load(&path, || Ok("correct horse".into())).unwrap_err();
        let other = Authority::load(&path, || Ok("wrong".into())).unwrap_err();
        assert!(matches!(other, CustodyError::Passphrase), "{other:?}");

        let whole = std::fs::read(&path).unwrap();
        files::write(&path, &whole[..whole.len() - 3], Access::Owner).unwrap();
        assert!(matches!(load(), CustodyError::Damaged));
        files::write(&path, b"age-encryption.org/v9\n", Access::Owner).unwrap();
        assert!(matches!(load(), CustodyError::Newer(_) | CustodyError::Damaged));

        let mut plain = MAGIC.to_vec();
        plain.push(VERSION + 1);
        plain.resize(LEN, 0);
        assert!(matches!(Authority::parse(&plain), Err(CustodyError::Newer(2))));
        plain[MAGIC.len()] = VERSION;
        assert!(Authority::parse(&plain).is_ok());
        assert!(matches!(Authority::parse(&plain[..LEN - 1]), Err(CustodyError::Damaged)));
    }

    #[test]
    fn files_are_checked_before_the_passphrase_is_asked_for() {
        let asked = || -> Result<SecretString, CustodyError> { panic!("asked too early") };
        let folder = tempfile::tempdir().unwrap();
        let missing = Authority::load(&folder.path().join("none"), asked).unwrap_err();
        assert!(matches!(missing, CustodyError::File(_)));
        let path = folder.path().join("noise");
        files::write(&path, b"not an envelope", Access::Owner).unwrap();
        assert!(!matches!(Authority::load(&path, asked).unwrap_err(), CustodyError::Passphrase));
    }
}
