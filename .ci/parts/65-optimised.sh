#!/usr/bin/env bash
# Runs the tests that take minutes without optimisation: every generated picture of a label whose code was moved, or beside
# which another bar code lies, and pictures of every size. The release build is there already.
set -euo pipefail
bash .ci/release.sh
cargo test --release --locked --test optimised
