//! Reads the QR codes of a picture: cheap stages first, a further one only if nothing was read.
//!
//! In goes a picture, and a function that accepts or refuses a text; out come the accepted texts. A picture has a budget of
//! work, which is counted and not timed: a hostile picture costs no more than any other, and results do not depend on the
//! machine. Where nothing looks like a finder pattern, only the first stage and the soft reader's search for them are run; the
//! further stages see no more of a picture than the parts where a code may be, no larger than its modules need.
//!
//! - `stage`: the stages and their order; `prepare`: the image processing of each, with `filter`.
//! - `engine`: the QR reader, with its work counted; `binary`: ink and paper, for the engine.
//! - `pyramid`: a picture, its halves and their parts.
//! - `search`: reads one picture; `turns`: reads the frames of a video.

mod binary;
mod engine;
mod filter;
mod prepare;
mod pyramid;
mod search;
mod stage;
mod turns;

pub use search::{ReadText, Step, read, read_all, read_by_step};
pub use stage::Stage;
pub use turns::Turns;
