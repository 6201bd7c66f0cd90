#!/usr/bin/env bash
# Prints through Debian's CUPS: tests/spoolers.sh WAYSEAL. Needs cups and cups-client.
set -euo pipefail
wayseal=$(realpath "$1")
here=$(realpath "$(dirname "$0")")
. "$here/cups.sh"
work=$(mktemp -d)
trap 'kill ${CUPSD:-} 2> /dev/null || true; wait 2> /dev/null || true; rm -rf "$work" 2> /dev/null || { sleep 2; rm -rf "$work"; } || true' EXIT
chmod 755 "$work"
cd "$work"

fail() { echo "FAILED: $*"; exit 1; }
expect() {
  local code=$1 got=0
  shift
  "$@" > out.txt 2>&1 || got=$?
  [ "$got" = "$code" ] || { cat out.txt; fail "exit code $got, not $code: $*"; }
}
says() { grep -q -- "$1" out.txt || { cat out.txt; fail "does not say: $1"; }; }

day=2026-11-24
"$wayseal" demo shop --day $day > /dev/null
head -6 "$here/../samples/orders.csv" > orders.csv
seal=("$wayseal" --lang en seal orders.csv --grant shop/sealer.grant --authority shop/authority/authority.pub
  --stations "$here/../samples/stations.csv" --day $day)
expect 0 "${seal[@]}" --out labels.zpl

cups "$work/cups"
expect 0 "${seal[@]}" --print lp:paper
says '5 labels sent, not confirmed'
says 'the spooler has passed them on'
cmp cups/paper labels.zpl || fail "the queue got other bytes"
expect 1 "${seal[@]}" --print lp:paper
says '5 labels were not sent'
# By its address, and by the file of labels.
: > cups/paper
expect 0 "$wayseal" --lang en print labels.zpl --to ipp://127.0.0.1:631/printers/paper --reprint all
cmp cups/paper labels.zpl || fail "the queue got other bytes"
# A queue that is stopped, and one that is not there.
expect 5 "${seal[@]}" --print lp:stopped --ledger stopped.jsonl --patience 6
says 'has not answered for 6 s'
says 'labels may be printed or not'
[ "$(grep -c unknown stopped.jsonl)" = 5 ] || fail "not five unknown labels"
expect 5 "${seal[@]}" --print lp:missing --ledger missing.jsonl
says 'no label was sent'
! grep -q unknown missing.jsonl || fail "a label is unknown that nobody has"
echo "labels go through spoolers"
