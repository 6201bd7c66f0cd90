//! Arguments of `wayseal device`.

use crate::cli::arguments::secrets::SecretsArgs;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum DeviceCommand {
    /// Make the device's identity and its empty state, and print its age recipient
    Init(DeviceInitArgs),
    /// Take grants and revocation lists
    Accept(AcceptGrantArgs),
    /// Print what the device holds, without keys
    Show(ShowDeviceArgs),
}

/// Where a device keeps its identity and its state.
#[derive(Args, Clone)]
pub struct DeviceFolderArgs {
    /// The device's folder
    #[arg(long, value_name = "FOLDER", default_value = "device")]
    pub folder: PathBuf,
    #[command(flatten)]
    pub secrets: SecretsArgs,
}

#[derive(Args)]
pub struct DeviceInitArgs {
    #[command(flatten)]
    pub place: DeviceFolderArgs,
    /// The device's name, as its grants have it
    #[arg(long)]
    pub name: String,
    /// The authority's public key, which the device pins
    #[arg(long, value_name = "FILE")]
    pub authority: Option<PathBuf>,
    /// Put the identity under a passphrase, which every use of the device then asks for
    #[arg(long)]
    pub protect: bool,
}

#[derive(Args)]
pub struct AcceptGrantArgs {
    #[command(flatten)]
    pub place: DeviceFolderArgs,
    /// Grants and revocation lists
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
}

#[derive(Args)]
pub struct ShowDeviceArgs {
    #[command(flatten)]
    pub place: DeviceFolderArgs,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}
