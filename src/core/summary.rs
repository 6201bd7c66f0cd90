//! The masked summary: what a label prints of people (GB/T 41833-2022). docs/masks.md states the rules.
//!
//! What is printed of an address is what a small positive grammar over one vocabulary knows to be public; all else is
//! `***`. [`mask`] proposes, [`check`] disposes: it proves each printed piece anew, and a [`Summary`] is made only of
//! what it proved, so that a label cannot be drawn from anything else.

mod address;
mod chars;
mod check;
mod counted;
mod label_summary;
mod line;
mod looks;
mod masking;
mod name;
mod person;
mod phone;
mod pinyin;
mod shown;
mod terms;
mod union;
mod usual;
mod utf8;
mod variants;
mod words;
mod writing;

pub use check::{Rule, Violation};
pub use label_summary::Summary;
pub use looks::looks_like_address;
pub use masking::{check, mask};
pub use person::{Masked, Person};
pub use shown::{Shown, Told, holds_name, holds_phone};
pub use terms::{PickupPoints, Terms, point_key};
pub use union::{Beyond, union};
