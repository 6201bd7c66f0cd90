#!/usr/bin/env bash
# Runs each fuzz target for some seconds, from the committed corpus.
set -euo pipefail
cd "$(dirname "$0")/../.."
tests/fuzz/run.sh "${FUZZ_SECONDS:-5}"
