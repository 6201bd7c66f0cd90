//! What the commands do, one file or folder each.

pub mod authority;
pub mod bench;
pub mod courier;
pub mod demo;
mod desk;
pub mod device;
pub mod inspect;
pub mod log;
pub mod man;
pub mod mask;
pub mod print;
mod printing;
pub mod scan;
pub mod seal;
pub mod watch;
pub mod wedge_test;
