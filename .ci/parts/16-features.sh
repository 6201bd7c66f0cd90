#!/usr/bin/env bash
# Builds both packages without features and with each feature alone; clippy runs with all. Pairs: .ci/long/pairs.sh.
set -euo pipefail
features() { # package
  cargo metadata --no-deps --locked --format-version 1 | python3 -c '
import json, sys
packages = json.load(sys.stdin)["packages"]
print(*next(package["features"] for package in packages if package["name"] == sys.argv[1]))' "$1"
}
count=0
for package in wayseal-core wayseal; do
  cargo check --quiet --locked -p "$package" --no-default-features
  for feature in $(features "$package"); do
    if [ "$feature" = default ]; then continue; fi
    echo "   $package --features $feature"
    cargo check --quiet --locked -p "$package" --no-default-features --features "$feature"
    count=$((count + 1))
  done
done
[ "$count" -ge 11 ] || { echo "only $count features found"; exit 1; }
echo "$count features alone, 0 failed"
