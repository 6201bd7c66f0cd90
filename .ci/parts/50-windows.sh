#!/usr/bin/env bash
# Checks that the command compiles for Windows, which print rooms use.
set -euo pipefail
apt-get install -y -qq mingw-w64 > /dev/null
rustup target add x86_64-pc-windows-gnu
cargo check --locked --target x86_64-pc-windows-gnu
