#!/usr/bin/env bash
# Builds a program outside of the repository with only the feature `device`; it opens a label like a courier's device.
set -euo pipefail
cd "$(dirname "$0")/../.."
bash .ci/release.sh
wayseal="$CARGO_TARGET_DIR/release/wayseal"
cargo build --quiet --manifest-path tests/consumer/Cargo.toml
lines=$(grep -cvE '^ *(//.*)?$' tests/consumer/src/main.rs)
[ "$lines" -le 25 ] || { echo "tests/consumer takes $lines lines"; exit 1; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# An authority, an auditor, a grant, a label that the grant opens and one that it does not.
"$wayseal" demo > /dev/null
(umask 077; echo demonstration > passphrase)
"$wayseal" log auditor > /dev/null
"$wayseal" log enrol pda-17 --authority wayseal-demo/authority/authority.pub -o pda-17.enrolment > /dev/null
"$wayseal" authority grant scanner --to pda-17 --station SZ-NS-012 --stations "$OLDPWD/samples/stations.csv" \
  --folder wayseal-demo/authority --passphrase-file passphrase -o pda-17.grant > /dev/null
text() { # station: the code of its first label
  local waybill
  waybill=$(awk -F, -v station="$1" '$2 == station { print $1; exit }' "$OLDPWD/samples/orders.csv")
  "$wayseal" inspect --json "wayseal-demo/labels/$waybill.png" | python3 -c 'import json, sys; print(json.load(sys.stdin)["text"])'
}
consumer="$CARGO_TARGET_DIR/debug/consumer"
name=$("$consumer" state pda-17.enrolment pda-17.grant "$(text SZ-NS-012)")
expected=$(awk -F, '$2 == "SZ-NS-012" { print $3; exit }' "$OLDPWD/samples/orders.csv")
[ "$name" = "$expected" ] || { echo "opened: $name, sealed: $expected"; exit 1; }
if refusal=$("$consumer" other pda-17.enrolment pda-17.grant "$(text SZ-FT-003)" 2>&1); then
  echo "opened another station's label"
  exit 1
fi
[[ $refusal == *other_station* ]] || { echo "$refusal"; exit 1; }
echo "a program of $lines lines opened its station's label, and was refused another's: 2 passed, 0 failed"
