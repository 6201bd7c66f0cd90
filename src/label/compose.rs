//! From what a label says to the finished label.
//!
//! In go a [`Template`](super::Template), a [`Page`](super::Page) and one [`Content`](super::Content) a label; out
//! come its dots and the same as vectors ([`Composed`]), or the vectors alone ([`Sketch`]). Nothing is ever cut: what
//! does not fit is an error. No file and no printer is known here.

mod composed;
mod composer;
mod form;
mod sketch;

pub use composed::Composed;
pub use composer::Composer;
pub(super) use composer::FORMS;
pub use sketch::Sketch;
