//! `wayseal log`: logs of devices, at the auditor's desk and at the device.

mod auditor;
pub mod auditor_folder;
mod dispatch;
mod hand_in;
mod handed;
mod report;
pub mod verified;
mod verify;
