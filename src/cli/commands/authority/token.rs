//! The PKCS #11 token that holds a root: its module and PIN.

use crate::cli::arguments::authority::token::TokenArgs;
use crate::cli::unlock::{descriptor, prompt};
use age::secrecy::SecretString;
use std::path::PathBuf;
use wayseal::authority::custody::CustodyError;
use wayseal::authority::root::Root;
use wayseal::authority::token::Token;
use wayseal::files;
use zeroize::Zeroizing;

impl TokenArgs {
    /// Opens the token of a label.
    pub fn open(&self, label: &str) -> Result<Token, CustodyError> {
        // The usual place of Debian's SoftHSM2; every other token has its own.
        let usual = PathBuf::from("/usr/lib/softhsm/libsofthsm2.so");
        Token::open(self.token_module.as_ref().unwrap_or(&usual), label, || self.pin())
    }

    /// A new root in the token of a label.
    pub fn new_root(&self, generation: u32, label: &str) -> Result<Root, CustodyError> {
        let key = self.open(label)?.generate().map_err(CustodyError::Token)?;
        Ok(Root::of_token(generation, key))
    }

    pub fn pin(&self) -> Result<SecretString, CustodyError> {
        let first = |bytes: &[u8]| {
            let text = std::str::from_utf8(bytes).ok().and_then(|text| text.lines().next());
            text.filter(|pin| !pin.is_empty()).map(SecretString::from).ok_or(CustodyError::NoPin)
        };
        if let Some(number) = self.pin_fd {
            return first(&Zeroizing::new(descriptor(number).map_err(|_| CustodyError::NoPin)?));
        }
        if let Some(path) = &self.pin_file {
            return first(&Zeroizing::new(files::read_secret(path, 4096).map_err(CustodyError::File)?));
        }
        if let Ok(pin) = std::env::var("WAYSEAL_PIN") {
            return first(Zeroizing::new(pin).as_bytes());
        }
        first(prompt("PIN: ").map_err(|_| CustodyError::NoPin)?.as_bytes())
    }
}
