#!/usr/bin/env bash
# The insider at reduced size: what opens is what the key tree says, or the run fails.
set -euo pipefail
bash .ci/release.sh
"$CARGO_TARGET_DIR/release/examples/insider" --reduced
