//! The device as an app calls it: one type with every call of a courier's day, over whatever store and key store the platform has.
//!
//! In: bytes, texts and the time. Out: plain values. Every failure is a [`DeviceFailure`] with a [`DeviceCode`], whose number and name stay,
//! and the courier's [`NextStep`]. The interfaces for C and for Kotlin are thin skins over this: they judge nothing.
//!
//! [`Device`] is used by one thread at a time. [`SharedDevice`] is for handles that other languages hold: a call while another one is running
//! is `busy`, a call after a panic or [`SharedDevice::close`] is `closed`.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # use wayseal::authority::{auditor::Auditor, custody::Authority, day_keys::*, issue::*};
//! # use wayseal::keys::*;
//! # let day = Day::new(2519);
//! # let now = (u64::from(day.number()) + Day::UNIX_OFFSET) * 86_400 + 40_000;
//! # let (root, auditor) = (Authority::generate(0)?, Auditor::generate()?);
//! # let enrolment = auditor.enrol("pda-17", root.public()).text();
//! # let station = (Region::new(755).unwrap(), Site::new(12).unwrap());
//! # let scope = Scope::Scanner { tiers: &[Tier::Delivery], stations: &[station] };
//! # let grant = issue(&root, GrantTerms::new("pda-17", 1, now), &scope, Days::ending(day, 3), Limits::Kept)?;
//! # let grant = grant.sign(&root)?;
//! use wayseal::device::app::{Device, LabelScan};
//! use wayseal::device::store::MemoryStore;
//!
//! let store = MemoryStore::new();
//! Device::enrol(store.clone(), None, enrolment.as_bytes())?;
//! let mut device = Device::open(store, None, now)?;
//! device.take(&grant, now)?;
//! let failure = device.scan(&LabelScan::new("https://example.com", now)).unwrap_err();
//! assert_eq!((failure.code.name(), failure.code.next().name()), ("not_ours", "scan_label"));
//! # Ok(())
//! # }
//! ```

mod code;
mod day;
mod device;
mod failure;
mod next_step;
mod opened;
mod passing;
mod received;
mod scan;
mod shared;

pub use code::DeviceCode;
pub use device::Device;
pub use failure::DeviceFailure;
pub use next_step::NextStep;
pub use opened::{OpenedLabel, RecordField};
pub use passing::PassCode;
pub use received::{Receipt, Received};
pub use scan::LabelScan;
pub use shared::SharedDevice;
