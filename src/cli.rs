//! The `wayseal` command, in three steps with a type between them.
//!
//! [`arguments`] holds what was typed, [`settings`] where files and secrets are looked for that were not named, and
//! [`commands`] acts. All texts that a person reads stand in [`language`], in English and Chinese.
//!
//! Exit codes: 0 all well, 1 some rows or images failed, 2 usage, 3 key or grant refused, 4 input
//! unreadable, 5 output failed, 130 interrupted.

mod accounting;
mod advice;
mod arguments;
mod arrivals;
mod bar_codes;
mod clock;
mod columns;
mod commands;
mod console;
mod device_session;
#[cfg(test)]
mod documents;
mod doubts;
mod failure;
mod guard;
mod interrupt;
mod label_lines;
mod language;
mod orders;
mod pictures;
mod progress;
mod qr_picture;
mod record_text;
mod run;
mod settings;
mod stations_file;
mod tenants_file;
mod typed_lines;
mod unlock;

pub use run::main;
