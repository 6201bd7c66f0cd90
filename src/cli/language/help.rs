//! Help and refusals of the command line. Clap has its own in English; here they are put into Chinese.
//!
//! The English text of an option is its documentation in `arguments`; each table has it once more beside the Chinese, so that
//! a test finds an option whose text changed and was not translated again.

mod arguments;
mod authority;
mod commands;
mod device;
mod error;
mod orders;
mod table;
mod tables;
#[cfg(test)]
mod tests;

pub use arguments::in_language;
