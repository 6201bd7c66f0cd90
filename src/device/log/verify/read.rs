//! Reads a whole log, and compares it with its device's chain and the last signed head.

use super::damage::LogDamage;
use super::search::{Chain, LogRecord};
use crate::device::log::LogError;
use crate::device::log::chain::{self, ChainMac};
use crate::device::log::entry::LogEntry;
use crate::device::log::file::{HEADER, RECORD, parse_header, parts};
use crate::device::log::head::SignedHead;
use crate::secret::{Key, scrubbed};

/// The most MACs that the search for misplaced records computes, plus eight for each entry: a few seconds. A log with
/// more damage is still reported as damaged, but not every entry of it is named.
const SEARCHES: u64 = 2_000_000;

/// A log that was verified with its device's first key.
#[derive(Debug)]
#[non_exhaustive]
pub struct Verified {
    /// The device that the file names.
    pub device: String,
    /// The entries in the order of the file; records that do not decode are left out.
    pub entries: Vec<LogEntry>,
    /// The number of records in the file, also of those that do not decode.
    pub count: u64,
    /// The MAC of the last record.
    pub head: ChainMac,
    /// The damage, in the order of the file.
    pub damage: Vec<LogDamage>,
}

/// The device's name in a log's header, by which the first key is found. The MACs authenticate it.
///
/// # Errors
/// [`LogError::NoLog`].
pub fn device(bytes: &[u8]) -> Result<String, LogError> {
    parse_header(bytes).map(|(device, _)| device)
}

/// Reads a log and compares it with its device's chain and with the last signed head.
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
    // The chain shows every change but a cut tail and a restored copy; only a signed head shows these.
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
