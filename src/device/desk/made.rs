//! What comes of a label at a desk.

use crate::device::log::EntryOutcome;
use crate::error::SealError;
use crate::keys::{Day, Region, Site};
use crate::payload::{Handle, PayloadText, Waybill};
use crate::sealer::LeftOut;
use crate::summary::{Shown, Summary, Told, Violation};
use thiserror::Error;

/// A new label, ready to be printed. Of the people it has their masks alone.
#[derive(Debug)]
#[non_exhaustive]
pub struct ReplacedLabel<'t> {
    /// The parcel's number, which stays.
    pub waybill: Waybill,
    /// The text of the new QR code.
    pub text: PayloadText,
    /// The new label.
    pub handle: Handle,
    /// The label that it takes the place of.
    pub old: Handle,
    /// The day of sealing.
    pub day: Day,
    /// The masks, made anew.
    pub summary: Summary,
    /// The routing code, `None` if there is none.
    pub routing: Option<Shown<'t>>,
    /// The line of the hub, `None` if there is none.
    pub hub: Option<Shown<'t>>,
    /// The goods.
    pub goods: Shown<'t>,
    /// The remark.
    pub remark: Shown<'t>,
    /// What of the sender did not fit.
    pub left_out: LeftOut,
    /// Whether the old label had entries of a later version, which the new one has not.
    pub lost_entries: bool,
    /// Of a return: whether the old label had no sender, so that the parcel goes to the sealer's place.
    pub is_without_sender: bool,
    /// Labels left in the budget until the next hand-in; `None` without a budget.
    pub left: Option<u32>,
}

/// What came of a label at a desk. Its entries are on disk.
#[derive(Debug)]
#[non_exhaustive]
pub enum DeskOutcome<'t> {
    /// A new label was made.
    Made(Box<ReplacedLabel<'t>>),
    /// The label was opened, and no new one could be made.
    NotMade(NotMade),
    /// The label was not opened: the outcome as the log has it.
    NotOpened(EntryOutcome),
}

/// Why no new label was made. It holds nothing of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NotMade {
    /// The desk's sealer grant has no keys of today for that station.
    #[error("the desk's sealer grant has no keys of today for station {} of region {}", .1.number(), .0.number())]
    NoLane(Region, Site),
    /// The list has no place to which the sealer's parcels are returned.
    #[error("no place is known to which this sealer's parcels are returned")]
    NoPlace,
    /// The record cannot be sealed.
    #[error(transparent)]
    Sealing(#[from] SealError),
    /// The masks hide too little.
    #[error(transparent)]
    Mask(#[from] Violation),
    /// The routing code or the hub's line tells what the masks hide.
    #[error(transparent)]
    Told(#[from] Told),
}
