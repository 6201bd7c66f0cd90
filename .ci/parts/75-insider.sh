#!/usr/bin/env bash
# The insider's measurement at reduced size: fails if more or fewer labels open than the key tree allows.
set -euo pipefail
bash .ci/release.sh
"$CARGO_TARGET_DIR/release/examples/insider" --reduced
