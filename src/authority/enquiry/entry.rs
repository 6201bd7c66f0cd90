//! A line of the log of enquiries.

use super::error::EnquiryError;
use crate::signed::signer::{Signature, Signs, VerifyingKey};
use base16ct::lower::{decode_vec, encode_string};
use sha2::{Digest as _, Sha256};

/// What every signature covers first, so that it holds for nothing else.
const CONTEXT: &[u8] = b"wayseal enquiry 1\n";

/// The digest of a line.
pub(super) type LineDigest = [u8; 32];

/// One enquiry.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EnquiryEntry {
    /// Its number, from 1.
    pub number: u64,
    /// When, in seconds since 1970-01-01 UTC.
    pub time: u64,
    /// The label's handle, in hexadecimal digits: a hash of its ciphertext.
    pub handle: String,
    /// `opened`, or the refusal's name.
    pub outcome: String,
    /// Who acted together.
    pub officers: Vec<String>,
    /// What for.
    pub case: String,
}

impl EnquiryEntry {
    /// The signed line, without its line end.
    pub(super) fn line(&self, before: &LineDigest, signer: &impl Signs) -> String {
        let Self { number, time, handle, outcome, officers, case } = self;
        let entry = format!("{number}\t{time}\t{handle}\t{outcome}\t{}\t{case}", officers.join(";"));
        let signature = signer.sign(&signed(before, &entry));
        format!("{entry}\t{}", encode_string(&signature.to_bytes()))
    }

    /// Reads and checks the line with this number, without its line end.
    pub(super) fn check(
        line: &str,
        number: u64,
        before: &LineDigest,
        authority: &VerifyingKey,
    ) -> Result<Self, EnquiryError> {
        let damaged = || EnquiryError::Damaged(number);
        let (entry, signature) = line.rsplit_once('\t').ok_or_else(damaged)?;
        let signature = decode_vec(signature.as_bytes()).map_err(|_| damaged())?;
        let signature = Signature::from_slice(&signature).map_err(|_| damaged())?;
        authority.verify_strict(&signed(before, entry), &signature).map_err(|_| damaged())?;
        let parts: Vec<&str> = entry.split('\t').collect();
        let [at, time, handle, outcome, officers, case] = parts[..] else { return Err(damaged()) };
        if at.parse() != Ok(number) {
            return Err(damaged());
        }
        Ok(Self {
            number,
            time: time.parse().map_err(|_| damaged())?,
            handle: handle.to_owned(),
            outcome: outcome.to_owned(),
            officers: officers.split(';').map(str::to_owned).collect(),
            case: case.to_owned(),
        })
    }
}

/// The digest of a line, which the next one's signature covers.
pub(super) fn digest(line: &str) -> LineDigest {
    Sha256::digest(line).into()
}

fn signed(before: &LineDigest, entry: &str) -> Vec<u8> {
    [CONTEXT, before, entry.as_bytes()].concat()
}
