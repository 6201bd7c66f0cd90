#!/usr/bin/env bash
# A courier's day in C, with the authority's and the auditor's side by the command.
# day.sh WAYSEAL DAY...: the command, and the program of day.c, by itself or under valgrind. With FIRST=1 it is the program of the first header, which knows
# neither passes nor signed stations.
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
wayseal=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export WAYSEAL_PASSPHRASE="a day of a test" LC_ALL=C
stations="$here/samples/stations.csv"
"$wayseal" authority init > /dev/null
"$wayseal" log auditor > /dev/null
"$wayseal" log enrol pda-17 --authority authority/authority.pub -o pda-17.enrolment > /dev/null
"$wayseal" authority grant sealer --id 7 --stations "$stations" -o sealer.grant > /dev/null
"$wayseal" seal "$here/samples/orders.csv" --stations "$stations" --grant sealer.grant --out labels.jsonl > /dev/null 2>&1 || true
python3 - "$here/samples/orders.csv" << 'P'
import csv, json, sys
there = {row["waybill"] for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")) if row["station"] == "SZ-NS-012"}
labels = [json.loads(line) for line in open("labels.jsonl", encoding="utf-8")]
texts = [label["text"] for label in labels if label["waybill"] in there]
assert len(texts) >= 4, len(texts)
open("labels", "w").write("".join(text + "\n" for text in texts[:4]))
P
recipient=$("$@" enrol state pda-17.enrolment)
"$wayseal" authority grant scanner --to pda-17 --device "$recipient" --station SZ-NS-012 --stations "$stations" \
  --tiers delivery,contact --budget 3 -o pda-17.grant > /dev/null
depot=$("$wayseal" courier depot -o depot.key)
"$@" work state pda-17.grant labels "$depot" depot.key
challenge=$("$wayseal" log challenge pda-17)
"$@" hand-in state "$challenge" pda-17.handin
"$wayseal" log sign pda-17.handin -o out
"$wayseal" log verify pda-17.handin > /dev/null
size=$(stat -c %s out/pda-17.head)
{ printf 'wayseal bundle 1\nchallenge -\npda-17.head %s\nold.list 3\n\n' "$size"; cat out/pda-17.head; printf 'old'; } > bundle
"$@" head state bundle
if [ -z "${FIRST:-}" ]; then
  # Parcels go to a colleague of another station; a desk makes labels by signed stations.
  cp "$stations" stations.csv
  "$wayseal" authority sign-stations stations.csv > /dev/null
  day=("$@")
  enrolled() { # name; prints the recipient
    "$wayseal" log enrol "$1" --authority authority/authority.pub -o "$1.enrolment" > /dev/null
    "${day[@]}" enrol "state-$1" "$1.enrolment"
  }
  granted() { # name, role and what the grant is for
    local name=$1
    shift
    "$wayseal" authority grant "$@" --to "$name" --device "$recipient" --stations stations.csv -o "$name.grant" > /dev/null
    "${day[@]}" take "state-$name" "$name.grant"
  }
  recipient=$(enrolled pda-19)
  granted pda-19 scanner --station SZ-NS-012 --tiers delivery,contact
  recipient=$(enrolled pda-18)
  granted pda-18 scanner --station SZ-FT-003 --tiers delivery,contact
  cp -r state-pda-19 state-held
  "$@" held state-held labels
  "$@" pass state-pda-19 state-pda-18 labels
  recipient=$(enrolled desk-1)
  granted desk-1 desk --station SZ-NS-012
  granted desk-1 sealer --id 900 --signed-stations
  "$@" desk state-desk-1 labels stations.csv
fi
# No file of a device with a key store holds its identity, and none a recipient's name.
if grep -rl -e AGE-SECRET-KEY- state*; then echo "a key in the clear"; exit 1; fi
