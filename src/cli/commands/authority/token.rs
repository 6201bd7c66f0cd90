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
    /// Opens the token of a label, which has this place among the tokens of its root.
    pub fn open(&self, label: &str, place: usize) -> Result<Token, CustodyError> {
        Token::open(&self.module, label, || self.pin(label, place))
    }

    /// A new root in the tokens of these labels.
    pub fn new_root(&self, generation: u32, labels: &[String]) -> Result<Root, CustodyError> {
        // All are opened before any makes a key: a wrong second PIN leaves no key behind in the first token.
        let opened = labels.iter().enumerate().map(|(place, label)| self.open(label, place));
        let opened = opened.collect::<Result<Vec<_>, _>>()?;
        let keys = opened.iter().map(Token::generate).collect::<Result<Vec<_>, _>>();
        Ok(Root::from_tokens(generation, keys.map_err(CustodyError::Token)?))
    }

    fn pin(&self, label: &str, place: usize) -> Result<SecretString, CustodyError> {
        let first = |bytes: &[u8]| {
            let text = std::str::from_utf8(bytes).ok().and_then(|text| text.lines().next());
            text.filter(|pin| !pin.is_empty()).map(SecretString::from).ok_or(CustodyError::NoPin(None))
        };
        match self.pins.get(place).or(self.pins.last()).ok_or(CustodyError::NoPin(None))? {
            PassphraseSource::Descriptor(number) => {
                first(&Zeroizing::new(descriptor(*number).map_err(|cause| CustodyError::NoPin(Some(cause)))?))
            }
            PassphraseSource::File(path) => {
                first(&Zeroizing::new(files::read_secret(path, 4096).map_err(CustodyError::File)?))
            }
            PassphraseSource::Given(pin) => first(pin.expose_secret().as_bytes()),
            PassphraseSource::Terminal(language) => {
                let typed = prompt(&text::pin_of(*language, label)).map_err(|error| match error {
                    CustodyError::NoPassphrase(cause) => CustodyError::NoPin(cause),
                    error => error,
                })?;
                first(typed.as_bytes())
            }
        }
    }
}
