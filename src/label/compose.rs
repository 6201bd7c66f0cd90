//! Composes the content of a label into a finished label.
//!
//! In: a [`Template`](super::Template), a [`Page`](super::Page), and one [`Content`](super::Content) per label.
//! Out: dots and vectors ([`Composed`]), or vectors only ([`Sketch`]). Text is never cut: if it does not fit,
//! composing fails. This module knows no file and no printer.

mod composed;
mod composer;
mod form;
mod sketch;

pub use composed::Composed;
pub use composer::Composer;
pub(super) use composer::FORMS;
pub use sketch::Sketch;
