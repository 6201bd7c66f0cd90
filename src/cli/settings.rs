//! What a command works with: of the command line, else of the configuration file, else the usual place.

pub mod config;
pub mod public_key;
