//! What ends a command early, and with which exit code.

use crate::cli::language::Language;
use crate::cli::language::failure as text;
use std::{fmt, io};

/// A failure of the whole command.
#[derive(Debug)]
pub struct Failure {
    code: u8,
    message: FailureText,
}

/// What is said of a failure.
#[derive(Debug)]
enum FailureText {
    /// A text in the language of the messages.
    Said(String),
    /// The standard output failed. Whoever writes a line has no language at hand.
    StandardOutput(io::Error),
}

impl Failure {
    /// The command was called wrongly.
    pub fn usage(message: impl fmt::Display) -> Self {
        Self { code: 2, message: FailureText::Said(message.to_string()) }
    }

    /// A key or grant was refused.
    pub fn key(message: impl fmt::Display) -> Self {
        Self { code: 3, message: FailureText::Said(message.to_string()) }
    }

    /// An input cannot be read.
    pub fn input(message: impl fmt::Display) -> Self {
        Self { code: 4, message: FailureText::Said(message.to_string()) }
    }

    /// An output cannot be written.
    pub fn output(message: impl fmt::Display) -> Self {
        Self { code: 5, message: FailureText::Said(message.to_string()) }
    }

    /// The standard output cannot be written.
    pub const fn standard_output(error: io::Error) -> Self {
        Self { code: 5, message: FailureText::StandardOutput(error) }
    }

    /// What is said of it.
    pub fn message(&self, language: Language) -> String {
        match &self.message {
            FailureText::Said(message) => message.clone(),
            FailureText::StandardOutput(error) => {
                text::cannot_write(language, language.of(text::STANDARD_OUTPUT), language.system(error))
            }
        }
    }

    /// The same, with what to do next, if there is something to say.
    pub fn with_advice<'a>(mut self, next: impl Into<Option<&'a str>>) -> Self {
        if let (Some(next), FailureText::Said(message)) = (next.into(), &mut self.message) {
            message.push_str("; ");
            message.push_str(next);
        }
        self
    }

    /// The exit code.
    pub const fn code(&self) -> u8 {
        self.code
    }
}
