#!/usr/bin/env bash
# Prints through Debian's CUPS.
set -euo pipefail
apt-get install -y -qq --no-install-recommends cups cups-client > /dev/null
cargo build --locked
bash tests/spoolers.sh "$CARGO_TARGET_DIR/debug/wayseal"
