//! What a device asks a depot for.

use super::error::ExchangeError;
use std::fmt;

const MAGIC: &str = "wayseal fetch 1";
/// The most bytes of a request.
pub const REQUEST_MAX: usize = 1024;

/// A device's request: who it is, and what it has. Nothing of it is secret, and a depot that believes a false one gives out what opens for
/// the device alone.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FetchRequest {
    /// The device's name.
    pub device: String,
    /// Its age recipient; empty without one.
    pub recipient: String,
    /// The serial of the grant in use; 0 without one.
    pub grant: u64,
    /// The number of the revocation list held; 0 for none.
    pub list: u64,
    /// The number of the list of operators held; 0 for none.
    pub operators: u64,
    /// Entries of which the auditor has signed the head.
    pub head: u64,
    /// Entries of the log.
    pub entries: u64,
}

/// The text of the request.
impl fmt::Display for FetchRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let recipient = if self.recipient.is_empty() { "-" } else { &self.recipient };
        writeln!(f, "{MAGIC}\ndevice {}\nrecipient {recipient}\ngrant {}", self.device, self.grant)?;
        writeln!(f, "list {}\noperators {}\nhead {}", self.list, self.operators, self.head)?;
        writeln!(f, "entries {}", self.entries)
    }
}

impl FetchRequest {
    /// Reads a request, as a depot does.
    ///
    /// # Errors
    /// [`ExchangeError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, ExchangeError> {
        if bytes.len() > REQUEST_MAX {
            return Err(ExchangeError::Large);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| ExchangeError::Form)?;
        let read = || {
            let mut lines = text.lines();
            (lines.next()? == MAGIC).then_some(())?;
            let mut field = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
            let (device, recipient) = (field("device")?.to_owned(), field("recipient")?);
            let recipient = if recipient == "-" { String::new() } else { recipient.to_owned() };
            let mut number = |name: &str| field(name)?.parse::<u64>().ok();
            let request = Self {
                device,
                recipient,
                grant: number("grant")?,
                list: number("list")?,
                operators: number("operators")?,
                head: number("head")?,
                entries: number("entries")?,
            };
            // One text for one request.
            (request.to_string() == text).then_some(request)
        };
        read().ok_or(ExchangeError::Form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_comes_back_and_no_other_text_is_one() {
        for recipient in ["", "age1abc"] {
            let request = FetchRequest {
                device: "网点 12".into(),
                recipient: recipient.into(),
                grant: u64::MAX,
                list: 12,
                operators: 0,
                head: 200,
                entries: 231,
            };
            let text = request.to_string();
            assert_eq!(FetchRequest::parse(text.as_bytes()), Ok(request));
            for end in 0..text.len() {
                assert!(FetchRequest::parse(&text.as_bytes()[..end]).is_err(), "{end}");
            }
            for other in [text.replace("200", "0200"), text.replace('\n', "\r\n"), format!("{text}\n")] {
                assert_eq!(FetchRequest::parse(other.as_bytes()), Err(ExchangeError::Form));
            }
        }
        assert_eq!(FetchRequest::parse(&[b'a'; REQUEST_MAX + 1]), Err(ExchangeError::Large));
    }
}
