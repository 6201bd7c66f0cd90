#!/usr/bin/env bash
# Runs the fuzz targets: run.sh [SECONDS per target, default 120] [TARGET …]
#
# Uses libFuzzer with the stable compiler, whose coverage passes are code generation flags. There is no address
# sanitizer, which needs a nightly compiler; the core has no unsafe code, and overflow checks are on. The first five are of labels,
# in a program of their own; the others of files, each a function of `parsers.rs`, which signs what a signature would stop.
# New inputs are written to tests/fuzz/found, crashes to tests/fuzz/found/crash-*. `run.sh merge` reduces the corpus to a
# minimal set of files with the same coverage.
set -euo pipefail
cd "$(dirname "$0")"

host="$(rustc -vV | sed -n 's/^host: //p')"
export CARGO_TARGET_DIR="${FUZZ_TARGET_DIR:-$PWD/target}"
export RUSTFLAGS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing"
# With an explicit target, build scripts and macros are not instrumented.
begun=$SECONDS
cargo build --locked --release --quiet --target "$host"
echo "built in $((SECONDS - begun)) s"
binaries="$CARGO_TARGET_DIR/$host/release"

seconds="${1:-120}"
[ $# -gt 0 ] && shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(base45 payload record plaintext open
  grant list additions certificate stations_signature envelope identity enrolment answer head operators enquiries
  log state road share manifest stations points ranges return_places orders workbook template font logo frames lines)

for target in "${targets[@]}"; do
  export FUZZ_TARGET="$target"
  case "$target" in base45 | payload | record | plaintext | open) program=labels ;; *) program=files ;; esac
  mkdir -p "found/$target" "corpus/$target"
  if [ "$seconds" = merge ]; then
    rm -rf "found/least" && mkdir -p "found/least"
    "$binaries/$program" -set_cover_merge=1 "found/least" "corpus/$target" "found/$target"
    rm -r "corpus/$target" && mv "found/least" "corpus/$target"
    continue
  fi
  # A workbook, font or picture is no workbook in a kilobyte.
  case "$target" in workbook | font | logo | frames | orders) longest=65536 ;; *) longest=4096 ;; esac
  case "$target" in base45 | payload | record | plaintext | open) longest=1024 ;; esac
  echo "== $target, ${seconds}s"
  "$binaries/$program" "found/$target" "corpus/$target" -max_total_time="$seconds" -timeout=10 -max_len="$longest" -rss_limit_mb=1500 \
    -artifact_prefix="found/crash-$target-" -print_final_stats=1 2> "found/$target.log" ||
    { tail -n 40 "found/$target.log"; exit 1; }
  grep -E '^Done|stat::number_of_executed_units' "found/$target.log"
  # Fail if almost nothing was tried.
  runs="$(sed -n 's/^stat::number_of_executed_units: *//p' "found/$target.log")"
  # A garbage log is searched for entries that follow, and orders go through all that reads a file of them: milliseconds each.
  case "$target" in font | workbook | logo | frames | manifest | log | orders | stations | lines) least=20 ;; *) least=1000 ;; esac
  [ "$runs" -ge "$least" ] || { echo "$target: only $runs runs"; exit 1; }
done
