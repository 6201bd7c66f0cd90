#!/usr/bin/env bash
# Tests the C interface from C.
set -euo pipefail
rustup target add aarch64-linux-android armv7-linux-androideabi
apt-get install -y -qq gcc g++ valgrind cmake pkg-config > /dev/null
cargo build --locked
bash samples/c/check.sh
