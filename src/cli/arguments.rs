//! Command-line arguments: one file for each command, with structs for `clap` and parsers of values. Nothing here reads a
//! file, the environment or the clock.

pub mod authority;
pub mod bench;
pub mod columns;
pub mod command_line;
pub mod courier;
pub mod demo;
pub mod desk;
pub mod device;
pub mod input;
pub mod inspect;
pub mod log;
pub mod man;
pub mod mask;
pub mod pin;
pub mod print;
pub mod scan;
pub mod seal;
pub mod secrets;
pub mod values;
pub mod watch;
pub mod wedge_test;
