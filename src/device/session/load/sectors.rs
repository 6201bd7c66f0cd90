//! What other files of sectors take from the file of loaded parcels.

pub(in crate::device::session) use super::digests::LoadedDigests;
pub(in crate::device::session) use super::item::{KEYS, WAYBILL};
pub(in crate::device::session) use super::sector::{CHECK, SECTOR, Sector, add_check, blank, is_intact};
