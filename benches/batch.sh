#!/usr/bin/env bash
# Whole batches, files to files, on two threads: batch.sh WAYSEAL [ROWS]. The file of orders is made by orders.py.
set -euo pipefail
wayseal=$(realpath "$1")
rows=${2:-20000}
here=$(realpath "$(dirname "$0")/..")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"$wayseal" demo --day 2026-11-24 > demo.log
python3 "$here/benches/orders.py" "$rows" csv > orders.csv
TIMEFORMAT='%R %U %S'
seal() { # what to call it, and how to make it
  local name=$1
  shift
  { time "$wayseal" seal orders.csv --day 2026-11-24 --grant wayseal-demo/sealer.grant --jobs 2 \
    --authority wayseal-demo/authority/authority.pub --stations "$here/samples/stations.csv" "$@" > run.log 2>&1; } 2> took
  # The processor's time says what it takes where other work runs beside it.
  awk -v name="$name" -v rows="$rows" '{
    printf "%s: %d orders in %.1f s, %d a second; %.0f us of a processor each\n",
      name, rows, $1, rows / $1, ($2 + $3) * 1e6 / rows }' took
}
seal "PNG labels in one ZIP" --out labels.zip
seal "native ZPL" --out labels.zpl --format zpl-native
seal "payloads, JSON Lines" --out payloads.jsonl
