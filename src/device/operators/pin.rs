//! A PIN, and the slow hash by which it is checked.

use crate::secret::{Key, scrubbed};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

/// The fewest digits of a PIN.
pub const PIN_MIN: usize = 4;
/// The most digits of a PIN.
pub const PIN_MAX: usize = 12;
/// The binary logarithm of scrypt's N: 32 MiB, a tenth of a second on a desk and half a second on a handheld.
const LOG_N: u8 = 15;

/// A PIN, wiped on drop; it prints nothing.
pub struct Pin(Zeroizing<String>);

impl Pin {
    /// A PIN of [`PIN_MIN`] to [`PIN_MAX`] digits; `None` for another text.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let fits =
            (PIN_MIN..=PIN_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| Self(Zeroizing::new(text.to_owned())))
    }
}

/// The salted hash of a PIN.
#[derive(Clone, PartialEq, Eq)]
pub struct PinHash {
    salt: [u8; 16],
    hash: [u8; 32],
}

impl PinHash {
    /// Hashes a PIN with a salt from the operating system's random source.
    ///
    /// # Errors
    /// The operating system's error, if it gives no random bytes.
    pub fn new(pin: &Pin) -> Result<Self, getrandom::Error> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt)?;
        Ok(Self { salt, hash: slow(pin, &salt) })
    }

    /// Whether it is this PIN's.
    #[must_use]
    pub fn is_of(&self, pin: &Pin) -> bool {
        crate::device::log::chain::equal(&slow(pin, &self.salt), &self.hash)
    }

    /// Salt and hash in Base64, with a blank between.
    pub(super) fn text(&self) -> String {
        format!("{} {}", STANDARD.encode(self.salt), STANDARD.encode(self.hash))
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let (salt, hash) = text.split_once(' ')?;
        let decode = |text: &str| STANDARD.decode(text).ok();
        Some(Self { salt: decode(salt)?.try_into().ok()?, hash: decode(hash)?.try_into().ok()? })
    }
}

fn slow(pin: &Pin, salt: &[u8; 16]) -> [u8; 32] {
    let mut out = Key::zero();
    scrubbed(|| {
        // The parameters and the length are constants that scrypt takes.
        if let Ok(params) = scrypt::Params::new(LOG_N, 8, 1, 32) {
            let _constant = scrypt::scrypt(pin.0.as_bytes(), salt, &params, out.expose_mut());
        }
    });
    *out.expose()
}

impl std::fmt::Debug for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pin(..)")
    }
}

impl std::fmt::Debug for PinHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PinHash(..)")
    }
}
