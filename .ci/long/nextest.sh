#!/usr/bin/env bash
# Each test in a process of its own, in no order: none relies on another.
set -euo pipefail
cd "$(dirname "$0")/../.."
. .ci/tools.sh
tool cargo-nextest 0.9.148
begun=$SECONDS
"$TOOLS/cargo-nextest" nextest run --locked --no-fail-fast
echo "each test by itself in $((SECONDS - begun)) s"
