//! The codes of everything that can fail: number, name and next step.

use super::next_step::NextStep;
use crate::error::Refusal;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $number:literal, $name:literal, $next:ident;)+) => {
        /// Why there is no result. A positive number is a refusal, on which the courier acts; a negative one is a failure of the
        /// device, its files or the call. Numbers and names stay what they are; more are added.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum DeviceCode {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl DeviceCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable number.
            #[must_use]
            pub const fn number(self) -> i32 {
                match self {
                    $(Self::$variant => $number,)+
                }
            }

            /// The stable name for machines.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// What the courier does next.
            #[must_use]
            pub const fn next(self) -> NextStep {
                match self {
                    $(Self::$variant => NextStep::$next,)+
                }
            }
        }
    };
}

codes! {
    /// No Wayseal label.
    NotOurs = 1, "not_ours", ScanLabel;
    /// The label's code is damaged.
    Damaged = 2, "damaged", ScanAgain;
    /// The label claims another generation of keys.
    OtherGeneration = 3, "other_generation", Fetch;
    /// The label claims another station.
    OtherStation = 4, "other_station", Sort;
    /// The label claims a day for which no keys are held.
    DayNotInHand = 5, "day_not_in_hand", Fetch;
    /// The keys held do not open this part of the label.
    TierNotGranted = 6, "tier_not_granted", AskDepot;
    /// The label was tampered with.
    Tampered = 7, "tampered", SetAside;
    /// The label's sealer is revoked.
    SealerRevoked = 8, "sealer_revoked", SetAside;
    /// The label needs a later reader.
    Unsupported = 9, "unsupported", Update;

    /// The budget is spent until the next hand-in.
    BudgetSpent = 16, "budget_spent", HandIn;
    /// The grant does not name the purpose.
    PurposeNotGranted = 17, "purpose_not_granted", AskDepot;
    /// The parcel was signed off.
    AfterDelivery = 18, "after_delivery", Nothing;
    /// The label was opened before, and the grant refuses a second opening.
    OpenedBefore = 19, "opened_before", AskDepot;
    /// The device is locked for the day, and the parcel is not loaded.
    NotLoaded = 20, "not_loaded", Load;
    /// The code was moved here from another parcel's label.
    Moved = 21, "moved", SetAside;
    /// The label is older than any key in hand.
    TooOld = 22, "too_old", AskPass;
    /// By the device's clock the label was sealed later than any sealer can.
    ClockWrong = 23, "clock_wrong", SetClock;
    /// The device is not usable for this label now.
    NoKeys = 24, "no_keys", Fetch;

    /// The parcel was signed off before.
    Already = 32, "already", Nothing;
    /// The label was neither opened nor loaded here.
    NotOpened = 33, "not_opened", OpenFirst;
    /// The label's text is needed for this.
    TextNeeded = 34, "text_needed", ScanAgain;
    /// A delivery code was given for this parcel before.
    CodeGiven = 35, "code_given", AskCode;
    /// The delivery code was misheard or mistyped: nothing is on the log.
    CodeMisheard = 36, "code_misheard", AskCode;
    /// Nothing was said of the parcel that could be taken back.
    NothingSaid = 37, "nothing_said", Nothing;
    /// What was said is another operator's, of an earlier shift, or handed in.
    TakenOver = 38, "taken_over", AskDepot;

    /// Number and PIN do not belong together.
    WrongPin = 40, "wrong_pin", Retry;
    /// Too many PINs were wrong.
    PinsClosed = 41, "pins_closed", HandIn;
    /// The device knows no operators, and asks for none.
    NoOperators = 42, "no_operators", Nothing;
    /// It is nobody's shift.
    NoShift = 43, "no_shift", BeginShift;

    /// The desk has no keys of today to seal for that station.
    NoLane = 48, "no_lane", Fetch;
    /// No place is known to which the parcel is returned.
    NoPlace = 49, "no_place", AskDepot;
    /// The record cannot be sealed again.
    NotSealed = 50, "not_sealed", AskDepot;
    /// The masks hide too little, or a routing code tells what they hide.
    NotMasked = 51, "not_masked", AskDepot;

    /// The device's grant gives it no key by which it asks for passes and gives them.
    NoPasses = 56, "no_passes", AskDepot;
    /// No colleague's request for parcels, a damaged one, or not by a device of this authority.
    RequestRefused = 57, "request_refused", ShowAgain;
    /// The request was made more than an hour ago, or one of the two clocks is wrong.
    RequestOld = 58, "request_old", ShowAgain;
    /// The device that asks is revoked, or its grant is over.
    AskerRefused = 59, "asker_refused", AskDepot;
    /// More labels are given than are left in the budget.
    BudgetShort = 60, "budget_short", HandIn;

    /// An argument is not what the call takes.
    Argument = -1, "argument", FixCall;
    /// Something is larger than any that is taken.
    TooLarge = -100, "too_large", AskDepot;
    /// Another thread or another process uses the device.
    Busy = -101, "busy", Retry;
    /// The device is closed.
    Closed = -102, "closed", Open;
    /// The disk is full.
    DiskFull = -103, "disk_full", FreeSpace;
    /// A file cannot be read or written.
    Storage = -104, "storage", Retry;
    /// The store holds no device.
    NotEnrolled = -105, "not_enrolled", Enrol;
    /// The store holds a device already.
    AlreadyEnrolled = -106, "already_enrolled", Open;
    /// The key store has lost the device's key.
    KeystoreLost = -107, "keystore_lost", EnrolAnew;
    /// The key store does not answer now.
    KeystoreUnavailable = -108, "keystore_unavailable", Retry;
    /// The key store has the device's key: it need not be enrolled anew.
    KeystoreNotLost = -109, "keystore_not_lost", Open;
    /// The name is that of a log before.
    NameUsed = -110, "name_used", Enrol;
    /// The log was cut or altered, or its key is lost.
    LogDamaged = -111, "log_damaged", SecurityLine;
    /// The device's state is damaged.
    StateDamaged = -112, "state_damaged", SecurityLine;
    /// The device's state is of another version of this program.
    StateVersion = -113, "state_version", Update;
    /// The device's identity is none.
    Identity = -114, "identity", SecurityLine;
    /// The system gives no random bytes.
    NoRandomBytes = -115, "no_random_bytes", Retry;
    /// A fault of this program. The device is closed.
    Internal = -116, "internal", Open;

    /// The keys of stations are locked away.
    Locked = -120, "locked", Unlock;
    /// Nothing is loaded.
    NothingLoaded = -121, "nothing_loaded", Load;
    /// As many parcels are loaded as fit.
    LoadedFull = -122, "loaded_full", Unlock;
    /// The files of loaded parcels are damaged or were altered.
    LoadedDamaged = -123, "loaded_damaged", Unlock;
    /// Two devices hold keys of one place.
    SamePlace = -124, "same_place", AskDepot;

    /// Nothing that a device takes.
    UnknownFile = -130, "unknown_file", AskDepot;
    /// Not a grant, damaged, or not signed by the authority.
    GrantRefused = -131, "grant_refused", AskDepot;
    /// A grant for another device.
    OtherDevice = -132, "other_device", AskDepot;
    /// A role whose grants a device does not hold.
    RoleRefused = -133, "role_refused", AskDepot;
    /// Another file of the number that is held.
    Replay = -134, "replay", SecurityLine;
    /// Older than what is held.
    Older = -135, "older", Nothing;
    /// Of a root that is retired.
    OlderRoot = -136, "older_root", Fetch;
    /// Its days are over.
    Over = -137, "over", Fetch;
    /// The clock is before signed time.
    ClockBehind = -138, "clock_behind", SetClock;
    /// No grant is held.
    NoGrant = -139, "no_grant", Fetch;
    /// Not a revocation list, damaged, or not signed by the authority.
    ListRefused = -140, "list_refused", AskDepot;
    /// The grant requires a newer revocation list.
    ListBehind = -141, "list_behind", Fetch;
    /// The revocation list is over.
    ListOver = -142, "list_over", Fetch;
    /// The certificate of the grant's issuer ended.
    IssuerOver = -143, "issuer_over", AskDepot;
    /// The grant's issuer is revoked.
    IssuerRevoked = -144, "issuer_revoked", SecurityLine;
    /// As many additions to the list are held as fit.
    AdditionsFull = -145, "additions_full", Fetch;
    /// The device itself is revoked.
    DeviceRevoked = -146, "device_revoked", SecurityLine;
    /// An envelope does not open here.
    EnvelopeRefused = -147, "envelope_refused", AskDepot;
    /// A head that the auditor did not sign.
    HeadRefused = -148, "head_refused", SecurityLine;
    /// A head of another log, or an older one.
    OtherHead = -149, "other_head", SecurityLine;
    /// Not a list of operators, or not signed by the auditor.
    OperatorsRefused = -150, "operators_refused", AskDepot;
    /// An older list of operators than the newest that was taken.
    OperatorsOlder = -151, "operators_older", Fetch;
    /// The desk's file of stations is not the signed one that its grant demands.
    StationsRefused = -152, "stations_refused", AskDepot;
}

impl DeviceCode {
    /// Whether it is a refusal, on which the courier acts, and no failure.
    #[must_use]
    pub const fn is_refusal(self) -> bool {
        self.number() > 0
    }
}

/// The code of a number; the number itself if it is none's.
impl TryFrom<i32> for DeviceCode {
    type Error = i32;

    fn try_from(number: i32) -> Result<Self, i32> {
        Self::ALL.iter().copied().find(|code| code.number() == number).ok_or(number)
    }
}

impl From<Refusal> for DeviceCode {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotOurs => Self::NotOurs,
            Refusal::Damaged => Self::Damaged,
            Refusal::OtherGeneration => Self::OtherGeneration,
            Refusal::OtherStation => Self::OtherStation,
            Refusal::DayNotInHand => Self::DayNotInHand,
            Refusal::TierNotGranted => Self::TierNotGranted,
            Refusal::Tampered => Self::Tampered,
            Refusal::SealerRevoked => Self::SealerRevoked,
            // A refusal that a later core has is of a later label.
            _ => Self::Unsupported,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_code_has_a_number_and_a_name_of_its_own_and_refusals_are_the_cores() {
        let numbers: BTreeSet<i32> = DeviceCode::ALL.iter().map(|code| code.number()).collect();
        let names: BTreeSet<&str> = DeviceCode::ALL.iter().map(|code| code.name()).collect();
        assert_eq!((numbers.len(), names.len()), (DeviceCode::ALL.len(), DeviceCode::ALL.len()));
        assert!(!numbers.contains(&0), "0 is success");
        for (number, refusal) in (1..).zip(Refusal::ALL) {
            let code = DeviceCode::from(refusal);
            assert_eq!((code.number(), code.name()), (number, refusal.name()));
            assert_eq!(DeviceCode::try_from(number), Ok(code));
        }
        // The numbers of `wayseal.h` that are errors of calls.
        for taken in -5..-1 {
            assert!(!numbers.contains(&taken), "{taken}");
        }
    }
}
