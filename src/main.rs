//! The `wayseal` command: parse, run, print an error once.

mod cli;

use std::alloc::System;
use std::process::ExitCode;
use zalloc::ZeroizingAlloc;

/// Wipes what is given back: libraries that wrap keys, `age` among them, keep the plain content in buffers that
/// they do not wipe.
#[global_allocator]
static HEAP: ZeroizingAlloc<System> = ZeroizingAlloc(System);

fn main() -> ExitCode {
    cli::main()
}
