//! Texts of the library's errors: English is the library's own text, Chinese is written here.

mod batch;
mod label;
mod security;
