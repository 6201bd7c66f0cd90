#!/usr/bin/env bash
# Kills batches at random moments, a few times; tests/soak/kill.sh WAYSEAL 100 does it a hundred times.
set -euo pipefail
bash .ci/release.sh
bash tests/soak/kill.sh "$CARGO_TARGET_DIR/release/wayseal" 20 1500
