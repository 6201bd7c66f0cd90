#!/usr/bin/env bash
# Times whole batches, from file to file: batch.sh WAYSEAL [ROWS]. orders.py generates the input; the Excel file
# needs Python's openpyxl. The last run uses one core, to compare with the first.
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
input=orders.csv
before=()
jobs=2
seal() { # what to call it, and how to make it
  local name=$1
  shift
  { time "${before[@]}" "$wayseal" seal $input --day 2026-11-24 --grant wayseal-demo/sealer.grant --jobs $jobs \
    --authority wayseal-demo/authority/authority.pub --stations "$here/samples/stations.csv" "$@" > run.log 2>&1; } 2> took
  # CPU time, which does not depend on other load.
  awk -v name="$name" -v rows="$rows" '{
    printf "%s: %d orders in %.1f s, %d a second; %.1f us of a processor each\n",
      name, rows, $1, rows / $1, ($2 + $3) * 1e6 / rows }' took
  find . -maxdepth 1 -name 'labels*' -exec rm -r {} +
}
seal "PNG labels in ZIPs" --out labels.zip
seal "ZPL, dots, compressed" --out labels.zpl
seal "TSPL, dots, to /dev/null" --out /dev/null --format tspl
seal "ZPL, the printer's own codes" --out labels.zpl --format zpl-native
seal "ZPL, the printer's own codes, to /dev/null" --out /dev/null --format zpl-native
seal "TSPL, the printer's own codes, to /dev/null" --out /dev/null --format tspl-native
seal "payloads, JSON Lines" --out labels.jsonl
if python3 "$here/benches/orders.py" "$rows" xlsx > orders.xlsx 2> /dev/null; then
  input=orders.xlsx
  seal "payloads, JSON Lines, from XLSX" --out labels.jsonl
  input=orders.csv
fi
before=(taskset -c 0)
jobs=1
seal "PNG labels in ZIPs, one core" --out labels.zip
