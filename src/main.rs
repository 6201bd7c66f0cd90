//! The `wayseal` command: parse, run, print an error once.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
