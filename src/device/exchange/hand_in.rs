//! The file that a device hands in.

use super::error::ExchangeError;
use crate::device::log::head::Answer;

const MAGIC: &[u8] = b"wayseal hand-in 1\n";
/// The most bytes of a hand-in: two million entries.
pub const HAND_IN_MAX: usize = 256 << 20;
/// The most bytes of an answer.
const ANSWER_MAX: usize = 256;

/// What was handed in: a log, and the answer to a challenge unless the log's key was lost.
#[derive(Debug)]
#[non_exhaustive]
pub struct HandIn<'a> {
    /// The answer; `None` for a log that goes in unanswered.
    pub answer: Option<Answer>,
    /// The bytes of the log.
    pub log: &'a [u8],
}

impl<'a> HandIn<'a> {
    /// The bytes of a hand-in.
    #[must_use]
    pub fn bytes(answer: &Answer, log: &[u8]) -> Vec<u8> {
        [MAGIC, format!("{answer}\n\n").as_bytes(), log].concat()
    }

    /// The bytes of a log that goes in without an answer, since its key was lost.
    #[must_use]
    pub fn unanswered(log: &[u8]) -> Vec<u8> {
        [MAGIC, b"-\n\n", log].concat()
    }

    /// Reads what was handed in; bytes that begin otherwise are those of a log.
    ///
    /// # Errors
    /// [`ExchangeError`].
    pub fn parse(bytes: &'a [u8]) -> Result<Self, ExchangeError> {
        if bytes.len() > HAND_IN_MAX {
            return Err(ExchangeError::Large);
        }
        let Some(rest) = bytes.strip_prefix(MAGIC) else { return Ok(Self { answer: None, log: bytes }) };
        let within = &rest[..rest.len().min(ANSWER_MAX)];
        let end = within.windows(2).position(|pair| pair == b"\n\n").ok_or(ExchangeError::Form)?;
        let text = std::str::from_utf8(&rest[..end]).map_err(|_| ExchangeError::Form)?;
        let answer = if text == "-" { None } else { Some(text.parse().map_err(|_| ExchangeError::Form)?) };
        Ok(Self { answer, log: &rest[end + 2..] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hand_in_comes_back() {
        let answer: Answer = format!("3 {} {}", "ab".repeat(32), "cd".repeat(32)).parse().unwrap();
        let log = b"wayseal log 2\n\0\0\n\n";
        let bytes = HandIn::bytes(&answer, log);
        let read = HandIn::parse(&bytes).unwrap();
        assert_eq!((read.answer, read.log), (Some(answer), &log[..]));
        let bytes = HandIn::unanswered(log);
        assert_eq!(HandIn::parse(&bytes).map(|read| (read.answer, read.log)).unwrap(), (None, &log[..]));
        assert_eq!(HandIn::parse(log).unwrap().log, log);
        assert!(HandIn::parse(b"wayseal hand-in 1\n3 a b\n\nlog").is_err());
        assert!(HandIn::parse(b"wayseal hand-in 1\n-").is_err());
    }
}
