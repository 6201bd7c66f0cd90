//! A depot's answer.

use super::error::ExchangeError;
use crate::device::log::head::{hex, unhex};

const MAGIC: &str = "wayseal bundle 1";
/// The most bytes of an answer.
pub const BUNDLE_MAX: usize = 96 << 20;
/// The most items of an answer: a depot gives the rest with the next.
pub const BUNDLE_ITEMS: usize = 256;
/// The longest name of an item.
const NAME_MAX: usize = 64;

/// A depot's answer, read in place: nothing of it is verified yet.
#[derive(Debug)]
pub struct Bundle<'a> {
    challenge: Option<[u8; 32]>,
    items: Vec<(&'a str, &'a [u8])>,
}

impl<'a> Bundle<'a> {
    /// Reads an answer.
    ///
    /// # Errors
    /// [`ExchangeError`], also if bytes are missing or left over.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, ExchangeError> {
        if bytes.len() > BUNDLE_MAX {
            return Err(ExchangeError::Large);
        }
        let mut rest = bytes;
        let mut line = || -> Result<&'a str, ExchangeError> {
            let end = rest.iter().take(256).position(|byte| *byte == b'\n').ok_or(ExchangeError::Form)?;
            let (text, after) = rest.split_at(end);
            rest = &after[1..];
            std::str::from_utf8(text).map_err(|_| ExchangeError::Form)
        };
        if line()? != MAGIC {
            return Err(ExchangeError::Form);
        }
        let challenge = match line()?.strip_prefix("challenge ").ok_or(ExchangeError::Form)? {
            "-" => None,
            digits => Some(unhex(digits).map_err(|_| ExchangeError::Form)?),
        };
        let mut named = Vec::new();
        loop {
            let text = line()?;
            if text.is_empty() {
                break;
            }
            let (name, length) = text.split_once(' ').ok_or(ExchangeError::Form)?;
            let length: usize = length.parse().map_err(|_| ExchangeError::Form)?;
            if !is_name(name) {
                return Err(ExchangeError::Form);
            }
            if named.len() == BUNDLE_ITEMS {
                return Err(ExchangeError::Large);
            }
            named.push((name, length));
        }
        let mut items = Vec::with_capacity(named.len());
        for (name, length) in named {
            let (item, after) = rest.split_at_checked(length).ok_or(ExchangeError::Form)?;
            items.push((name, item));
            rest = after;
        }
        if rest.is_empty() { Ok(Self { challenge, items }) } else { Err(ExchangeError::Form) }
    }

    /// The auditor's challenge, if a hand-in is wanted.
    #[must_use]
    pub const fn challenge(&self) -> Option<[u8; 32]> {
        self.challenge
    }

    /// The items by their names, in order.
    pub fn items(&self) -> impl Iterator<Item = (&'a str, &'a [u8])> + '_ {
        self.items.iter().copied()
    }
}

/// A depot's answer, as it is made.
#[derive(Debug, Default)]
pub struct BundleWriter {
    challenge: Option<[u8; 32]>,
    heads: Vec<String>,
    bytes: Vec<u8>,
}

impl BundleWriter {
    /// An answer without items.
    #[must_use]
    pub fn new(challenge: Option<[u8; 32]>) -> Self {
        Self { challenge, ..Self::default() }
    }

    /// Adds an item.
    ///
    /// # Errors
    /// [`ExchangeError::Form`] for a name of another form, [`ExchangeError::Large`] if it does not fit.
    pub fn add(&mut self, name: &str, item: &[u8]) -> Result<(), ExchangeError> {
        if !is_name(name) {
            return Err(ExchangeError::Form);
        }
        let heads = MAGIC.len() + 128 + (self.heads.len() + 1) * (NAME_MAX + 24);
        if self.heads.len() == BUNDLE_ITEMS || heads + self.bytes.len() + item.len() > BUNDLE_MAX {
            return Err(ExchangeError::Large);
        }
        self.heads.push(format!("{name} {}\n", item.len()));
        self.bytes.extend_from_slice(item);
        Ok(())
    }

    /// The bytes of the answer.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        let challenge = self.challenge.map_or_else(|| "-".to_owned(), |challenge| hex(&challenge));
        let mut bytes = format!("{MAGIC}\nchallenge {challenge}\n{}\n", self.heads.concat()).into_bytes();
        bytes.extend(self.bytes);
        bytes
    }
}

fn is_name(name: &str) -> bool {
    let is_of = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    (1..=NAME_MAX).contains(&name.len()) && name.bytes().all(is_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_comes_back_and_no_cut_one_is_read() {
        for challenge in [None, Some([0xa5; 32])] {
            let mut bundle = BundleWriter::new(challenge);
            for (name, item) in
                [("a.grant", &b"\n\n"[..]), ("b.list", b""), ("c_0-1.head", b"wayseal bundle 1\n")]
            {
                bundle.add(name, item).unwrap();
            }
            let bytes = bundle.finish();
            let read = Bundle::parse(&bytes).unwrap();
            assert_eq!(read.challenge(), challenge);
            let items: Vec<_> = read.items().collect();
            assert_eq!(items[0], ("a.grant", &b"\n\n"[..]));
            assert_eq!(items[2], ("c_0-1.head", &b"wayseal bundle 1\n"[..]));
            for end in 0..bytes.len() {
                assert_eq!(Bundle::parse(&bytes[..end]).unwrap_err(), ExchangeError::Form, "{end}");
            }
            assert!(Bundle::parse(&[&bytes[..], b"x"].concat()).is_err());
        }
        let mut bundle = BundleWriter::new(None);
        for name in ["", "a/b", "a b", "a\n", &"n".repeat(65)] {
            assert_eq!(bundle.add(name, b""), Err(ExchangeError::Form), "{name}");
        }
        for number in 0..BUNDLE_ITEMS {
            bundle.add(&number.to_string(), b"").unwrap();
        }
        assert_eq!(bundle.add("more", b""), Err(ExchangeError::Large));
        let mut large = BundleWriter::new(None);
        assert_eq!(large.add("a", &vec![0; BUNDLE_MAX]), Err(ExchangeError::Large));
        // A length that is no such number of bytes costs nothing.
        let huge = format!("{MAGIC}\nchallenge -\na {}\n\n", u64::MAX);
        assert_eq!(Bundle::parse(huge.as_bytes()).unwrap_err(), ExchangeError::Form);
    }
}
