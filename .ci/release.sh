#!/usr/bin/env bash
# The release builds that several parts run, made once: the command, and the insider's simulation beside it.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --locked --bin wayseal --example insider
