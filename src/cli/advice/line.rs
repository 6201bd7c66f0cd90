//! Advice on errors of keys, grants and devices, in English. The Chinese texts in `language` include their advice.

use crate::cli::language::Language;
use wayseal::authority::custody::CustodyError;
use wayseal::authority::day_keys::IssueError;
use wayseal::authority::enquiry::EnquiryError;
use wayseal::device::session::SessionError;
use wayseal::signed::envelope::EnvelopeError;
use wayseal::signed::grant::{DESK_REGION_DAYS, GrantError, Role};
use wayseal::signed::revocation::ListError;

/// Of an envelope that is not sealed or not opened.
pub fn of_envelope(error: &EnvelopeError, language: Language) -> Option<&'static str> {
    let advice = match error {
        EnvelopeError::Recipient(_) => "`wayseal device init` prints the device's",
        EnvelopeError::NoIdentity => "give that device's --identity",
        _ => return None,
    };
    (language == Language::En).then_some(advice)
}

/// Of a grant that is not used.
pub fn of_grant(error: &GrantError, language: Language) -> Option<&'static str> {
    match error {
        GrantError::Signature => (language == Language::En)
            .then_some("check --authority, then ask the authority for the grant again"),
        GrantError::Envelope(error) => of_envelope(error, language),
        _ => None,
    }
}

/// Of a revocation list that is not used.
pub fn of_list(error: &ListError, language: Language) -> Option<&'static str> {
    match error {
        ListError::Signature => (language == Language::En)
            .then_some("check --authority, then ask the authority for the list again"),
        _ => None,
    }
}

/// Of the authority's secrets that are not at hand.
pub fn of_custody(error: &CustodyError, language: Language) -> Option<&'static str> {
    let advice = match error {
        CustodyError::NoPassphrase(_) => {
            "give --passphrase-file or --passphrase-fd, set WAYSEAL_PASSPHRASE, or run on a terminal"
        }
        CustodyError::Identity | CustodyError::NoIdentity => "give the --identity of one of them",
        CustodyError::Recipients { .. } => "name fewer with --recipient",
        CustodyError::Damaged | CustodyError::Envelope(EnvelopeError::Damaged(_)) => {
            "copy it again from a backup, or run `wayseal authority shares restore`"
        }
        CustodyError::Envelope(error) => return of_envelope(error, language),
        CustodyError::NoToken => "use a program that was built with the feature hsm",
        CustodyError::Rotation => {
            "run `wayseal authority retire` when no parcel of the old root is in transit"
        }
        #[cfg(feature = "hsm")]
        CustodyError::NoPin(_) => "give --pin-file or --pin-fd, set WAYSEAL_PIN, or run on a terminal",
        #[cfg(feature = "hsm")]
        CustodyError::Token(wayseal::authority::token::TokenError::Module(..)) => {
            "name it with --token-module"
        }
        #[cfg(feature = "hsm")]
        CustodyError::Token(wayseal::authority::token::TokenError::NoToken(_)) => {
            "or name another --token-module"
        }
        _ => return None,
    };
    (language == Language::En).then_some(advice)
}

/// Of a grant that is not made.
pub const fn of_enquiry(error: &EnquiryError, language: Language) -> Option<&'static str> {
    let advice = match error {
        EnquiryError::Officers => "give two officers' shares, or keep the root in two officers' tokens",
        EnquiryError::Damaged(_) => "put it back from a backup, and find out who changed it",
        _ => return None,
    };
    match language {
        Language::En => Some(advice),
        Language::Zh => None,
    }
}

pub fn of_issue(error: &IssueError, language: Language) -> Option<&'static str> {
    let advice = match error {
        // Lifted limits leave seven days of a desk's regions.
        IssueError::Days { role: Role::Desk, most: DESK_REGION_DAYS } => return None,
        IssueError::Days { .. }
        | IssueError::Ahead { .. }
        | IssueError::Tiers { .. }
        | IssueError::Regions { .. } => "or give --beyond-limits",
        IssueError::NoToken => "connect it, and build with the feature hsm",
        IssueError::Token(_) => "connect it again",
        IssueError::Revoked { .. } => "see `wayseal authority revoke --list`",
        _ => return None,
    };
    (language == Language::En).then_some(advice)
}

/// Of a session that cannot continue.
pub fn of_session(error: &SessionError, language: Language) -> Option<&'static str> {
    let advice = match error {
        SessionError::NotEnrolled => "`wayseal courier init --enrolment FILE` does",
        SessionError::Identity => "`wayseal device init` makes one, unless asked to protect it",
        SessionError::Locked => "`wayseal courier unlock` does",
        SessionError::NoShift => "`wayseal courier shift --operator NUMBER` does",
        SessionError::Unloaded => "`wayseal courier load` does",
        SessionError::Envelope(error) => return of_envelope(error, language),
        _ => return None,
    };
    (language == Language::En).then_some(advice)
}
