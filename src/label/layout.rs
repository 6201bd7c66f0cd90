//! The layout of a label: the position of every element.
//!
//! In: a pen and the content to draw. Out: the drawing, or the zone whose text does not fit. Lengths are in dots.
//! Type sizes are given at 203 dpi and scaled. Nothing here knows an output format.

mod codes;
mod form;
mod own;
mod parcel;
mod person;
mod zones;

pub(super) use form::{day, form};
pub(super) use own::{Sheet, fill};
pub(super) use zones::{First, Room, Zones};
