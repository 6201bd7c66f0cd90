#!/usr/bin/env bash
# Mutation tests of the code that keeps secrets and judges: `.ci/long/mutants.sh [core|host [FILE …]]`, all files of a part, or both parts.
#
# A mutant that no test notices fails the run; one that changes nothing anybody could notice stands in `.cargo/mutants.toml` with its
# reason. The core's files are tested by the core's own tests alone, so that a mutant of them does not build the host.
set -euo pipefail
cd "$(dirname "$0")/../.."
. .ci/tools.sh
tool cargo-mutants 27.1.0
part=${1:-}
case $part in
  core)
    files=('src/core/keys/**/*.rs' 'src/core/payload/**/*.rs' src/core/sealer.rs 'src/core/verifier/**/*.rs' 'src/core/secret/**/*.rs')
    options=(--package wayseal-core --test-package wayseal-core --features fast --cargo-test-arg=--lib)
    ;;
  host)
    files=('src/device/log/**/*.rs' 'src/device/state/**/*.rs' 'src/signed/**/*.rs')
    options=(--package wayseal --test-package wayseal --cargo-test-arg=--lib --cargo-test-arg=--test=integration)
    ;;
  "")
    status=0
    for part in core host; do .ci/long/mutants.sh "$part" || status=$?; done
    exit "$status"
    ;;
  *)
    echo "usage: .ci/long/mutants.sh [core|host [FILE …]]" >&2
    exit 2
    ;;
esac
shift
[ $# -eq 0 ] || files=("$@")
for file in "${files[@]}"; do options+=(--file "$file"); done
output=${CARGO_TARGET_DIR:-target}/mutants-$part
mkdir -p "$output"
# Each run has a time limit by the usual one. The copies that are changed are built in folders of their own.
begun=$SECONDS status=0
env -u CARGO_TARGET_DIR "$TOOLS/cargo-mutants" mutants --output "$output" --timeout-multiplier 3 --minimum-test-timeout 60 \
  "${options[@]}" || status=$?
echo "mutants of $part in $((SECONDS - begun)) s:"
for outcome in caught missed timeout unviable; do wc -l "$output/mutants.out/$outcome.txt"; done
exit "$status"
