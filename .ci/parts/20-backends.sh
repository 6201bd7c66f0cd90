#!/usr/bin/env bash
# Every back-end's output read by other people's software.
set -euo pipefail
apt-get install -y -qq imagemagick bc fonts-noto-core >/dev/null
# Where Node.js comes from elsewhere it brings npm, and Debian's npm does not go beside it.
command -v npm >/dev/null || apt-get install -y -qq nodejs npm >/dev/null
npm ci --silent --prefix tests/interop-printers
tools="$CARGO_TARGET_DIR/interop"
# npm's zpl-renderer-js and crates.io's labelize render what printers would.
[ -x "$tools/bin/labelize" ] || cargo install --quiet --locked --root "$tools" --features cli labelize --version 1.10.0
LABELIZE="$tools/bin/labelize" sh tests/backends.sh
