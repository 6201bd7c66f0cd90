#!/usr/bin/env bash
# Runs each fuzz target for ten minutes, or for FUZZ_SECONDS.
set -euo pipefail
cd "$(dirname "$0")/../.."
begun=$SECONDS
tests/fuzz/run.sh "${FUZZ_SECONDS:-600}"
echo "fuzzed for $((SECONDS - begun)) s; what is new lies in tests/fuzz/found: $(find tests/fuzz/found -type f ! -name '*.log' | wc -l) files"
