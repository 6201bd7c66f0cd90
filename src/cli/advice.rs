//! What to do about an error of the library: its flags and commands, which the library does not know.

mod joined;
pub mod line;

pub use joined::joined;
