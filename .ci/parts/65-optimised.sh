#!/usr/bin/env bash
# Runs the tests that take minutes without optimisation: every generated picture of a label whose code was moved, or beside
# which another bar code lies, pictures of every size, every label of the demonstration, every fault of a device's store, files
# made to take memory and time, and the commands of the READMEs and docs/guide.md; and those of memory, since how deep the stack is
# wiped depends on the optimisation. The release build is there already.
set -euo pipefail
bash .ci/release.sh
cargo test --release --locked --test memory --test optimised
