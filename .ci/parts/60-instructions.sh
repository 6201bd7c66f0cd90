#!/usr/bin/env bash
# Counts the instructions of a seal, an opening and a label with callgrind, against the committed budget.
set -euo pipefail
bash .ci/release.sh
bash benches/instructions.sh "$CARGO_TARGET_DIR/release/wayseal"
