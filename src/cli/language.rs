//! All texts that the command says to people, in English and Chinese.

mod authority;
pub mod courier;
mod label;

mod choice;
pub mod log;

pub use choice::Language;
