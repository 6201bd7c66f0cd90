//! Grey pixels to the texts of QR codes: cheap stages first, and a further one only if none was read.
//!
//! In goes a picture, and a question that accepts a text or not; out come the accepted texts. A picture has a budget
//! of work, counted and not timed, so that a hostile one ends as soon as another: of large pictures that nothing reads
//! the last stages are left out.
//!
//! - `stage`: the stages and their order; `prepare`: what each does to a picture.
//! - `engine`: the QR reader, its work counted.
//! - `search`: one picture; `turns`: the frames of a video.

mod engine;
mod prepare;
mod search;
mod stage;
mod turns;

pub use search::{ReadText, read, read_all};
pub use stage::Stage;
pub use turns::Turns;
