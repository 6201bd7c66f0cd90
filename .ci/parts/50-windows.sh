#!/usr/bin/env bash
# Print rooms run Windows: the command is checked for it.
set -euo pipefail
apt-get install -y -qq mingw-w64 > /dev/null
rustup target add x86_64-pc-windows-gnu
cargo check --locked --target x86_64-pc-windows-gnu
