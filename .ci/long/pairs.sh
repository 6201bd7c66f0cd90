#!/usr/bin/env bash
# Every pair of features builds. `default` is `cli` for the host and nothing for the core, and pairs of which one brings the other are
# left out by cargo-hack.
set -euo pipefail
cd "$(dirname "$0")/../.."
. .ci/tools.sh
tool cargo-hack 0.6.45
begun=$SECONDS
log=$(mktemp)
trap 'rm -f "$log"' EXIT
"$TOOLS/cargo-hack" hack check --locked --workspace --feature-powerset --depth 2 \
  --exclude-features default 2>&1 | tee "$log"
count=$(grep -c '^info: running' "$log")
[ "$count" -ge 40 ] || { echo "only $count combinations"; exit 1; }
echo "$count combinations of at most two features built in $((SECONDS - begun)) s"
