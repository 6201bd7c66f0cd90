#!/usr/bin/env bash
# Every back-end's output read by other people's software.
set -euo pipefail
apt-get install -y -qq imagemagick bc nodejs npm fonts-noto-core >/dev/null
npm ci --silent --prefix tests/interop-printers
tools="$CARGO_TARGET_DIR/interop"
# Debian's nodejs and crates.io's labelize render what printers would.
[ -x "$tools/bin/labelize" ] || cargo install --quiet --locked --root "$tools" --features cli labelize --version 1.10.0
LABELIZE="$tools/bin/labelize" sh tests/backends.sh
