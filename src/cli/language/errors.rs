//! What is said of the library's errors: its own text in English, ours in Chinese.

mod batch;
mod label;
mod security;
