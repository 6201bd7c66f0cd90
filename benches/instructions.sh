#!/usr/bin/env bash
# Counts the instructions of sealing, opening and composing a label with callgrind, and compares them with the
# budget in benches/instructions.txt. A deviation above 5 % in either direction fails and prints both figures.
#
# Usage: instructions.sh WAYSEAL [--update]. WAYSEAL is a release build; `--update` rewrites the budget.
#
# On every x86-64 machine with AES-NI, PCLMULQDQ and AVX2, valgrind presents the same processor, without SHA
# extensions. The counts are those of the AES-NI and portable SHA-256 paths and are the same on each of these
# machines. On another machine the budget does not apply, and the check says so.
set -euo pipefail
wayseal=$(realpath "$1")
cd "$(dirname "$0")/.."
budget=benches/instructions.txt
for flag in aes pclmulqdq avx2; do
  if ! grep -qw "$flag" /proc/cpuinfo; then
    echo "instructions: not counted, this processor has no $flag"
    exit 0
  fi
done
command -v valgrind > /dev/null || apt-get install -y -qq valgrind > /dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

total() { # what, how often
  valgrind --tool=callgrind --callgrind-out-file="$work/out" "$wayseal" bench --count "$1" --times "$2" \
    > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
  awk '$1 == "summary:" || $1 == "totals:" { print $2; exit }' "$work/out"
}
failed=0
counts=""
for what in seal seal-encoded open codec mask symbol compose png; do
  # The difference of two runs excludes start-up and shutdown.
  more=$(total "$what" 300)
  less=$(total "$what" 60)
  count=$(((more - less) / 240))
  counts+="$what $count"$'\n'
  [ "${2:-}" = --update ] && continue
  expected=$(awk -v w="$what" '$1 == w { print $2 }' "$budget")
  echo "instructions of $what: $count, budget ${expected:-none}"
  if [ -z "$expected" ] || [ $((count * 100)) -gt $((expected * 105)) ] || [ $((count * 100)) -lt $((expected * 95)) ]
  then
    echo "  more than 5 % off; explain it in docs/performance.md and run $0 WAYSEAL --update"
    failed=1
  fi
done
if [ "${2:-}" = --update ]; then
  printf '%s' "$counts" > "$budget"
  cat "$budget"
fi
exit $failed
