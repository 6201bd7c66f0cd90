//! Plans of `wayseal device`.

use super::passphrase::PassphraseSource;
use super::resolved::Settings;
use super::trust::Trust;
use crate::cli::arguments::device::{DeviceCommand, DeviceFolderArgs};
use crate::cli::clock::now;
use std::path::PathBuf;

/// One command of `wayseal device`, with every default resolved.
pub enum DevicePlan {
    Init(DeviceInitPlan),
    Accept(AcceptGrantPlan),
    Show(ShowDevicePlan),
}

/// Where a device keeps its identity and its state.
pub struct DeviceFolder {
    /// The folder.
    pub folder: PathBuf,
    /// Where the passphrase of the identity comes from, if it has one.
    pub passphrase: PassphraseSource,
}

/// A new device.
pub struct DeviceInitPlan {
    /// Its folder.
    pub place: DeviceFolder,
    /// Its name.
    pub name: String,
    /// The authority's public key, which the device pins.
    pub trust: Trust,
    /// Whether the identity is put under a passphrase.
    pub protect: bool,
}

/// Grants and revocation lists for a device.
pub struct AcceptGrantPlan {
    /// The device's folder.
    pub place: DeviceFolder,
    /// The files.
    pub files: Vec<PathBuf>,
    /// Seconds since 1970.
    pub now: u64,
}

/// A device to be shown.
pub struct ShowDevicePlan {
    /// The device's folder.
    pub place: DeviceFolder,
    /// Whether JSON is printed.
    pub json: bool,
    /// Seconds since 1970.
    pub now: u64,
}

impl DeviceFolder {
    fn new(typed: DeviceFolderArgs, settings: &Settings) -> Self {
        Self { passphrase: settings.passphrase(&typed.secrets), folder: typed.folder }
    }
}

impl DevicePlan {
    /// Resolves the arguments against the settings and the clock.
    pub fn new(typed: DeviceCommand, settings: &Settings) -> Self {
        let place = |typed| DeviceFolder::new(typed, settings);
        match typed {
            DeviceCommand::Init(typed) => Self::Init(DeviceInitPlan {
                trust: settings.trust(typed.authority.as_deref(), None),
                place: place(typed.place),
                name: typed.name,
                protect: typed.protect,
            }),
            DeviceCommand::Accept(typed) => {
                Self::Accept(AcceptGrantPlan { place: place(typed.place), files: typed.files, now: now() })
            }
            DeviceCommand::Show(typed) => {
                Self::Show(ShowDevicePlan { place: place(typed.place), json: typed.json, now: now() })
            }
        }
    }
}
