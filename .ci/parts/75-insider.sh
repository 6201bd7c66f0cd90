#!/usr/bin/env bash
# The insider at reduced size: what opens is what the key tree says, or the run fails.
set -euo pipefail
cargo run --release --locked --example insider -- --reduced
