//! Lines on the standard output.

use crate::cli::failure::Failure;
use std::io::{self, Write as _};

/// Writes a line to standard output; a reader that has gone ends the output, not the program.
pub fn say(line: &str) -> Result<(), Failure> {
    match writeln!(io::stdout(), "{line}") {
        Err(error) if is_gone(&error) => std::process::exit(0),
        result => result.map_err(Failure::standard_output),
    }
}

/// Whether the reader of a pipe has gone. Windows has three errors for that, and the standard library knows two of them.
fn is_gone(error: &io::Error) -> bool {
    const ERROR_PIPE_NOT_CONNECTED: i32 = 233;
    let not_connected = cfg!(windows) && error.raw_os_error() == Some(ERROR_PIPE_NOT_CONNECTED);
    error.kind() == io::ErrorKind::BrokenPipe || not_connected
}
