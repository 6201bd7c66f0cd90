#!/usr/bin/env bash
# Kills a batch at random moments, resumes it until it is done, and compares every file with those of a run that
# was left alone: kill.sh WAYSEAL [MOMENTS] [ROWS]. The seed is printed; SEED=… repeats a run.
set -euo pipefail
wayseal=$(realpath "$1")
moments=${2:-100} rows=${3:-3000}
here=$(realpath "$(dirname "$0")/../..")
seed=${SEED:-$RANDOM}
echo "seed $seed"
RANDOM=$seed
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"$wayseal" demo --day 2026-11-24 > demo.log
python3 "$here/benches/orders.py" "$rows" gb18030 --bad 50 > orders.csv
day=(--day 2026-11-24 --grant wayseal-demo/sealer.grant --authority wayseal-demo/authority/authority.pub
  --stations "$here/samples/stations.csv")

# What a batch leaves, its manifest included, as one list of digests. The manifest names its parts by the path given.
state() { find . -type f ! -name '.*.lock' | sort | xargs -d "\n" sha256sum; }
format() { case $out in *.zpl) echo --format zpl-native ;; esac; }
seal() { "$wayseal" seal ../orders.csv "${day[@]/#wayseal-demo/../wayseal-demo}" --out "$out" --part $((rows / 8)) $(format) "$@"; }

killed=0
for out in labels.zip labels.tar labels.jsonl labels.zpl labels.pdf labels; do
  mkdir alone killed_
  (cd alone && seal > run.log 2>&1) || [ $? = 1 ]
  rm -f alone/run.log
  # The time of a whole run, in milliseconds, to spread the moments over.
  mkdir timed
  begun=$(date +%s%N)
  (cd timed && seal > /dev/null 2>&1) || [ $? = 1 ]
  whole=$((($(date +%s%N) - begun) / 1000000))
  rm -rf timed
  for ((moment = 0; moment < moments / 6; moment++)); do
    cd killed_
    "$wayseal" seal ../orders.csv "${day[@]/#wayseal-demo/../wayseal-demo}" --out "$out" --part $((rows / 8)) $(format) --resume > /dev/null 2>&1 &
    job=$!
    wait_ms=$((RANDOM * (whole + 1) / 32768))
    sleep "$(printf '%d.%03d' $((wait_ms / 1000)) $((wait_ms % 1000)))"
    if kill -9 "$job" 2> /dev/null; then killed=$((killed + 1)); fi
    wait "$job" 2> /dev/null || true
    # A file under a final name is whole: it is the one of the other run.
    for file in "$out"* ; do
      case "$file" in *manifest.json | '*') continue ;; esac
      [ -f "$file" ] && ! cmp -s "$file" "../alone/$file" && { echo "$file differs after a kill"; exit 1; }
    done
    # One run in three goes on to its end; the next begins anew.
    if ((RANDOM % 3 == 0)); then
      (seal --resume > /dev/null 2>&1) || [ $? = 1 ]
      (state) > ../killed.sums
      (cd ../alone && state) > ../alone.sums
      diff ../alone.sums ../killed.sums > /dev/null || { echo "$out differs"; diff ../alone.sums ../killed.sums; exit 1; }
      rm -rf ./* ./.[a-z]*
    fi
    cd ..
  done
  (cd killed_ && { seal --resume > /dev/null 2>&1 || [ $? = 1 ]; } && state > ../killed.sums)
  (cd alone && state > ../alone.sums)
  diff alone.sums killed.sums || { echo "$out differs"; exit 1; }
  rm -rf alone killed_
done
echo "$killed killed of $moments, every set the same as one left alone"
[ "$killed" -ge $((moments / 3)) ]
