//! What a grant is for, and what its holder may open labels for.

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
