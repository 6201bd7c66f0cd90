//! Opens the PKCS #11 token that holds a root.

use crate::cli::language::keys as text;
use crate::cli::settings::authority::token::TokenSettings;
use crate::cli::settings::passphrase::PassphraseSource;
use crate::cli::unlock::{descriptor, prompt};
use age::secrecy::{ExposeSecret as _, SecretString};
use wayseal::authority::custody::CustodyError;
use wayseal::authority::root::Root;
use wayseal::authority::token::Token;
use wayseal::files;
use zeroize::Zeroizing;

impl TokenSettings {
    /// Opens the token of a label.
    pub fn open(&self, label: &str) -> Result<Token, CustodyError> {
        Token::open(&self.module, label, || self.pin())
    }

    /// A new root in the token of a label.
    pub fn new_root(&self, generation: u32, label: &str) -> Result<Root, CustodyError> {
        let key = self.open(label)?.generate().map_err(CustodyError::Token)?;
        Ok(Root::of_token(generation, key))
    }

    fn pin(&self) -> Result<SecretString, CustodyError> {
        let first = |bytes: &[u8]| {
            let text = std::str::from_utf8(bytes).ok().and_then(|text| text.lines().next());
            text.filter(|pin| !pin.is_empty()).map(SecretString::from).ok_or(CustodyError::NoPin(None))
        };
        match &self.pin {
            PassphraseSource::Descriptor(number) => {
                first(&Zeroizing::new(descriptor(*number).map_err(|cause| CustodyError::NoPin(Some(cause)))?))
            }
            PassphraseSource::File(path) => {
                first(&Zeroizing::new(files::read_secret(path, 4096).map_err(CustodyError::File)?))
            }
            PassphraseSource::Given(pin) => first(pin.expose_secret().as_bytes()),
            PassphraseSource::Terminal(language) => {
                let typed = prompt(language.of(text::PIN)).map_err(|error| match error {
                    CustodyError::NoPassphrase(cause) => CustodyError::NoPin(cause),
                    error => error,
                })?;
                first(typed.as_bytes())
            }
        }
    }
}
