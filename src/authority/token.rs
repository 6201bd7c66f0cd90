//! The root in a PKCS #11 token: a key that makes HMAC-SHA256 and nothing else, and never leaves it.
//!
//! ```text
//! day key = C_Sign(CKM_SHA256_HMAC, root, "WS1" ‖ 01 ‖ tier u8 ‖ day u16 ‖ 01)
//! ```
//!
//! which is HKDF-Expand(root, info, 32): RFC 5869 takes one MAC over `info ‖ 01` for one block of output. So a
//! token that knows no HKDF holds the root, and only day keys reach the host.
//!
//! The key is generated in the token as `CKK_GENERIC_SECRET`, 32 bytes, private, sensitive, not extractable, not
//! modifiable, to sign only. A key that the token would hand out is not used.

use crate::authority::token_ref::TokenRef;
use crate::keys::{DOMAIN, Day, KeyLevel, Tier};
use crate::secret::Key;
use age::secrecy::SecretString;
use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use zeroize::Zeroizing;

/// The name of the key in the token.
const LABEL: &str = "wayseal root";

/// A token that its user is logged in to.
pub struct Token {
    label: String,
    session: Arc<Mutex<Session>>,
}

/// A root in a token.
pub struct TokenKey {
    at: TokenRef,
    session: Arc<Mutex<Session>>,
    handle: ObjectHandle,
}

impl Token {
    /// Opens the token of a label with its user's PIN. The module and the token are looked for before the PIN is
    /// asked for.
    ///
    /// # Errors
    /// [`TokenError`].
    pub fn open<E: From<TokenError>>(
        module: &Path,
        label: &str,
        pin: impl FnOnce() -> Result<SecretString, E>,
    ) -> Result<Self, E> {
        let no_module = |error: &dyn fmt::Display| TokenError::Module(module.to_owned(), error.to_string());
        let library = Pkcs11::new(module).map_err(|error| no_module(&error))?;
        match library.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
            // Another part of the process has it in use already.
            Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {}
            Err(error) => return Err(no_module(&error).into()),
        }
        let slots = library.get_slots_with_initialized_token().map_err(TokenError::of)?;
        let named = |slot: &cryptoki::slot::Slot| {
            library.get_token_info(*slot).is_ok_and(|info| info.label() == label)
        };
        let slot = slots.into_iter().find(named).ok_or_else(|| TokenError::NoToken(label.to_owned()))?;
        let pin = pin()?;
        let session = library.open_rw_session(slot).map_err(TokenError::of)?;
        match session.login(UserType::User, Some(&pin)) {
            Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => {}
            Err(error) => return Err(TokenError::of(error).into()),
        }
        Ok(Self { label: label.to_owned(), session: Arc::new(Mutex::new(session)) })
    }

    /// The token's label.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Generates a root in the token.
    ///
    /// # Errors
    /// [`TokenError`].
    pub fn generate(&self) -> Result<TokenKey, TokenError> {
        let mut id = [0; 16];
        getrandom::fill(&mut id).map_err(|_| TokenError::Random)?;
        let mut template = root_template(&id);
        template.push(Attribute::ValueLen(32.into()));
        let session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        session.generate_key(&Mechanism::GenericSecretKeyGen, &template).map_err(TokenError::of)?;
        drop(session);
        self.key(&TokenRef { token: self.label.clone(), id })
    }

    /// The root that an envelope names.
    ///
    /// # Errors
    /// [`TokenError::NoKey`], and [`TokenError::Weak`] for a key that the token would hand out.
    pub fn key(&self, at: &TokenRef) -> Result<TokenKey, TokenError> {
        let session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let found = session
            .find_objects(&[Attribute::Class(ObjectClass::SECRET_KEY), Attribute::Id(at.id.to_vec())])
            .map_err(TokenError::of)?;
        let &[handle] = found.as_slice() else { return Err(TokenError::NoKey(self.label.clone())) };
        let wanted = [AttributeType::Sensitive, AttributeType::Extractable, AttributeType::Sign];
        let attributes = session.get_attributes(handle, &wanted).map_err(TokenError::of)?;
        let safe = [Attribute::Sensitive(true), Attribute::Extractable(false), Attribute::Sign(true)];
        if !safe.iter().all(|wanted| attributes.contains(wanted)) {
            return Err(TokenError::Weak);
        }
        Ok(TokenKey { at: at.clone(), session: Arc::clone(&self.session), handle })
    }

    /// Destroys a root.
    ///
    /// # Errors
    /// [`TokenError`].
    pub fn destroy(&self, at: &TokenRef) -> Result<(), TokenError> {
        let key = self.key(at)?;
        let session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        session.destroy_object(key.handle).map_err(TokenError::of)
    }
}

fn root_template(id: &[u8; 16]) -> Vec<Attribute> {
    vec![
        Attribute::Class(ObjectClass::SECRET_KEY),
        Attribute::KeyType(KeyType::GENERIC_SECRET),
        Attribute::Label(LABEL.into()),
        Attribute::Id(id.to_vec()),
        Attribute::Token(true),
        Attribute::Private(true),
        Attribute::Sensitive(true),
        Attribute::Extractable(false),
        Attribute::Modifiable(false),
        Attribute::Sign(true),
        Attribute::Verify(false),
        Attribute::Encrypt(false),
        Attribute::Decrypt(false),
        Attribute::Wrap(false),
        Attribute::Unwrap(false),
        Attribute::Derive(false),
    ]
}

impl TokenKey {
    /// Where it is.
    #[must_use]
    pub const fn at(&self) -> &TokenRef {
        &self.at
    }

    /// The key of a tier on a day, into `out`.
    ///
    /// # Errors
    /// [`TokenError`] if the token does not answer.
    pub fn day_key(&self, tier: Tier, day: Day, out: &mut Key) -> Result<(), TokenError> {
        let mut input = [0; 8];
        input[..3].copy_from_slice(&DOMAIN);
        input[3] = KeyLevel::Day as u8;
        input[4] = tier as u8;
        input[5..7].copy_from_slice(&day.number().to_be_bytes());
        input[7] = 1;
        let session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let mac = session.sign(&Mechanism::Sha256Hmac, self.handle, &input).map_err(TokenError::of)?;
        let mac = Zeroizing::new(mac);
        let mac: &[u8; 32] = mac.as_slice().try_into().map_err(|_| TokenError::Weak)?;
        out.expose_mut().copy_from_slice(mac);
        Ok(())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Token").field(&self.label).finish()
    }
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TokenKey").field(&self.at).finish()
    }
}

/// Why the token gives no key.
#[derive(Debug)]
#[non_exhaustive]
pub enum TokenError {
    /// Its module cannot be loaded.
    Module(PathBuf, String),
    /// No token of that label is connected.
    NoToken(String),
    /// The PIN is another one.
    Pin,
    /// The token locked itself after wrong PINs.
    Locked,
    /// The token does not hold the root.
    NoKey(String),
    /// The token would hand the key out, or it is no key for HMAC-SHA256.
    Weak,
    /// The token said something else.
    Answer(String),
    /// The operating system gave no random bytes.
    Random,
}

impl TokenError {
    fn of(error: Error) -> Self {
        match error {
            Error::Pkcs11(RvError::PinIncorrect | RvError::PinInvalid | RvError::PinLenRange, _) => Self::Pin,
            Error::Pkcs11(RvError::PinLocked, _) => Self::Locked,
            error => Self::Answer(error.to_string()),
        }
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Module(path, error) => write!(
                f,
                "cannot load the PKCS #11 module {}: {error}; the token's maker has it",
                path.display()
            ),
            Self::NoToken(label) => {
                write!(f, "no token is labelled {label:?}; connect it, or check its label")
            }
            Self::Pin => f.write_str("the PIN does not open the token; a few wrong ones lock it"),
            Self::Locked => f.write_str("the token is locked after wrong PINs; its security officer unlocks it"),
            Self::NoKey(label) => write!(f, "the token {label:?} does not hold the root of this authority"),
            Self::Weak => f.write_str(
                "the token would hand the key out, or it is not one for HMAC-SHA256; make a new root in a token \
                 that keeps it",
            ),
            Self::Answer(error) => write!(f, "the token answered: {error}"),
            Self::Random => f.write_str("the operating system gave no random bytes"),
        }
    }
}

impl std::error::Error for TokenError {}
