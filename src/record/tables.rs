//! The token tables, made by `benches/train/train.py`.

mod chinese;
mod latin;
mod names;
mod script;

pub(super) use chinese::CHINESE;
pub(super) use latin::LATIN;
pub(super) use names::NAMES;
pub(super) use script::SCRIPT;
