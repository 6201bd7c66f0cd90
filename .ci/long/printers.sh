#!/usr/bin/env bash
# Prints to eight faulty printers in simulated time, a hundred times each with every way that a printer speaks of itself:
# in no run is a label called printed that the printer does not hold.
set -euo pipefail
cd "$(dirname "$0")/../.."
begun=$SECONDS
cargo test --locked --lib -- --ignored --nocapture in_a_hundred_runs_of_each_fake | grep -E "runs:|test result: ok. 1 passed"
echo "in $((SECONDS - begun)) s"
