//! A report over many devices' logs: who opened how many labels, when, and whether they were delivered.
//!
//! In: verified logs and the hours of a [`Shift`]. Out: a [`Report`] with the counts of each device, its figures, and
//! the figures that stand out. It reads times and handles alone; no name or address is in a log.
//!
//! Where operators begin shifts with a number and a PIN, each is counted apart, whatever device they share; a number that was at work on
//! two devices at once is named.
//!
//! With the budgets that were granted, intervals between two hand-ins in which more labels were opened are named.
//!
//! An honest day has a shape: a device opens about as many labels as the others, in its shift, and signs off nearly
//! all of them. A lent account has another shape: it opens labels that another device delivers, or none; long before
//! or after their delivery; at night; for enquiries. So each device is compared with the median of all, in units of
//! the median absolute deviation, which a few bad devices cannot shift.

mod budget;
mod codes;
mod compare;
mod device;
mod doubled;
mod figure;
mod label;
mod shift;

pub use budget::{BeyondBudget, Granted, HeadDigest};
pub use codes::CodeCounts;
pub use compare::Report;
pub use device::DeviceReport;
pub use doubled::DoubledOperator;
pub use figure::{Figure, Figures};
pub use label::SharedLabel;
pub use shift::Shift;
