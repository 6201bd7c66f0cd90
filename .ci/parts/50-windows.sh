#!/usr/bin/env bash
# Builds the command for Windows, which print rooms use, and runs it under wine.
set -euo pipefail
apt-get install -y -qq --no-install-recommends gcc-mingw-w64-x86-64 wine wine64 cups cups-client libcups2 > /dev/null
rustup target add x86_64-pc-windows-gnu
# It seals some ten thousand labels, so that the package itself is optimised a little; of the crates no more than for the tests.
cargo build --locked --target x86_64-pc-windows-gnu --bin wayseal --config 'profile.dev.package.wayseal.opt-level=1'
# What it makes is compared with what the release build for Linux makes.
bash .ci/release.sh
work=$(mktemp -d)
. tests/cups.sh
trap 'kill ${CUPSD:-} 2> /dev/null || true; wait 2> /dev/null || true; rm -rf "$work" 2> /dev/null || { sleep 2; rm -rf "$work"; } || true' EXIT
chmod 755 "$work"
cups "$work/cups"
PRINTER=paper PAPER="$work/cups/paper" LINUX="$CARGO_TARGET_DIR/release/wayseal" \
  bash tests/windows.sh "$CARGO_TARGET_DIR/x86_64-pc-windows-gnu/debug/wayseal.exe"
