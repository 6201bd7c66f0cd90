//! What a command works with: of the command line, else of the environment or the configuration file, else the usual
//! place.

pub mod config;
pub mod environment;
pub mod mask;
pub mod passphrase;
pub mod prune;
pub mod public_key;
pub mod resolved;
pub mod scan;
pub mod seal;
pub mod show;
#[cfg(feature = "hsm")]
pub mod token;
pub mod trust;

pub use resolved::Settings;
