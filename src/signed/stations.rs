//! The authority's signature of a file of stations.
//!
//! In: the bytes of a file of stations, and of the pick-up points beside it. Out: a small text that lies beside the file, or
//! the time of a signature that was verified against the pinned key. Who seals by a file that somebody else changed sends
//! parcels to another station; a grant can therefore demand a signature, not older than a moment.
//!
//! ```text
//! wayseal stations 1
//! issued     seconds since 1970, signed time
//! stations   SHA-256 of the file of stations, 64 hexadecimal digits
//! points     SHA-256 of the file of pick-up points, or "none"
//! signature  128 hexadecimal digits: Ed25519 over "WS1 stations" ‖ 00 ‖ the four lines before, each with its newline
//! ```
//!
//! A word, one blank and a value make each line. The certified key of an issuer signs no stations.

use super::signer::{Signature, Signs, VerifyingKey};
use base16ct::lower::encode_string;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// The longest text of a signature that is read, in bytes.
pub const STATIONS_SIGNATURE_MAX: u64 = 1024;
/// The ending of the file of a signature, which is added to the name of the file of stations.
pub const STATIONS_SIGNATURE_ENDING: &str = "sig";

const FIRST: &str = "wayseal stations 1";
const CONTEXT: &str = "WS1 stations\0";
const NONE: &str = "none";

/// Why the signature of a file of stations does not count.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum StationsSignatureError {
    /// Not a signature, a damaged one, or one of a newer program.
    #[error(
        "not a signature of a file of stations, or a damaged one; ask the authority for both files again"
    )]
    Form,
    /// Not signed by the authority that is pinned here.
    #[error("the signature is not of the authority pinned here; ask the authority for both files again")]
    Signature,
    /// The file of stations is another than the one that was signed.
    #[error("the file of stations is not the one that was signed; ask the authority for both files again")]
    Stations,
    /// The file of pick-up points is another than the one that was signed, or one of the two is not there.
    #[error(
        "the file of pick-up points is not the one that was signed; ask the authority for both files again"
    )]
    Points,
}

/// The text of a signature of a file of stations, and of the file of pick-up points if there is one. `issued` is the time, in
/// seconds since 1970-01-01 UTC.
pub fn sign_stations(issued: u64, stations: &[u8], points: Option<&[u8]>, signer: &impl Signs) -> String {
    let signed = lines(issued, stations, points);
    let signature = signer.sign(&message(&signed));
    format!("{signed}signature {}\n", encode_string(&signature.to_bytes()))
}

/// When the authority signed these files, in seconds since 1970-01-01 UTC.
///
/// # Errors
/// [`StationsSignatureError`]: no signature of a pinned key, or other files than those that were signed.
pub fn verify_stations(
    text: &[u8],
    authority: &VerifyingKey,
    stations: &[u8],
    points: Option<&[u8]>,
) -> Result<u64, StationsSignatureError> {
    let text = std::str::from_utf8(text).map_err(|_| StationsSignatureError::Form)?;
    let (signed, digits) = text
        .strip_suffix('\n')
        .and_then(|text| text.rsplit_once("signature "))
        .filter(|(signed, _)| signed.ends_with('\n'))
        .ok_or(StationsSignatureError::Form)?;
    let mut signature = [0; 64];
    base16ct::lower::decode(digits, &mut signature)
        .ok()
        .filter(|bytes| bytes.len() == 64)
        .ok_or(StationsSignatureError::Form)?;
    let mut rest = signed.lines();
    let issued = (rest.next() == Some(FIRST))
        .then(|| rest.next()?.strip_prefix("issued ")?.parse::<u64>().ok())
        .flatten()
        .ok_or(StationsSignatureError::Form)?;
    authority
        .verify_strict(&message(signed), &Signature::from_bytes(&signature))
        .map_err(|_| StationsSignatureError::Signature)?;
    // The whole of it is compared, so that a text has one form.
    let own = lines(issued, stations, points);
    if own == signed {
        return Ok(issued);
    }
    let same = |word: &str| {
        let line = |text: &str| text.lines().find(|line| line.starts_with(word)).map(ToOwned::to_owned);
        line(&own) == line(signed)
    };
    Err(if !same("stations ") {
        StationsSignatureError::Stations
    } else if !same("points ") {
        StationsSignatureError::Points
    } else {
        StationsSignatureError::Form
    })
}

/// What is signed.
fn lines(issued: u64, stations: &[u8], points: Option<&[u8]>) -> String {
    let points = points.map_or_else(|| NONE.to_owned(), |points| encode_string(&Sha256::digest(points)));
    format!(
        "{FIRST}\nissued {issued}\nstations {}\npoints {points}\n",
        encode_string(&Sha256::digest(stations))
    )
}

fn message(signed: &str) -> Vec<u8> {
    [CONTEXT.as_bytes(), signed.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signed::signer::SigningKey;
    use proptest::prelude::*;

    const FILE: &[u8] = b"code,region,site\nA,1,1\n";
    const POINTS: &[u8] = b"code,station\np,A\n";

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    #[test]
    fn what_was_signed_is_verified_and_nothing_else() {
        let (own, other) = (key(1), key(2).verifying_key());
        for points in [None, Some(POINTS)] {
            let text = sign_stations(1_790_000_000, FILE, points, &own);
            let verify = |authority, file, points| verify_stations(text.as_bytes(), authority, file, points);
            let own = own.verifying_key();
            assert_eq!(verify(&own, FILE, points), Ok(1_790_000_000));
            assert_eq!(verify(&other, FILE, points), Err(StationsSignatureError::Signature));
            assert_eq!(verify(&own, b"code", points), Err(StationsSignatureError::Stations));
            let odd = points.map_or(Some(POINTS), |_| None);
            assert_eq!(verify(&own, FILE, odd), Err(StationsSignatureError::Points));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_text_that_was_changed_counts_for_nothing(at in 0_usize..330, to in any::<u8>(), cut in any::<bool>()) {
            let own = key(1);
            let mut text = sign_stations(7, FILE, Some(POINTS), &own).into_bytes();
            let at = at % text.len();
            prop_assume!(cut || text[at] != to);
            if cut { text.truncate(at) } else { text[at] = to }
            prop_assert!(verify_stations(&text, &own.verifying_key(), FILE, Some(POINTS)).is_err());
        }
    }
}
