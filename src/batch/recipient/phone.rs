//! Phone cells.
//!
//! Platforms hand out virtual numbers, a main number with an extension of one to eight digits, in many spellings
//! (`13812345678-1234`, `…转1234`, `…#1234#`). All are read as one: main number, `-`, extension.
//!
//! - `cell`: the first number of a cell that can be dialled, and the rest of the cell.
//! - `mainland`: numbers of mainland China; `foreign`: all others.
//! - `extension`: what leads to an extension.

mod cell;
mod extension;
mod foreign;
mod mainland;

pub(super) use cell::{PhoneCell, joined};
