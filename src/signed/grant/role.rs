//! What a grant is for, what its holder may open labels for, and whether more than once.

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

            /// The one of a number.
            #[must_use]
            pub const fn new(number: u8) -> Option<Self> {
                match number {
                    $($number => Some(Self::$variant),)+
                    _ => None,
                }
            }

            /// The name, as the command line and JSON spell it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }

            /// The one of a name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.name() == name)
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

/// Which labels may be opened once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reopening {
    /// Those opened before.
    pub again: Reopen,
    /// Those signed off, for whatever purpose; if `None`, for delivery no more, and otherwise like any other.
    pub delivered: Option<Reopen>,
}

impl Default for Reopening {
    fn default() -> Self {
        Self { again: Reopen::Count, delivered: None }
    }
}

impl Reopening {
    /// What holds for a label that was signed off; `None` if nothing else than for any other.
    #[must_use]
    pub fn signed_off(self, purpose: Purpose) -> Option<Reopen> {
        self.delivered.or((purpose == Purpose::Deliver).then_some(Reopen::Refuse))
    }

    /// One byte: the first rule, then the other or zero, four bits each.
    #[must_use]
    pub const fn byte(self) -> u8 {
        let delivered = match self.delivered {
            Some(rule) => rule as u8,
            None => 0,
        };
        self.again as u8 | delivered << 4
    }

    /// The rules of that byte.
    #[must_use]
    pub const fn of_byte(byte: u8) -> Option<Self> {
        let delivered = match byte >> 4 {
            0 => None,
            number => match Reopen::new(number) {
                None => return None,
                some => some,
            },
        };
        match Reopen::new(byte & 15) {
            Some(again) => Some(Self { again, delivered }),
            None => None,
        }
    }
}
