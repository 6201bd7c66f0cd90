//! What a courier does next.

/// What a courier does next. The app says it in its own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NextStep {
    /// Nothing: it is as it should be.
    Nothing,
    /// Scan the parcel's Wayseal label.
    ScanLabel,
    /// Scan the same label again.
    ScanAgain,
    /// Open the label first.
    OpenFirst,
    /// The parcel goes to its own station.
    Sort,
    /// Keep the parcel apart, and tell the security line.
    SetAside,
    /// Get what waits at the depot: grants, lists and heads.
    Fetch,
    /// Ask at the depot.
    AskDepot,
    /// Ask for a pass for this label.
    AskPass,
    /// Ask the recipient for the code again, or go on without one.
    AskCode,
    /// Have the colleague's device show its code again.
    ShowAgain,
    /// Load the parcel at the depot.
    Load,
    /// Have the device unlocked at the depot.
    Unlock,
    /// Begin a shift with number and PIN.
    BeginShift,
    /// Hand the log in.
    HandIn,
    /// Set the clock.
    SetClock,
    /// Make room on the device.
    FreeSpace,
    /// Call again a little later.
    Retry,
    /// Open the device.
    Open,
    /// Enrol the device.
    Enrol,
    /// Hand the log in as it is, and enrol the device anew under another name.
    EnrolAnew,
    /// Bring the device to the security line.
    SecurityLine,
    /// Update the app.
    Update,
    /// Correct the program that calls.
    FixCall,
}

impl NextStep {
    /// The stable name for machines.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::ScanLabel => "scan_label",
            Self::ScanAgain => "scan_again",
            Self::OpenFirst => "open_first",
            Self::Sort => "sort",
            Self::SetAside => "set_aside",
            Self::Fetch => "fetch",
            Self::AskDepot => "ask_depot",
            Self::AskPass => "ask_pass",
            Self::AskCode => "ask_code",
            Self::ShowAgain => "show_again",
            Self::Load => "load",
            Self::Unlock => "unlock",
            Self::BeginShift => "begin_shift",
            Self::HandIn => "hand_in",
            Self::SetClock => "set_clock",
            Self::FreeSpace => "free_space",
            Self::Retry => "retry",
            Self::Open => "open",
            Self::Enrol => "enrol",
            Self::EnrolAnew => "enrol_anew",
            Self::SecurityLine => "security_line",
            Self::Update => "update",
            Self::FixCall => "fix_call",
        }
    }
}
