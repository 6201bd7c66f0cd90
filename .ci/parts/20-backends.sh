#!/usr/bin/env bash
# Reads every back-end's output with third-party software.
set -euo pipefail
apt-get install -y -qq imagemagick bc fonts-noto-core >/dev/null
# A Node.js that is not Debian's has its own npm, and conflicts with Debian's npm.
command -v npm >/dev/null || apt-get install -y -qq nodejs npm >/dev/null
npm ci --silent --prefix tests/interop-printers
tools="$CARGO_TARGET_DIR/interop"
# npm's zpl-renderer-js and crates.io's labelize render what printers would.
[ -x "$tools/bin/labelize" ] || cargo install --quiet --locked --root "$tools" --features cli labelize --version 1.10.0
LABELIZE="$tools/bin/labelize" sh tests/backends.sh
