#!/usr/bin/env bash
# Builds both packages, and their unit tests, without features and with each feature alone; clippy runs with all. Pairs:
# .ci/long/pairs.sh.
set -euo pipefail
features() { # package
  cargo metadata --no-deps --locked --format-version 1 | python3 -c '
import json, sys
packages = json.load(sys.stdin)["packages"]
print(*next(package["features"] for package in packages if package["name"] == sys.argv[1]))' "$1"
}
check() { # package, features
  cargo check --quiet --locked -p "$1" --no-default-features --features "$2"
  # A test may need what only another feature brings; the packages of tests are not those of the library.
  cargo check --quiet --locked -p "$1" --no-default-features --features "$2" --profile test --lib
}
count=0
for package in wayseal-core wayseal; do
  check "$package" ""
  for feature in $(features "$package"); do
    if [ "$feature" = default ]; then continue; fi
    echo "   $package --features $feature"
    check "$package" "$feature"
    count=$((count + 1))
  done
done
[ "$count" -ge 11 ] || { echo "only $count features found"; exit 1; }
echo "$count features alone, 0 failed"
