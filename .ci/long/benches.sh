#!/usr/bin/env bash
# The benchmarks, with other libraries in the same groups, and the read rates.
set -euo pipefail
cd "$(dirname "$0")/../.."
begun=$SECONDS
cargo bench --locked
echo "all benchmarks in $((SECONDS - begun)) s"
