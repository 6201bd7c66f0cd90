#!/usr/bin/env bash
# Mutation tests of the code that keeps secrets and judges: `.ci/long/mutants.sh [FILE …]`, a few of them, or all of `.cargo/mutants.toml`.
#
# A mutant that no test notices fails the run; one that changes nothing anybody could notice stands in that file with its reason.
set -euo pipefail
cd "$(dirname "$0")/../.."
. .ci/tools.sh
tool cargo-mutants 27.1.0
begun=$SECONDS
files=()
for file in "$@"; do files+=(--file "$file"); done
# The core's tests are the package's own and the host's that use it; each run has a time limit by the usual one.
"$TOOLS/cargo-mutants" mutants --workspace --output target --timeout-multiplier 3 --minimum-test-timeout 60 \
  "${files[@]}" -- --lib --test integration
echo "mutants in $((SECONDS - begun)) s: $(wc -l < target/mutants.out/missed.txt) missed, $(wc -l < target/mutants.out/caught.txt) caught"
