//! Shares: a backup of the authority's secrets by Shamir's secret sharing over GF(2⁸), byte by byte (Shamir, 1979).
//!
//! In: an authority, and the numbers of shares to make and to need. Out: the shares' texts; or from enough texts the
//! authority. Fewer shares than are needed reveal nothing of the secrets but their length.
//!
//! ```text
//! share     a text file:
//!           wayseal share 1                  the version
//!           set 5f2c90d1a3b4c5d6             the same on all shares that belong together
//!           need 3, number 2                 how many are needed, and which this is
//!           authority 9b0e…                  the public key that the restored authority has
//!           base64(x u8 ‖ y)                 in lines of 64 characters
//!           check 1f2e3d4c                   SHA-256 of the lines before, first four bytes
//! ```
//!
//! The shared secret is the content of the authority's envelope (roots, signing key) and its SHA-256. A root in a token
//! is not part of it: the token keeps it.

use crate::authority::custody::{Authority, CustodyError};
use base16ct::lower::encode_string;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use thiserror::Error;
use zeroize::Zeroizing;

const VERSION: &str = "wayseal share ";
/// Bytes of the SHA-256 that shows a forged share.
const SUM: usize = 32;

/// Splits the authority's secrets into `of` shares, of which any `need` restore them.
///
/// # Errors
/// [`ShareError::Numbers`] unless 2 ≤ `need` ≤ `of` ≤ 255; [`ShareError::Random`].
pub fn make(authority: &Authority, need: u8, of: u8) -> Result<Vec<Zeroizing<String>>, ShareError> {
    if need < 2 || need > of {
        return Err(ShareError::Numbers);
    }
    let mut set = [0; 8];
    getrandom::fill(&mut set).map_err(ShareError::Random)?;
    let public = encode_string(authority.public().as_bytes());
    let content = authority.content();
    let mut shared = Zeroizing::new(Vec::with_capacity(content.len() + SUM));
    shared.extend_from_slice(&content);
    shared.extend_from_slice(&Sha256::digest(&content));
    // The hash inside the secret shows a forged share, which interpolation alone would not.
    let dealer = blahaj::Sharks(need).dealer(&shared);
    let shares = dealer.take(of.into()).map(|share| {
        let bytes = Zeroizing::new(Vec::from(&share));
        let digits = Zeroizing::new(STANDARD.encode(&bytes));
        // Allocated once: a string that grows leaves an unwiped copy.
        let mut text = Zeroizing::new(String::with_capacity(digits.len() * 2 + 512));
        text.push_str(&format!(
            "{VERSION}1\nset {}\nneed {need}, number {}\nauthority {public}\n",
            encode_string(&set),
            bytes[0]
        ));
        let mut rest = digits.as_str();
        while !rest.is_empty() {
            let (line, after) = rest.split_at(rest.len().min(64));
            text.push_str(line);
            text.push('\n');
            rest = after;
        }
        let check = check(&text);
        text.push_str(&format!("check {check}\n"));
        text
    });
    Ok(shares.collect())
}

/// Restores the authority from the texts of enough shares.
///
/// # Errors
/// [`ShareError`], with the position in `texts` of the share at fault, counted from 1.
pub fn restore(texts: &[Zeroizing<String>]) -> Result<Authority, ShareError> {
    let mut shares = Vec::with_capacity(texts.len());
    for (at, text) in texts.iter().enumerate() {
        shares.push(Share::parse(text).map_err(|fault| fault.at(at + 1))?);
    }
    let first = shares.first().ok_or(ShareError::TooFew { need: 2, have: 0 })?;
    if let Some(at) = shares.iter().position(|share| !share.belongs_to(first)) {
        return Err(ShareError::OtherSet(at + 1));
    }
    let mut numbers: Vec<_> = shares.iter().map(|share| share.share.x.0).collect();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.len() < usize::from(first.need) {
        return Err(ShareError::TooFew { need: first.need, have: numbers.len() });
    }
    // Duplicates are dropped: the interpolation needs distinct points.
    let points: Vec<_> = numbers
        .iter()
        .filter_map(|number| shares.iter().find(|share| share.share.x.0 == *number))
        .map(|share| share.share.clone())
        .collect();
    let content = blahaj::Sharks(first.need).recover(&points).map_err(|_| ShareError::Wrong)?;
    let content = Zeroizing::new(content);
    let (content, sum) = content.split_last_chunk::<SUM>().ok_or(ShareError::Wrong)?;
    if Sha256::digest(content)[..] != sum[..] {
        return Err(ShareError::Wrong);
    }
    let authority = Authority::parse(content).map_err(|error| match error {
        CustodyError::Newer => ShareError::Newer,
        _ => ShareError::Wrong,
    })?;
    // The hash shows consistency; the public key shows that it is the authority which the shares name.
    if encode_string(authority.public().as_bytes()) != first.public {
        Err(ShareError::Wrong)
    } else {
        Ok(authority)
    }
}

/// The number of a share's text: which of those that were made it is.
#[must_use]
pub fn number(text: &str) -> Option<u8> {
    Share::parse(text).ok().map(|share| share.share.x.0)
}

struct Share {
    set: String,
    need: u8,
    public: String,
    share: blahaj::Share,
}

#[derive(Debug)]
enum ShareFault {
    Form,
    Newer,
    Check,
}

impl ShareFault {
    const fn at(self, number: usize) -> ShareError {
        match self {
            Self::Form => ShareError::Form(number),
            Self::Newer => ShareError::Newer,
            Self::Check => ShareError::Check(number),
        }
    }
}

impl Share {
    fn parse(text: &str) -> Result<Self, ShareFault> {
        let version =
            text.lines().next().and_then(|line| line.strip_prefix(VERSION)).ok_or(ShareFault::Form)?;
        if version.trim() != "1" {
            return Err(ShareFault::Newer);
        }
        // Line ends and blank lines may change on paper and in mail; the check covers everything else.
        let mut lines = Vec::new();
        let mut plain = Zeroizing::new(String::with_capacity(text.len() + 1));
        let mut stated = None;
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            match line.strip_prefix("check ") {
                Some(digits) => stated = Some(digits),
                None => {
                    plain.push_str(line);
                    plain.push('\n');
                    lines.push(line);
                }
            }
        }
        if stated.ok_or(ShareFault::Form)? != check(&plain) {
            return Err(ShareFault::Check);
        }
        let read = || {
            let [_, set, numbers, public, digits @ ..] = &lines[..] else { return None };
            let (need, number) = numbers.strip_prefix("need ")?.split_once(", number ")?;
            let digits = Zeroizing::new(digits.concat());
            let bytes = Zeroizing::new(STANDARD.decode(digits.as_bytes()).ok()?);
            let share = blahaj::Share::try_from(bytes.as_slice()).ok()?;
            if number.parse() != Ok(share.x.0) || share.x.0 == 0 {
                return None;
            }
            Some(Self {
                set: set.strip_prefix("set ")?.to_owned(),
                need: need.parse().ok().filter(|need| *need >= 2)?,
                public: public.strip_prefix("authority ")?.to_owned(),
                share,
            })
        };
        read().ok_or(ShareFault::Form)
    }

    fn belongs_to(&self, other: &Self) -> bool {
        (&self.set, self.need, &self.public) == (&other.set, other.need, &other.public)
            && self.share.y.len() == other.share.y.len()
    }
}

fn check(text: &str) -> String {
    encode_string(&Sha256::digest(text.as_bytes())[..4])
}

/// Why shares are not made, or do not restore an authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ShareError {
    /// Fewer than two shares needed, or more needed than made.
    #[error("at least two shares must be needed, and no more than are made")]
    Numbers,
    /// A text that is not a share.
    #[error("share {0} of those given is not a share; give the file as it was made")]
    Form(usize),
    /// A share that was mistyped or damaged.
    #[error("share {0} of those given was mistyped or damaged; compare it with its copy")]
    Check(usize),
    /// Written by a newer program.
    #[error("a share was written by a newer program; update this one")]
    Newer,
    /// A share of another backup.
    #[error("share {0} of those given belongs to another backup than the first")]
    OtherSet(usize),
    /// Not enough different shares.
    #[error("{need} different shares are needed, and {have} were given; add more")]
    TooFew {
        /// How many are needed.
        need: u8,
        /// How many different ones were given.
        have: usize,
    },
    /// Together they do not give the authority: one of them is forged.
    #[error("the shares do not give the authority that they name; one of them is forged, so try others")]
    Wrong,
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes")]
    Random(#[source] getrandom::Error),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(need: u8, of: u8) -> (Authority, Vec<Zeroizing<String>>) {
        let authority = Authority::generate(3).unwrap();
        let shares = make(&authority, need, of).unwrap();
        (authority, shares)
    }

    fn pick(shares: &[Zeroizing<String>], which: &[usize]) -> Vec<Zeroizing<String>> {
        which.iter().map(|&at| shares[at].clone()).collect()
    }

    #[test]
    fn every_choice_of_enough_shares_restores_the_authority_and_fewer_do_not() {
        let (authority, shares) = made(3, 5);
        assert_eq!(shares.len(), 5);
        for chosen in 0u8..32 {
            let which: Vec<_> = (0..5).filter(|at| chosen >> at & 1 == 1).collect();
            let restored = restore(&pick(&shares, &which));
            if which.len() >= 3 {
                assert_eq!(*restored.unwrap().content(), *authority.content(), "{which:?}");
            } else {
                assert!(matches!(restored.unwrap_err(), ShareError::TooFew { .. }), "{which:?}");
            }
        }
        let twice = pick(&shares, &[0, 0, 1]);
        assert_eq!(restore(&twice).unwrap_err(), ShareError::TooFew { need: 3, have: 2 });
        assert_eq!(*restore(&pick(&shares, &[4, 0, 4, 2])).unwrap().content(), *authority.content());
    }

    #[test]
    fn a_share_says_nothing_of_the_secret() {
        let (authority, shares) = made(2, 2);
        let content = authority.content();
        for share in &shares {
            let bytes = Share::parse(share).unwrap();
            let y: Vec<u8> = bytes.share.y.iter().map(|value| value.0).collect();
            assert!(!y.windows(8).any(|window| content.windows(8).any(|other| other == window)));
        }
    }

    #[test]
    fn a_mistyped_foreign_or_false_share_is_named() {
        let (authority, shares) = made(2, 3);
        let (_, others) = made(2, 3);
        let typed = |text: String| [shares[0].clone(), Zeroizing::new(text)];
        let mistyped = shares[1].replacen("need 2, number 2", "need 2, number 3", 1);
        assert_eq!(restore(&typed(mistyped)).unwrap_err(), ShareError::Check(2));
        let mixed = [shares[0].clone(), others[1].clone()];
        assert_eq!(restore(&mixed).unwrap_err(), ShareError::OtherSet(2));
        assert_eq!(restore(&typed("nothing".into())).unwrap_err(), ShareError::Form(2));
        let newer = shares[1].replacen("share 1", "share 2", 1);
        assert_eq!(restore(&typed(newer)).unwrap_err(), ShareError::Newer);
        // Ends of lines and blank lines change nothing.
        let retyped = format!("\r\n{}\r\n", shares[1].replace('\n', " \r\n\r\n"));
        let retyped = retyped.trim_start().to_owned();
        assert_eq!(*restore(&typed(retyped)).unwrap().content(), *authority.content());
        // A share made up under the right names, with a true check.
        let lines: Vec<_> = shares[1].lines().collect();
        // In the middle, where keys are.
        let mut digits: Vec<u8> = lines[5].bytes().collect();
        digits[10] = if digits[10] == b'A' { b'B' } else { b'A' };
        let mut forged: Vec<String> = lines[..lines.len() - 1].iter().map(|&line| line.into()).collect();
        forged[5] = String::from_utf8(digits).unwrap();
        let mut forged = forged.join("\n") + "\n";
        forged.push_str(&format!("check {}\n", check(&forged)));
        assert_eq!(restore(&typed(forged)).unwrap_err(), ShareError::Wrong);
    }

    #[test]
    fn numbers_that_make_no_sense_are_refused() {
        let authority = Authority::generate(3).unwrap();
        for (need, of) in [(0, 3), (1, 3), (4, 3)] {
            assert_eq!(make(&authority, need, of).unwrap_err(), ShareError::Numbers);
        }
    }
}
