#!/usr/bin/env bash
# Instructions of a seal, an opening and a label by callgrind, held to the committed budget.
set -euo pipefail
bash .ci/release.sh
bash benches/instructions.sh "$CARGO_TARGET_DIR/release/wayseal"
