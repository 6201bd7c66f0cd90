//! Status codes.

use crate::error::Refusal;
use core::ffi::c_int;

pub(super) const OK: c_int = 0;
pub(super) const ARGUMENT: c_int = -1;
pub(super) const KEYS: c_int = -2;
pub(super) const SPACE: c_int = -3;
pub(super) const FIELD: c_int = -4;
pub(super) const TOO_LONG: c_int = -5;

pub(super) fn number(refusal: Refusal) -> c_int {
    let place = Refusal::ALL.iter().position(|known| *known == refusal);
    // There are nine refusals, so the index fits.
    place.map_or(c_int::MAX, |place| place as c_int + 1)
}
