//! The root in a PKCS #11 token, as a key that computes HMAC-SHA256 and never leaves the token.
//!
//! In: the token's module (a shared library of its maker), label and PIN. Out: day keys. What it may not do: hold the
//! root in this process's memory, or use a key that the token lets out.
//!
//! ```text
//! day key = C_Sign(CKM_SHA256_HMAC, root, "WS1" ‖ 01 ‖ tier u8 ‖ day u16 ‖ 01)
//! ```
//!
//! This is HKDF-Expand(root, info, 32): RFC 5869, section 2.3, computes one MAC over `info ‖ 01` for one block of
//! output. So a token without HKDF can hold the root, and only day keys reach the host.
//!
//! The key is generated in the token as `CKK_GENERIC_SECRET`: 32 bytes, private, sensitive, not extractable, not
//! modifiable, for signing only. An extractable key is refused.
//!
//! Foreign types in its interface: [`SecretString`] of the crate `secrecy`, [`Pkcs11Error`] of the crate `cryptoki`.

use crate::authority::token_ref::TokenRef;
use crate::keys::{DOMAIN, Day, KeyLevel, Tier};
use crate::secret::Key;
use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::RvError;
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use thiserror::Error;
use zeroize::Zeroizing;

pub use crate::signed::envelope::SecretString;
pub use cryptoki::error::Error as Pkcs11Error;

/// The name of the key in the token.
const LABEL: &str = "wayseal root";

/// A token, opened with its user's PIN.
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
    /// Opens the token of a label with its user's PIN. `pin` is called once the module and the token are found.
    ///
    /// # Errors
    /// [`TokenError`].
    pub fn open<E: From<TokenError>>(
        module: &Path,
        label: &str,
        pin: impl FnOnce() -> Result<SecretString, E>,
    ) -> Result<Self, E> {
        let no_module = |error| TokenError::Module(module.to_owned(), error);
        let library = Pkcs11::new(module).map_err(no_module)?;
        match library.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
            // PKCS #11 allows one initialization a process; another part of this one did it.
            Ok(()) | Err(Pkcs11Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {}
            Err(error) => return Err(no_module(error).into()),
        }
        let slots = library.get_slots_with_initialized_token().map_err(TokenError::of)?;
        let named = |slot: &cryptoki::slot::Slot| {
            library.get_token_info(*slot).is_ok_and(|info| info.label() == label)
        };
        let slot = slots.into_iter().find(named).ok_or_else(|| TokenError::NoToken(label.to_owned()))?;
        let pin = pin()?;
        let session = library.open_rw_session(slot).map_err(TokenError::of)?;
        match session.login(UserType::User, Some(&pin)) {
            Ok(()) | Err(Pkcs11Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => {}
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
        getrandom::fill(&mut id).map_err(TokenError::Random)?;
        let mut template = root_template(&id);
        template.push(Attribute::ValueLen(32.into()));
        let session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        session.generate_key(&Mechanism::GenericSecretKeyGen, &template).map_err(TokenError::of)?;
        drop(session);
        self.key(&TokenRef { token: self.label.clone(), id })
    }

    /// Finds the root that an envelope refers to.
    ///
    /// # Errors
    /// [`TokenError::NoKey`], and [`TokenError::Weak`] for an extractable key.
    pub fn key(&self, at: &TokenRef) -> Result<TokenKey, TokenError> {
        let session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let found = session
            .find_objects(&[Attribute::Class(ObjectClass::SECRET_KEY), Attribute::Id(at.id.to_vec())])
            .map_err(TokenError::of)?;
        let &[handle] = found.as_slice() else { return Err(TokenError::NoKey(self.label.clone())) };
        // Checked whenever the key is looked up: a key that was imported, or changed by the token's officer, may be extractable.
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
    /// The token's label and the key's identifier.
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
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TokenError {
    /// The PKCS #11 module cannot be loaded.
    #[error("cannot load the PKCS #11 module {path}: {cause}; the token's maker has it", path = .0.display(), cause = .1)]
    Module(PathBuf, #[source] Pkcs11Error),
    /// No token of that label is connected.
    #[error("no token is labelled {0:?}; connect it, or check its label")]
    NoToken(String),
    /// Wrong PIN.
    #[error("the PIN does not open the token; a few wrong ones lock it")]
    Pin,
    /// The token locked itself after wrong PINs.
    #[error("the token is locked after wrong PINs; its security officer unlocks it")]
    Locked,
    /// The token does not hold the root.
    #[error("the token {0:?} does not hold the root of this authority")]
    NoKey(String),
    /// The token lets the key be extracted, or it is not a key for HMAC-SHA256.
    #[error(
        "the token lets the key be extracted, or it is not a key for HMAC-SHA256; make a new root in a token that \
         keeps it"
    )]
    Weak,
    /// The token returned another error.
    #[error("the token answered: {0}")]
    Answer(#[source] Pkcs11Error),
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes")]
    Random(#[source] getrandom::Error),
}

impl TokenError {
    fn of(error: Pkcs11Error) -> Self {
        match error {
            Pkcs11Error::Pkcs11(RvError::PinIncorrect | RvError::PinInvalid | RvError::PinLenRange, _) => {
                Self::Pin
            }
            Pkcs11Error::Pkcs11(RvError::PinLocked, _) => Self::Locked,
            error => Self::Answer(error),
        }
    }
}
