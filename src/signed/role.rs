//! Roles, purposes and rules for opening a label again.
//!
//! Each value has a number in files and a stable name, which JSON and the command line use.

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
            /// All values, by number.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The stable name, as in JSON and on the command line.
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
    /// The holder's role. The nodes decide what a grant opens; the role decides its limits and its name.
    Role {
        /// A sealer: for each day an origin leaf, and a leaf for each destination and tier.
        Sealer = 1, "sealer";
        /// A courier's handheld: site keys.
        Scanner = 2, "scanner";
        /// A hub's device: region keys.
        Region = 3, "region";
        /// A service that calls the recipient for the courier: contact keys.
        Relay = 4, "relay";
        /// Day keys, to issue one day's grants.
        DayIssuer = 5, "day-issuer";
        /// A desk that relabels and returns: site keys of the stations it serves.
        Desk = 6, "desk";
        /// Keys of named labels, for one device.
        Pass = 7, "pass";
        /// A region's office: region keys, to issue grants of its regions.
        RegionIssuer = 8, "region-issuer";
        /// No keys: a duty officer signs additions to the revocation list.
        Stop = 9, "stop";
    }
}

/// The most days of a sealer's grant: the day of issue and two ahead.
pub const SEALER_DAYS: u16 = 3;
/// The most days of a scanner's or a relay's grant.
pub const SCANNER_DAYS: u16 = 14;
/// The most days of a region device's grant, which has one tier.
pub const REGION_DAYS: u16 = 2;
/// The most days of a desk's grant.
pub const DESK_DAYS: u16 = 14;
/// The most days of a desk's grant with keys of whole regions, which is beyond the limits of the role.
pub const DESK_REGION_DAYS: u16 = 7;
/// The most days of a region issuer's grant: those that its scanners hold, and two weeks to come.
pub const REGION_ISSUER_DAYS: u16 = 28;
/// The most days of a stop key.
pub const STOP_DAYS: u16 = 92;
/// The longest name of a holder, in bytes.
pub const NAME_MAX: usize = 64;

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
        /// To call its recipient.
        Call = 5, "call";
    }
}

named! {
    /// Whether a label may be opened again.
    Reopen {
        /// Yes, without charge to the budget.
        Allow = 1, "allow";
        /// Yes, charged to the budget like a first opening.
        Count = 2, "count";
        /// No.
        Refuse = 3, "refuse";
    }
}

/// A number that no value has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{0} is not a known number")]
pub struct UnknownNumber(pub u8);

/// A name that no value has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no such name; it is one of {}", known.join(", "))]
pub struct UnknownName {
    known: &'static [&'static str],
}

impl UnknownName {
    /// The valid names.
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
        assert_eq!(Role::try_from(10), Err(UnknownNumber(10)));
        let unknown = "allways".parse::<Reopen>().unwrap_err();
        assert_eq!(unknown.to_string(), "no such name; it is one of allow, count, refuse");
    }
}
