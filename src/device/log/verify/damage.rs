//! What can be done to a log, in words.

use std::fmt;

/// What was done to a log. Entries and positions count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LogDamage {
    /// These entries are missing.
    Deleted {
        /// The first that is missing.
        first: u64,
        /// The last that is missing.
        last: u64,
    },
    /// The record at this position is none of the device's, or one that is there already.
    Inserted {
        /// Where it is.
        at: u64,
    },
    /// An entry stands in another place.
    Moved {
        /// The entry.
        entry: u64,
        /// Where it is.
        at: u64,
    },
    /// The entry's content or its MAC was changed, or another record was put in its place.
    Edited {
        /// The entry.
        entry: u64,
    },
    /// The entry's own MAC is genuine, but its content cannot be checked: what stood before it is gone.
    Unproven {
        /// The entry.
        entry: u64,
    },
    /// The entry was sealed again with the key of a later one.
    Resealed {
        /// The entry.
        entry: u64,
        /// Whose key it is.
        key: u64,
    },
    /// The file ends within a record.
    Torn {
        /// The entry.
        entry: u64,
    },
    /// The log is shorter than a head that was signed.
    Tail {
        /// Entries that are there.
        count: u64,
        /// Entries that were there.
        signed: u64,
    },
    /// At a count that was signed, the log has another head: a folder was put back and went on differently.
    Forked {
        /// The count.
        count: u64,
    },
    /// So much was damaged that the search for what belongs where was ended.
    TooMuch,
}

impl fmt::Display for LogDamage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deleted { first, last } if first == last => write!(f, "entry {first} was deleted"),
            Self::Deleted { first, last } => write!(f, "entries {first} to {last} were deleted"),
            Self::Inserted { at } => write!(f, "position {at} holds a record that does not belong there"),
            Self::Moved { entry, at } => write!(f, "entry {entry} was moved to position {at}"),
            Self::Edited { entry } => write!(f, "entry {entry} was edited or replaced"),
            Self::Unproven { entry } => {
                write!(f, "entry {entry} cannot be checked, because what stood before it is gone")
            }
            Self::Resealed { entry, key } => {
                write!(f, "entry {entry} was sealed again with the key of entry {key}")
            }
            Self::Torn { entry } => write!(f, "the file ends within entry {entry}"),
            Self::Tail { count, signed } => {
                write!(f, "the log has {count} entries, but {signed} were signed for: its tail was cut")
            }
            Self::Forked { count } => {
                write!(f, "at {count} entries the log has another head than the one signed: it was put back")
            }
            Self::TooMuch => {
                f.write_str("too much was damaged to name every entry; more may be out of place")
            }
        }
    }
}
