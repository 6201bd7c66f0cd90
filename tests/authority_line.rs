//! The security line's commands over its days: devices, revocation, shares, rotation, grants for many devices, audit.
//!
//! After each of them no key is on the disk outside its envelope.

mod audit;
mod disk;
mod grants;
mod line;
mod revocation;
mod roots;
