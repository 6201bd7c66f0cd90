//! What a label is opened with, as C gives it.

/// A revoked sealer.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct CRevoked {
    /// Its number.
    pub(super) sealer: u32,
    /// The first day whose labels are not believed, in days since 2020-01-01.
    pub(super) from: u16,
}

/// What a label is opened with.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct CReading {
    pub(super) size: u32,
    pub(super) generation: u32,
    pub(super) nodes: *const u8,
    pub(super) count: usize,
    pub(super) revoked: *const CRevoked,
    pub(super) revoked_count: usize,
    pub(super) today: u16,
    pub(super) want: u16,
}
