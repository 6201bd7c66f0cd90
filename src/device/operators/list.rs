//! The auditor's signed list of operators.

use super::pin::{Pin, PinHash};
use crate::device::log::{HeadError, note};
use crate::signed::signer::{SigningKey, VerifyingKey};
use std::collections::BTreeMap;
use std::num::NonZeroU32;
use thiserror::Error;

const ORIGIN: &str = "wayseal.operators";
/// The largest list that is read, in bytes: some fifty thousand operators.
pub const OPERATORS_MAX: u64 = 4 << 20;

/// An operator's number; 0 stands for nobody in the log.
pub type Operator = NonZeroU32;

/// A list of operators.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OperatorList {
    /// Its number, more than that of any list before.
    pub number: u64,
    hashes: BTreeMap<Operator, PinHash>,
}

impl OperatorList {
    /// Adds an operator, or gives it another PIN.
    pub fn set(&mut self, operator: Operator, hash: PinHash) {
        self.hashes.insert(operator, hash);
    }

    /// Removes an operator; whether it was there.
    pub fn remove(&mut self, operator: Operator) -> bool {
        self.hashes.remove(&operator).is_some()
    }

    /// The operators, ascending.
    pub fn operators(&self) -> impl Iterator<Item = Operator> {
        self.hashes.keys().copied()
    }

    /// Whether an operator has this PIN. It takes as long for a number that is not on the list.
    #[must_use]
    pub fn knows(&self, operator: Operator, pin: &Pin) -> bool {
        match self.hashes.get(&operator) {
            Some(hash) => hash.is_of(pin),
            None => {
                // The same work, so that a clock does not tell which numbers there are.
                let _work = self.hashes.values().next().map(|hash| hash.is_of(pin));
                false
            }
        }
    }

    /// The signed note.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> String {
        let mut text = format!("{ORIGIN}\n{}\n", self.number);
        for (operator, hash) in &self.hashes {
            text.push_str(&format!("{operator} {}\n", hash.text()));
        }
        note::sign(&text, key)
    }

    /// Reads a signed note and checks the auditor's signature.
    ///
    /// # Errors
    /// [`OperatorsError`].
    pub fn verify(signed: &str, auditor: &VerifyingKey) -> Result<Self, OperatorsError> {
        let text = note::verify(signed, auditor)?;
        let mut lines = text.lines();
        let form = OperatorsError::Form;
        if lines.next() != Some(ORIGIN) {
            return Err(form);
        }
        let number = lines.next().and_then(|line| line.parse().ok()).ok_or(OperatorsError::Form)?;
        let mut list = Self { number, hashes: BTreeMap::new() };
        for line in lines {
            let (operator, hash) = line.split_once(' ').ok_or(OperatorsError::Form)?;
            let operator = operator.parse().map_err(|_| OperatorsError::Form)?;
            list.hashes.insert(operator, PinHash::parse(hash).ok_or(OperatorsError::Form)?);
        }
        Ok(list)
    }
}

/// Why a list of operators is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum OperatorsError {
    /// The text is no list of operators.
    #[error("not a list of operators, or damaged; ask the auditor for it again")]
    Form,
    /// Another auditor signed it, or nobody.
    #[error("the list of operators is not signed by this device's auditor; ask the auditor for it again")]
    Signature,
    /// The device has taken a newer one.
    #[error(
        "the device has list {newest} of operators, and this is number {given}; put the newest into its inbox"
    )]
    Older {
        /// The number of the list.
        given: u64,
        /// The number of the newest that was taken.
        newest: u64,
    },
}

impl From<HeadError> for OperatorsError {
    fn from(error: HeadError) -> Self {
        match error {
            HeadError::Signature => Self::Signature,
            _ => Self::Form,
        }
    }
}
