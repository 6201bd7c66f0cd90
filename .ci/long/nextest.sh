#!/usr/bin/env bash
# Runs each test in its own process, in any order: no test may depend on another.
set -euo pipefail
cd "$(dirname "$0")/../.."
. .ci/tools.sh
tool cargo-nextest 0.9.148
begun=$SECONDS
"$TOOLS/cargo-nextest" nextest run --locked --no-fail-fast
echo "each test by itself in $((SECONDS - begun)) s"
