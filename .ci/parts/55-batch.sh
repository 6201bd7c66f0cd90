#!/usr/bin/env bash
# Batches killed at random moments; the whole hundred is tests/soak/kill.sh WAYSEAL 100.
set -euo pipefail
bash .ci/release.sh
bash tests/soak/kill.sh "$CARGO_TARGET_DIR/release/wayseal" 20 1500
