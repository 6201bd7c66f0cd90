//! Reads the QR codes of a picture: cheap stages first, a further one only if nothing was read.
//!
//! In goes a picture, and a function that accepts or refuses a text; out come the accepted texts. A picture has a budget of
//! work, which is counted and not timed: a hostile picture costs no more than any other, and results do not depend on the
//! machine. If nothing can be read in a large picture, the last stages are skipped.
//!
//! - `stage`: the stages and their order; `prepare`: the image processing of each.
//! - `engine`: the QR reader, with its work counted.
//! - `search`: reads one picture; `turns`: reads the frames of a video.

mod engine;
mod prepare;
mod search;
mod stage;
mod turns;

pub use search::{ReadText, read, read_all};
pub use stage::Stage;
pub use turns::Turns;
