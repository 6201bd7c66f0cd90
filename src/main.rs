//! The `wayseal` command: parses its arguments, runs, and prints an error once.

mod cli;

use std::alloc::System;
use std::process::ExitCode;
use zalloc::ZeroizingAlloc;

/// Wipes memory when it is freed: libraries that handle keys, `age` among them, do not wipe all of their buffers.
#[global_allocator]
static HEAP: ZeroizingAlloc<System> = ZeroizingAlloc(System);

fn main() -> ExitCode {
    cli::main()
}
