#!/usr/bin/env bash
# The benchmarks, with the rivals of the same groups, and the rates of reading.
set -euo pipefail
cd "$(dirname "$0")/../.."
begun=$SECONDS
cargo bench --locked
echo "all benchmarks in $((SECONDS - begun)) s"
