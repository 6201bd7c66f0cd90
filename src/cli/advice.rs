//! What to do about an error of the library, in the words of this command: the library says what is wrong, and names
//! no flag.

pub mod batch;
pub mod columns;
mod joined;
pub mod line;

pub use joined::joined;
