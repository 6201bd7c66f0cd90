#!/usr/bin/env bash
# Each fuzz target for some seconds, from the corpus that is kept.
set -euo pipefail
cd "$(dirname "$0")/../.."
tests/fuzz/run.sh "${FUZZ_SECONDS:-5}"
