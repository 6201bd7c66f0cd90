//! What a grant is for, what its holder may open labels for, and whether more than once: each a number in files
//! and a name for people and machines.

use std::fmt;
use std::str::FromStr;
use thiserror::Error;

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $number:literal, $text:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name {
            $($(#[$item])* $variant = $number,)+
        }

        impl $name {
            /// Every one, by number.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name, as people type it and JSON spells it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }

        impl TryFrom<u8> for $name {
            type Error = UnknownNumber;

            fn try_from(number: u8) -> Result<Self, UnknownNumber> {
                match number {
                    $($number => Ok(Self::$variant),)+
                    _ => Err(UnknownNumber(number)),
                }
            }
        }

        impl FromStr for $name {
            type Err = UnknownName;

            fn from_str(name: &str) -> Result<Self, UnknownName> {
                match name {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(UnknownName { known: &[$($text),+] }),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.name())
            }
        }
    };
}

named! {
    /// What a grant is for. The nodes decide what it opens; the role is what people call it.
    Role {
        /// A print station: leaves and an origin leaf a day.
        Sealer = 1, "sealer";
        /// A courier's handheld: site keys.
        Scanner = 2, "scanner";
        /// A hub's: region keys.
        Region = 3, "region";
        /// A service that rings for the courier: contact keys.
        Relay = 4, "relay";
        /// Day keys, to issue one day's grants.
        DayIssuer = 5, "day-issuer";
    }
}

/// Days that a sealer holds at most: the day itself and two ahead.
pub const SEALER_DAYS: u16 = 3;
/// Days that a scanner or a relay holds at most.
pub const SCANNER_DAYS: u16 = 14;
/// Days that a region device holds at most, of one tier.
pub const REGION_DAYS: u16 = 2;

named! {
    /// What a label may be opened for.
    Purpose {
        /// To deliver the parcel.
        Deliver = 1, "deliver";
        /// To return it to its sender.
        Return = 2, "return";
        /// To print its label again.
        Relabel = 3, "relabel";
        /// To answer a question about it.
        Enquiry = 4, "enquiry";
        /// To ring its recipient.
        Call = 5, "call";
    }
}

named! {
    /// Whether a label may be opened once more.
    Reopen {
        /// It may, and costs nothing of the budget.
        Allow = 1, "allow";
        /// It may, and counts like a first opening.
        Count = 2, "count";
        /// It may not.
        Refuse = 3, "refuse";
    }
}

/// A number that none of them has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{0} is the number of none")]
pub struct UnknownNumber(pub u8);

/// A name that none of them has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no such name; it is one of {}", known.join(", "))]
pub struct UnknownName {
    known: &'static [&'static str],
}

impl UnknownName {
    /// The names there are.
    #[must_use]
    pub const fn known(&self) -> &'static [&'static str] {
        self.known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_comes_back_from_its_number_and_its_name_and_no_other_does() {
        for purpose in Purpose::ALL {
            assert_eq!(Purpose::try_from(*purpose as u8), Ok(*purpose));
            assert_eq!(purpose.to_string().parse(), Ok(*purpose));
        }
        assert_eq!(Role::try_from(6), Err(UnknownNumber(6)));
        let unknown = "allways".parse::<Reopen>().unwrap_err();
        assert_eq!(unknown.to_string(), "no such name; it is one of allow, count, refuse");
    }
}
