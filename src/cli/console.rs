//! Lines on the standard output.

use crate::cli::failure::Failure;
use std::io::{self, Write as _};

/// Writes a line to standard output; a reader that has gone ends the output, not the program.
pub fn say(line: &str) -> Result<(), Failure> {
    match writeln!(io::stdout(), "{line}") {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => std::process::exit(0),
        result => result.map_err(Failure::standard_output),
    }
}
