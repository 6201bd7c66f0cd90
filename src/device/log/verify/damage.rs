//! The kinds of damage to a log, and their texts.

use std::fmt;

/// Damage to a log. Entries and positions count from 0.
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
    /// The record at this position is not the device's, or a duplicate.
    Inserted {
        /// The position.
        at: u64,
    },
    /// An entry is at another position than its own.
    Moved {
        /// The entry.
        entry: u64,
        /// The position where it is.
        at: u64,
    },
    /// The entry's content or its MAC was changed, or another record was put in its place.
    Edited {
        /// The entry.
        entry: u64,
    },
    /// The entry's MAC is genuine, but its content cannot be verified, because the entry before it is missing.
    Unproven {
        /// The entry.
        entry: u64,
    },
    /// The entry's MAC was made with the key of another entry, as by a thief of a later key.
    Resealed {
        /// The entry.
        entry: u64,
        /// The entry whose key it is.
        key: u64,
    },
    /// The file ends within a record.
    Torn {
        /// The entry.
        entry: u64,
    },
    /// The log has fewer entries than the last signed head.
    Tail {
        /// Entries in the log.
        count: u64,
        /// Entries when the head was signed.
        signed: u64,
    },
    /// The log differs from the last signed head: a folder was restored from a copy and then used.
    Forked {
        /// The count of the signed head.
        count: u64,
    },
    /// So much was damaged that the search was stopped before every record was assigned.
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
                write!(f, "entry {entry} cannot be verified, because the entry before it is missing")
            }
            Self::Resealed { entry, key } => {
                write!(f, "entry {entry} was sealed again with the key of entry {key}")
            }
            Self::Torn { entry } => write!(f, "the file ends within entry {entry}"),
            Self::Tail { count, signed } => {
                write!(f, "the log has {count} entries, but its signed head has {signed}: the tail was cut")
            }
            Self::Forked { count } => {
                write!(f, "at {count} entries the log differs from its signed head: an old copy was restored")
            }
            Self::TooMuch => {
                f.write_str("too much was damaged to name every entry; other entries may be damaged too")
            }
        }
    }
}
