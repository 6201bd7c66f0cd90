//! Why a grant is not issued.

use crate::error::Refusal;
use crate::keys::Day;
use crate::signed::grant::Role;
use thiserror::Error;

/// Why a grant is not issued.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum IssueError {
    /// More days than the role may hold.
    #[error("a {role} grant holds at most {most} {}; name fewer", if *most == 1 { "day" } else { "days" })]
    Days {
        /// The role.
        role: Role,
        /// The most days.
        most: u16,
    },
    /// Days too far after the day of issue.
    #[error(
        "a {role} grant reaches at most {ahead} days beyond today, {today}; name earlier days, or check the clock"
    )]
    Ahead {
        /// The role.
        role: Role,
        /// The most days after the day of issue.
        ahead: u16,
        /// The day of issue.
        today: Day,
    },
    /// More tiers than the role may hold.
    #[error("a {role} grant holds one tier; name one")]
    Tiers {
        /// The role.
        role: Role,
    },
    /// Keys of whole regions, which the role has only beyond its limits.
    #[error("a {role} grant holds keys of stations; keys of whole regions are beyond its limits")]
    Regions {
        /// The role.
        role: Role,
    },
    /// The day keys at hand do not include that day.
    #[error("there is no key for {0}; an issuer makes grants for its own days and regions only")]
    NoDay(Day),
    /// No station, region or tier was named, or no day.
    #[error("the grant would open nothing; name a station, a region or a tier")]
    Nothing,
    /// The time of issue is not in 2020 to 2199.
    #[error("the machine's clock is not in 2020 to 2199; set it")]
    Clock,
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes")]
    Random(#[source] getrandom::Error),
    /// The token that holds the root is not connected, or this program was built without tokens.
    #[error("the token that holds the root is not connected")]
    NoToken,
    /// The token that holds the root gave no key.
    #[error("the token that holds the root gave no key")]
    Token(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A label for a pass does not open with the keys at hand.
    #[error("label {at} of those given does not open ({}); no pass was made", refusal.name())]
    Label {
        /// Its number, from 1.
        at: usize,
        /// Why it does not open.
        #[source]
        refusal: Refusal,
    },
    /// No label for a pass, or more than it holds.
    #[error("a pass is for 1 to {most} labels, and {given} were given")]
    Labels {
        /// How many were given.
        given: usize,
        /// The most.
        most: usize,
    },
    /// The holder or the sealer is revoked.
    #[error("the holder or sealer is revoked from {from} on")]
    Revoked {
        /// The first day without a grant.
        from: Day,
    },
}
