//! Reads recipient and sender as platforms and shops give them.
//!
//! A label is made only of a recipient whom the courier can find and call. In go the cells of a row; out comes how they
//! are read, with a [`Notice`](super::notice::Notice) for all that was moved, split, joined or taken off; or the column
//! and the [fault](RecipientFault) for which there is no label.
//!
//! - `read`: all steps in order; `rules`: what the shop decides; `reading`: what they come to.
//! - `call`: which number is called, from the phone's cell and the columns of a virtual number; `phone`: one cell;
//!   `validity`: until when a number rings.
//! - `name`, `address`: what else stands in these cells; `aside`: remarks, labelled fields, extensions in brackets;
//!   `place`: a division that is written twice, or another one.
//! - `marks`: characters that a platform has hidden; `ciphertext`: cipher text and encodings; `identity`: identity
//!   numbers; `fault`: what is wrong with each.
//! - `fold`: one spelling for a character; `party`: the columns of a person. Which of these readers a cell needs, the
//!   traits of its bytes say.

mod address;
mod aside;
mod call;
mod ciphertext;
mod fault;
mod fold;
mod identity;
mod marks;
mod name;
mod party;
mod phone;
mod place;
mod read;
mod reading;
mod rules;
mod validity;

pub use fault::{CiphertextSource, IdentityKind, RecipientFault};
pub use rules::ReadingRules;

pub(super) use call::names_extension;
pub(super) use read::read;
pub(super) use reading::Reading;
