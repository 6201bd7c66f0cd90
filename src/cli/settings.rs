//! From arguments to plans: a value comes from the command line, else from the environment or the configuration file,
//! else from its default. A plan holds all that its command needs; a command reads no settings and no clock itself.

pub mod authority;
pub mod columns;
pub mod config;
pub mod device;
pub mod environment;
pub mod log;
pub mod mask;
pub mod passphrase;
pub mod print;
pub mod public_key;
pub mod resolved;
pub mod scan;
pub mod seal;
pub mod trust;
pub mod watch;

pub use resolved::Settings;
