//! Sizes of waybill numbers.

/// Fewest characters of a waybill number.
pub(super) const LEN_MIN: usize = 6;
/// Most characters of a waybill number.
pub(super) const LEN_MAX: usize = 34;
/// Most bytes of a packed number.
pub(in crate::payload) const NUMBER_MAX: usize = 23;
