//! What a device takes that is signed.

use crate::signed::grant::UnknownNumber;

/// What a device took that was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum TakenKind {
    /// A grant.
    Grant = 1,
    /// A revocation list, or additions to one.
    List = 2,
    /// A signed head of this log.
    Head = 3,
    /// A pass.
    Pass = 4,
    /// A list of operators.
    Operators = 5,
    /// Not taken but left: the log before this one, whose key was lost. It goes in without an answer.
    LogBefore = 6,
}

impl TakenKind {
    /// All kinds, by number.
    pub const ALL: [Self; 6] =
        [Self::Grant, Self::List, Self::Head, Self::Pass, Self::Operators, Self::LogBefore];

    /// The stable name for machines.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Grant => "grant",
            Self::List => "list",
            Self::Head => "head",
            Self::Pass => "pass",
            Self::Operators => "operators",
            Self::LogBefore => "log_before",
        }
    }
}

impl TryFrom<u8> for TakenKind {
    type Error = UnknownNumber;

    fn try_from(number: u8) -> Result<Self, UnknownNumber> {
        Self::ALL.into_iter().find(|kind| *kind as u8 == number).ok_or(UnknownNumber(number))
    }
}
