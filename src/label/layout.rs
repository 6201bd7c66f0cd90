//! Where everything on a label goes.
//!
//! In go a pen and what it is to draw; out comes the drawing, or the zone that something did not fit. All lengths are
//! dots; type sizes are given at 203 dpi and scaled. Nothing here knows what becomes of the dots.

mod codes;
mod form;
mod own;
mod person;
mod zones;

pub(super) use form::{day, form};
pub(super) use own::{Sheet, fill};
pub(super) use zones::{Room, Zones};
