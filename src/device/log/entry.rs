//! One log entry: time, operator, label, purpose and outcome of an attempt, in 96 bytes.

mod cause;
mod detail;
mod item;
mod label_header;
mod outcome;
mod spoken_code;
mod taken;
#[cfg(test)]
mod tests;

pub use cause::EntryCause;
pub use detail::EntryDetail;
pub use item::LogEntry;
pub use label_header::LabelHeader;
pub use outcome::EntryOutcome;
pub use spoken_code::SpokenCode;
pub use taken::TakenKind;
