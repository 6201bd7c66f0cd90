//! A log read whole, and compared with the chain of its device and the last head signed for it.

use super::damage::LogDamage;
use super::search::{Chain, LogRecord};
use crate::device::log::LogError;
use crate::device::log::chain::{self, ChainMac};
use crate::device::log::entry::LogEntry;
use crate::device::log::file::{HEADER, RECORD, parse_header, parts};
use crate::device::log::head::SignedHead;
use crate::secret::{Key, scrubbed};

/// MACs computed in search of what is out of place, beside eight for each entry: seconds. A log that is
/// damaged all over is found out either way, and then not every entry of it can be named.
const SEARCHES: u64 = 2_000_000;

/// A log that was read with its device's first key.
#[derive(Debug)]
#[non_exhaustive]
pub struct Verified {
    /// The device that the file names.
    pub device: String,
    /// The entries, as they stand in the file; those that are none are left out.
    pub entries: Vec<LogEntry>,
    /// Records.
    pub count: u64,
    /// The MAC of the last record.
    pub head: ChainMac,
    /// What was done to it, in the order of the file.
    pub damage: Vec<LogDamage>,
}

/// The first key of a log's device; the file's name for it is checked by the MACs.
///
/// # Errors
/// [`LogError::NoLog`].
pub fn device(bytes: &[u8]) -> Result<String, LogError> {
    parse_header(bytes).map(|(device, _)| device)
}

/// Reads a log and compares it with the chain of its device, and with the last head signed for it.
///
/// # Errors
/// [`LogError::NoLog`].
pub fn verify(bytes: &[u8], first: &Key, signed: Option<&SignedHead>) -> Result<Verified, LogError> {
    scrubbed(|| verify_within(SEARCHES, bytes, first, signed))
}

fn verify_within(
    searches: u64,
    bytes: &[u8],
    first: &Key,
    signed: Option<&SignedHead>,
) -> Result<Verified, LogError> {
    let (device, records) = parse_header(bytes)?;
    let (whole, rest) = records.as_chunks::<RECORD>();
    let records: Vec<LogRecord> = whole.iter().map(parts).collect();
    let chain = Chain::new(searches, first, records.len(), chain::origin(&bytes[..HEADER]));
    let indices = chain.place(&records);
    let mut damage = chain.judge(&records, &indices);
    let count = records.len() as u64;
    if chain.is_spent() {
        damage.push(LogDamage::TooMuch);
    }
    if !rest.is_empty() {
        damage.push(LogDamage::Torn { entry: count });
    }
    if let Some(signed) = signed {
        let head_at = |count: u64| match count.checked_sub(1) {
            Some(last) => records.get(last as usize).map(|(_, mac)| *mac),
            None => Some(*chain.origin()),
        };
        match head_at(signed.count) {
            None => damage.push(LogDamage::Tail { count, signed: signed.count }),
            Some(head) if head != signed.head => damage.push(LogDamage::Forked { count: signed.count }),
            Some(_) => {}
        }
    }
    let head = records.last().map_or(*chain.origin(), |(_, mac)| *mac);
    let entries = records.iter().filter_map(|(entry, _)| LogEntry::read(entry)).collect();
    Ok(Verified { device, entries, count, head, damage })
}

#[cfg(test)]
mod tests;
