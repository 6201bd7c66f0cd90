//! What ends a command early, and with which exit code.

use std::fmt;

/// A failure of the whole command.
#[derive(Debug)]
pub struct Failure {
    code: u8,
    message: String,
}

impl Failure {
    /// The command was called wrongly.
    pub fn usage(message: impl fmt::Display) -> Self {
        Self { code: 2, message: message.to_string() }
    }

    /// A key or grant was refused.
    pub fn key(message: impl fmt::Display) -> Self {
        Self { code: 3, message: message.to_string() }
    }

    /// An input cannot be read.
    pub fn input(message: impl fmt::Display) -> Self {
        Self { code: 4, message: message.to_string() }
    }

    /// An output cannot be written.
    pub fn output(message: impl fmt::Display) -> Self {
        Self { code: 5, message: message.to_string() }
    }

    /// The same, with what to do next, if there is something to say.
    pub fn with_advice<'a>(mut self, next: impl Into<Option<&'a str>>) -> Self {
        if let Some(next) = next.into() {
            self.message.push_str("; ");
            self.message.push_str(next);
        }
        self
    }

    /// The exit code.
    pub const fn code(&self) -> u8 {
        self.code
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
