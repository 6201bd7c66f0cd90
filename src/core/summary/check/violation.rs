//! What a mask must keep to.

use crate::error::Field;
use core::fmt;

/// A mask that hides too little, or shows what is not the person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The field.
    pub field: Field,
    /// What is wrong.
    pub rule: Rule,
}

/// What a mask must keep to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// At least one character of a name is hidden.
    NameShown,
    /// At least six digits of a phone are hidden, all of them where there are no more.
    DigitsShown,
    /// Each printed piece of an address is proven public, and the address ends in `***`.
    Unproven,
    /// What is printed is not the beginning of what it masks.
    Foreign,
    /// The name stands in the address.
    PersonInAddress,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = match self.rule {
            Rule::NameShown => "hides no character of the name",
            Rule::DigitsShown => "hides fewer than six digits",
            Rule::Unproven => "shows what is not proven to be public",
            Rule::Foreign => "shows what is not in the record",
            Rule::PersonInAddress => "shows the name within the address",
        };
        write!(f, "the mask of {} {rule}", self.field)
    }
}

impl core::error::Error for Violation {}
