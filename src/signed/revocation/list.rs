//! The list, and reading and writing its signed file.

use super::error::ListError;
use crate::files::{self, Access};
use crate::keys::{Day, SealerId};
use crate::signed::cbor::{CborReader, CborWriter};
use crate::signed::moment::Moment;
use crate::signed::role::NAME_MAX;
use crate::signed::signer::{Signature, Signs, VerifyingKey};
use crate::verifier::Revoked;
use std::path::Path;

const MAGIC: &str = "wayseal revocations";
const VERSION: u64 = 1;
/// Prefix of the signed message, so that no other signature of the same key passes for a list's.
const CONTEXT: &[u8] = b"WS1 revoked\0";
/// Bytes of a sealer's entry.
const SEALER: usize = 5;

/// The largest list file read, in bytes: twelve million sealers.
pub const LIST_MAX: u64 = 64 * 1024 * 1024;

/// The default number of days for which a list is valid: as many as a scanner holds keys.
pub const LIST_DAYS: u16 = 14;

/// A revocation list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RevocationList {
    /// Larger with each list; a device refuses a lower one than it holds.
    pub number: u64,
    /// When it was signed.
    pub issued: Moment,
    /// The last day on which it is valid.
    pub until: Day,
    sealers: Vec<Revoked>,
    holders: Vec<(String, Day)>,
    issuers: Vec<(String, Day)>,
}

impl RevocationList {
    /// The empty list before the first, with number 0.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            number: 0,
            issued: Moment(0),
            until: Day::new(0),
            sealers: Vec::new(),
            holders: Vec::new(),
            issuers: Vec::new(),
        }
    }

    /// An empty list in place of a lost one of this number: the next has a higher number.
    #[must_use]
    pub fn after(number: u64) -> Self {
        Self { number, ..Self::none() }
    }

    /// The revoked sealers, ascending: for [`Verifier::with_revoked`](crate::verifier::Verifier::with_revoked).
    #[must_use]
    pub fn sealers(&self) -> &[Revoked] {
        &self.sealers
    }

    /// The revoked holders with their first day without a grant, ascending by name.
    #[must_use]
    pub fn holders(&self) -> &[(String, Day)] {
        &self.holders
    }

    /// The revoked issuers with their first doubtful day, ascending by the name in their certificate.
    #[must_use]
    pub fn issuers(&self) -> &[(String, Day)] {
        &self.issuers
    }

    /// The first doubtful day of a sealer.
    #[must_use]
    pub fn sealer(&self, sealer: SealerId) -> Option<Day> {
        let found = self.sealers.binary_search_by_key(&sealer, |entry| entry.sealer).ok()?;
        Some(self.sealers[found].from)
    }

    /// The first day without a grant of a holder, named as in grants or by its age recipient.
    #[must_use]
    pub fn holder(&self, name: &str) -> Option<Day> {
        day_of(&self.holders, name)
    }

    /// The first doubtful day of an issuer, by the name in its certificate. A holder of that name is no issuer any more.
    #[must_use]
    pub fn issuer(&self, name: &str) -> Option<Day> {
        [day_of(&self.issuers, name), self.holder(name)].into_iter().flatten().min()
    }

    /// Adds sealers; the earlier of two days of one sealer stays.
    pub fn revoke_sealers(&mut self, entries: impl IntoIterator<Item = Revoked>) {
        self.sealers.extend(entries);
        self.sealers.sort_unstable_by_key(|entry| (entry.sealer, entry.from));
        self.sealers.dedup_by_key(|entry| entry.sealer);
    }

    /// Adds holders; the earlier of two days of one holder stays.
    pub fn revoke_holders(&mut self, entries: impl IntoIterator<Item = (String, Day)>) {
        add(&mut self.holders, entries);
    }

    /// Adds issuers; the earlier of two days of one issuer stays.
    pub fn revoke_issuers(&mut self, entries: impl IntoIterator<Item = (String, Day)>) {
        add(&mut self.issuers, entries);
    }

    /// Adds the entries of another list; the earlier of two days stays.
    pub fn absorb(&mut self, other: &Self) {
        self.revoke_sealers(other.sealers.iter().copied());
        self.revoke_holders(other.holders.iter().cloned());
        self.revoke_issuers(other.issuers.iter().cloned());
    }

    /// Whether each entry of another list is in this one, from the same day or an earlier one on.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        let mut both = self.clone();
        both.absorb(other);
        both == *self
    }

    /// The signed file, under the next number: the time of issue, or one more than the last. So an authority that was put
    /// back from an old copy repeats no number.
    ///
    /// # Errors
    /// [`ListError::Form`] for a holder's name that is empty or too long.
    pub fn sign_next(
        &mut self,
        issued: Moment,
        until: Day,
        signer: &impl Signs,
    ) -> Result<Vec<u8>, ListError> {
        // Built aside, so that a list that cannot be signed leaves this one and its number unchanged.
        let number = self.number.saturating_add(1).max(issued.0);
        let next = Self { number, issued, until, ..self.clone() };
        if !next.is_valid() {
            return Err(ListError::Form);
        }
        *self = next;
        let body = self.body();
        let signature = signer.sign(&signed(&body));
        let mut file = CborWriter::with_room(body.len() + 256);
        file.array(4);
        file.text(MAGIC);
        file.uint(VERSION);
        file.bytes(&body);
        file.bytes(&signature.to_bytes());
        Ok(file.finish().to_vec())
    }

    fn body(&self) -> Vec<u8> {
        let named = [&self.holders, &self.issuers];
        let names: usize = named.iter().copied().flatten().map(|(name, _)| name.len() + 16).sum();
        let mut body = CborWriter::with_room(self.sealers.len() * SEALER + names + 256);
        body.map(6);
        body.uint(1u8);
        body.uint(self.number);
        body.uint(2u8);
        body.uint(self.issued.0);
        body.uint(3u8);
        body.uint(self.until.number());
        body.uint(4u8);
        body.bytes_of(self.sealers.len() * SEALER);
        for entry in &self.sealers {
            // A sealer's number has 24 bits, so that the first byte is zero.
            body.raw(&entry.sealer.number().to_be_bytes()[1..]);
            body.raw(&entry.from.number().to_be_bytes());
        }
        for (field, named) in (5u8..).zip(named) {
            body.uint(field);
            body.array(named.len());
            for (name, from) in named {
                body.array(2);
                body.text(name);
                body.uint(from.number());
            }
        }
        body.finish().to_vec()
    }

    /// Reads a list and verifies its signature before its body is parsed.
    ///
    /// # Errors
    /// [`ListError`].
    pub fn verify(bytes: &[u8], authority: &VerifyingKey) -> Result<Self, ListError> {
        let mut file = CborReader::new(bytes);
        if file.array() != Some(4) || file.text() != Some(MAGIC) {
            return Err(ListError::Form);
        }
        match file.uint() {
            Some(VERSION) => {}
            Some(newer) if newer > VERSION => return Err(ListError::Newer),
            _ => return Err(ListError::Form),
        }
        let mut rest = || Some((file.bytes()?, Signature::from_bytes(file.fixed()?), file.end()?));
        let (body, signature, ()) = rest().ok_or(ListError::Form)?;
        authority.verify_strict(&signed(body), &signature).map_err(|_| ListError::Signature)?;
        Self::from_body(body).filter(Self::is_valid).ok_or(ListError::Form)
    }

    fn from_body(body: &[u8]) -> Option<Self> {
        let mut body = CborReader::new(body);
        if body.map()? != 6 {
            return None;
        }
        let mut key = 0u64;
        let mut next = |body: &mut CborReader<'_>| {
            key += 1;
            (body.uint()? == key).then_some(())
        };
        next(&mut body)?;
        let number = body.uint()?;
        next(&mut body)?;
        let issued = Moment(body.uint()?);
        next(&mut body)?;
        let until = Day::new(body.number()?);
        next(&mut body)?;
        let (chunks, []) = body.bytes()?.as_chunks::<SEALER>() else { return None };
        let sealers = chunks
            .iter()
            .map(|[a, b, c, d, e]| {
                let sealer = SealerId::new(u32::from_be_bytes([0, *a, *b, *c]))?;
                Some(Revoked { sealer, from: Day::new(u16::from_be_bytes([*d, *e])) })
            })
            .collect::<Option<_>>()?;
        next(&mut body)?;
        let holders = names(&mut body)?;
        next(&mut body)?;
        let issuers = names(&mut body)?;
        body.end()?;
        Some(Self { number, issued, until, sealers, holders, issuers })
    }

    fn is_valid(&self) -> bool {
        // A holder is named or is an age recipient, which is longer than a name; hence twice the length.
        let named =
            |name: &String| (1..=2 * NAME_MAX).contains(&name.len()) && !name.chars().any(char::is_control);
        self.sealers.is_sorted_by(|a, b| a.sealer < b.sealer)
            && [&self.holders, &self.issuers].into_iter().all(|names| {
                names.is_sorted_by(|a, b| a.0 < b.0) && names.iter().all(|(name, _)| named(name))
            })
    }

    /// Reads a list's file and verifies it against the pinned key of the authority.
    ///
    /// # Errors
    /// As [`Self::verify`], and [`ListError::File`].
    pub fn load(path: &Path, authority: &VerifyingKey) -> Result<Self, ListError> {
        Self::verify(&files::read(path, LIST_MAX).map_err(ListError::File)?, authority)
    }

    /// Writes a signed file, whole or not at all, readable by everyone: nothing in it is secret.
    ///
    /// # Errors
    /// [`ListError::File`].
    pub fn store(path: &Path, signed: &[u8]) -> Result<(), ListError> {
        files::write(path, signed, Access::Everyone).map_err(ListError::File)
    }
}

/// The day of a name in a list that ascends by name.
fn day_of(names: &[(String, Day)], name: &str) -> Option<Day> {
    let found = names.binary_search_by(|(known, _)| known.as_str().cmp(name)).ok()?;
    Some(names[found].1)
}

fn add(names: &mut Vec<(String, Day)>, entries: impl IntoIterator<Item = (String, Day)>) {
    names.extend(entries);
    names.sort_unstable();
    names.dedup_by(|later, earlier| later.0 == earlier.0);
}

fn names(body: &mut CborReader<'_>) -> Option<Vec<(String, Day)>> {
    let mut names = Vec::new();
    for _ in 0..body.array()? {
        (body.array()? == 2).then_some(())?;
        names.push((body.text()?.to_owned(), Day::new(body.number()?)));
    }
    Some(names)
}

/// The body of a list whose names are valid.
pub(super) fn list_body(list: &RevocationList) -> Option<Vec<u8>> {
    list.is_valid().then(|| list.body())
}

/// The inverse of [`list_body`].
pub(super) fn read_body(body: &[u8]) -> Option<RevocationList> {
    RevocationList::from_body(body).filter(RevocationList::is_valid)
}

fn signed(body: &[u8]) -> Vec<u8> {
    [CONTEXT, body].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::SigningKey;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn entry(sealer: u32, from: u16) -> Revoked {
        Revoked { sealer: SealerId::new(sealer).unwrap(), from: Day::new(from) }
    }

    fn list() -> RevocationList {
        let mut list = RevocationList::none();
        list.revoke_sealers([entry(9, 2500), entry(7, 2510), entry(7, 2505)]);
        list.revoke_holders([("pda-9".into(), Day::new(2501)), ("pda-10".into(), Day::new(2502))]);
        list.revoke_issuers([("desk".into(), Day::new(2503)), ("desk".into(), Day::new(2504))]);
        list
    }

    #[test]
    fn a_signed_list_comes_back_and_the_earlier_day_stays() {
        let authority = key(1);
        let mut list = list();
        let bytes = list.sign_next(Moment(1_790_000_000), Day::new(2600), &authority).unwrap();
        let back = RevocationList::verify(&bytes, &authority.verifying_key()).unwrap();
        assert_eq!(back, list);
        assert_eq!((back.number, back.until), (1_790_000_000, Day::new(2600)));
        assert_eq!(back.sealers(), [entry(7, 2505), entry(9, 2500)]);
        assert_eq!((back.holder("pda-10"), back.holder("pda-1")), (Some(Day::new(2502)), None));
        assert_eq!((back.issuer("desk"), back.issuer("pda")), (Some(Day::new(2503)), None));
        assert_eq!(
            back.issuer("pda-9"),
            Some(Day::new(2501)),
            "a holder that is revoked is no issuer either"
        );
        assert_eq!(back.sealer(SealerId::new(7).unwrap()), Some(Day::new(2505)));
        list.sign_next(Moment(1_790_000_000), Day::new(2600), &authority).unwrap();
        assert_eq!(list.number, 1_790_000_001);
        // Put back from a copy of before the first list, an hour later.
        let mut copy = RevocationList::none();
        copy.sign_next(Moment(1_790_003_600), Day::new(2600), &authority).unwrap();
        assert!(copy.number > list.number, "a number is repeated");
    }

    #[test]
    fn no_altered_cut_or_foreign_list_is_used() {
        let authority = key(1);
        let bytes = list().sign_next(Moment(1_790_000_000), Day::new(2600), &authority).unwrap();
        let other = key(2);
        assert!(matches!(RevocationList::verify(&bytes, &other.verifying_key()), Err(ListError::Signature)));
        for place in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[place] ^= 0x40;
            assert!(RevocationList::verify(&altered, &authority.verifying_key()).is_err(), "{place}");
            assert!(RevocationList::verify(&bytes[..place], &authority.verifying_key()).is_err(), "{place}");
        }
    }

    #[test]
    fn sizes_are_those_stated() {
        // docs/threat-model.md states them.
        let authority = key(1);
        for (entries, size) in [(10_000u32, 50_116), (1_000_000, 5_000_120)] {
            let mut list = RevocationList::none();
            list.revoke_sealers((0..entries).map(|number| entry(number * 16, 2500)));
            let bytes = list.sign_next(Moment(1_790_000_000), Day::new(2600), &authority).unwrap();
            assert_eq!(bytes.len(), size);
            assert_eq!(RevocationList::verify(&bytes, &authority.verifying_key()).unwrap(), list);
        }
    }

    #[test]
    fn a_name_that_no_grant_has_is_not_signed() {
        let authority = key(1);
        for name in ["", "a\nb"] {
            let mut list = RevocationList::none();
            list.revoke_holders([(name.to_owned(), Day::new(2500))]);
            let signed = list.sign_next(Moment(0), Day::new(2600), &authority);
            assert!(matches!(signed, Err(ListError::Form)));
            assert_eq!(list.number, 0);
        }
    }
}
