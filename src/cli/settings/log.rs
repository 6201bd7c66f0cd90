//! Plans of `wayseal log`: the auditor's commands, and the two that a device runs.

use super::passphrase::PassphraseSource;
use super::resolved::Settings;
use super::trust::Trust;
use crate::cli::arguments::log::{AuditorFolderArgs, LogCommand};
use crate::cli::arguments::pin::PinArgs;
use crate::cli::clock::now;
use std::path::PathBuf;
use wayseal::authority::report::Shift;
use wayseal::device::operators::Operator;

/// One command of `wayseal log`, with every default resolved.
pub enum LogPlan {
    Auditor(AuditorInitPlan),
    Enrol(EnrolPlan),
    Operator(OperatorPlan),
    Challenge(ChallengePlan),
    HandIn(HandInPlan),
    Sign(SignPlan),
    Accept(AcceptHeadPlan),
    Verify(VerifyPlan),
    Report(ReportPlan),
}

/// The auditor's folder: the key, and for each device its last signed head and its open challenge.
pub struct AuditorFolder {
    /// The folder.
    pub folder: PathBuf,
    /// Where the passphrase of the key comes from, if it has one.
    pub passphrase: PassphraseSource,
}

/// A new auditor.
pub struct AuditorInitPlan {
    /// The auditor's folder.
    pub desk: AuditorFolder,
    /// Whether the key is put under a passphrase.
    pub protect: bool,
}

/// A device's enrolment.
pub struct EnrolPlan {
    /// The auditor's folder.
    pub desk: AuditorFolder,
    /// The device's name.
    pub device: String,
    /// The authority's public key, which the device will pin.
    pub trust: Trust,
    /// The enrolment file.
    pub output: PathBuf,
}

/// An operator to be put on the list, or removed.
pub struct OperatorPlan {
    /// The auditor's folder.
    pub desk: AuditorFolder,
    /// The operator's number.
    pub number: Operator,
    /// Where the PIN comes from.
    pub pin: PinArgs,
    /// Whether the operator is removed.
    pub remove: bool,
}

/// A challenge for a hand-in.
pub struct ChallengePlan {
    /// The auditor's folder.
    pub desk: AuditorFolder,
    /// The device's name.
    pub device: String,
    /// Seconds since 1970.
    pub now: u64,
}

/// A device's answer to a challenge, with its log.
pub struct HandInPlan {
    /// The device's state folder.
    pub state: PathBuf,
    /// The challenge in hexadecimal digits.
    pub challenge: String,
    /// The file to hand in.
    pub output: PathBuf,
    /// Seconds since 1970.
    pub now: u64,
}

/// A hand-in to be checked and signed.
pub struct SignPlan {
    /// The auditor's folder.
    pub desk: AuditorFolder,
    /// The file that the device handed in.
    pub handed: PathBuf,
    /// The grant to release with the signed head.
    pub keys: Option<PathBuf>,
    /// The log before this one, whose key was lost.
    pub before: Option<PathBuf>,
    /// The folder for the device's inbox.
    pub output: PathBuf,
    /// Seconds since 1970.
    pub now: u64,
}

/// Signed heads and grants for a device.
pub struct AcceptHeadPlan {
    /// The files.
    pub files: Vec<PathBuf>,
    /// The device's state folder.
    pub state: PathBuf,
    /// Seconds since 1970.
    pub now: u64,
}

/// Logs to be verified.
pub struct VerifyPlan {
    /// The auditor's folder.
    pub desk: AuditorFolder,
    /// Logs, or files that were handed in.
    pub logs: Vec<PathBuf>,
    /// Whether JSON lines are printed.
    pub json: bool,
}

/// Logs to be reported on.
pub struct ReportPlan {
    /// The auditor's folder.
    pub desk: AuditorFolder,
    /// Logs, or files that were handed in.
    pub logs: Vec<PathBuf>,
    /// Files of decoys.
    pub decoys: Vec<PathBuf>,
    /// The identity that opens those which are sealed to age recipients.
    pub identity: Option<PathBuf>,
    /// The hours of work, in local time.
    pub shift: Shift,
    /// The file of what the authority said of delivery codes.
    pub deliveries: Option<PathBuf>,
    /// Whether JSON is printed.
    pub json: bool,
    /// The file of the page with charts.
    pub html: Option<PathBuf>,
}

impl AuditorFolder {
    fn new(typed: AuditorFolderArgs, settings: &Settings) -> Self {
        Self { folder: typed.auditor, passphrase: settings.passphrase(&typed.secrets) }
    }
}

impl LogPlan {
    /// Resolves the arguments against the settings and the clock.
    pub fn new(typed: LogCommand, settings: &Settings) -> Self {
        let desk = |typed| AuditorFolder::new(typed, settings);
        match typed {
            LogCommand::Auditor(typed) => {
                Self::Auditor(AuditorInitPlan { desk: desk(typed.desk), protect: typed.protect })
            }
            LogCommand::Enrol(typed) => Self::Enrol(EnrolPlan {
                trust: settings.trust(typed.authority.as_deref(), None),
                desk: desk(typed.desk),
                device: typed.device,
                output: typed.output,
            }),
            LogCommand::Operator(typed) => Self::Operator(OperatorPlan {
                desk: desk(typed.desk),
                number: typed.number,
                pin: typed.pin,
                remove: typed.remove,
            }),
            LogCommand::Challenge(typed) => {
                Self::Challenge(ChallengePlan { desk: desk(typed.desk), device: typed.device, now: now() })
            }
            LogCommand::HandIn(typed) => Self::HandIn(HandInPlan {
                state: typed.state,
                challenge: typed.challenge,
                output: typed.output,
                now: now(),
            }),
            LogCommand::Sign(typed) => Self::Sign(SignPlan {
                desk: desk(typed.desk),
                handed: typed.handed,
                keys: typed.keys,
                before: typed.before,
                output: typed.output,
                now: now(),
            }),
            LogCommand::Accept(typed) => {
                Self::Accept(AcceptHeadPlan { files: typed.files, state: typed.state, now: now() })
            }
            LogCommand::Verify(typed) => {
                Self::Verify(VerifyPlan { desk: desk(typed.desk), logs: typed.logs, json: typed.json })
            }
            LogCommand::Report(typed) => Self::Report(ReportPlan {
                desk: desk(typed.desk),
                logs: typed.logs,
                decoys: typed.decoys,
                identity: typed.identity,
                shift: Shift { from: typed.shift.0, until: typed.shift.1, ahead: typed.ahead },
                deliveries: typed.deliveries,
                json: typed.json,
                html: typed.html,
            }),
        }
    }
}
