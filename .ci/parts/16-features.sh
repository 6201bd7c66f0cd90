#!/usr/bin/env bash
# Each feature alone builds, and none; all together is clippy's run. Pairs: .ci/long/pairs.sh.
set -euo pipefail
cargo check --quiet --locked -p wayseal --no-default-features
features=$(cargo metadata --no-deps --locked --format-version 1 |
  python3 -c 'import json, sys; print(*next(p for p in json.load(sys.stdin)["packages"] if p["name"] == "wayseal")["features"])')
count=0
for feature in $features; do
  [ "$feature" = default ] && continue
  echo "   --features $feature"
  cargo check --quiet --locked -p wayseal --no-default-features --features "$feature"
  count=$((count + 1))
done
for feature in names fast capi; do
  echo "   wayseal-core --features $feature"
  cargo check --quiet --locked -p wayseal-core --features "$feature"
  count=$((count + 1))
done
[ "$count" -ge 11 ] || { echo "only $count features found"; exit 1; }
echo "$count features alone, 0 failed"
