#!/usr/bin/env bash
# The worst time and memory of each kind of file: files as large as their bounds allow, made to be slow.
set -euo pipefail
cd "$(dirname "$0")/../.."
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}"
bash .ci/release.sh
wayseal="$CARGO_TARGET_DIR/release/wayseal"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
cd "$work"
export WAYSEAL_PASSPHRASE=bounds
"$wayseal" demo --folder demo > /dev/null
"$wayseal" log auditor > /dev/null
"$wayseal" log enrol pda --authority demo/authority/authority.pub -o pda.enrolment 2> /dev/null > /dev/null
"$wayseal" courier init --enrolment pda.enrolment --state pda > /dev/null
python3 - << 'P'
import os, random
random.seed(1)
log = open("pda/log", "rb").read()
# A header of the device, and noise up to the bound.
open("garbage.log", "wb").write(log + os.urandom((64 << 20) - len(log)))
place = lambda at: f"s{at},{at >> 12},{at & 4095}"
open("stations.csv", "w").write("code,region,site,divisions\n" + "".join(place(at) + ",\n" for at in range(131072)))
open("served.csv", "w").write("code,region,site,divisions\n" + place(0) + "," + ";".join(f"US:{at:06x}" for at in range(1 << 20)) + "\n")
open("cells.csv", "w").write("a,b\n" * (1 << 21))
open("quote.csv", "wb").write(b"code,region,site\n\"" + b"x" * (63 << 20))
open("age.grant", "wb").write(b"age-encryption.org/v1\n" + b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n" * 1)
open("zeros.grant", "wb").write(bytes(64 << 20))
open("map.list", "wb").write(b"\x84\x73wayseal revocations\x01\x5a\x03\xff\xff\x00" + bytes(64 << 20 - 1))
for name in ("age.grant", "zeros.grant"):
    os.chmod(name, 0o600)
P
worst() {
  local name=$1
  shift
  local code=0
  /usr/bin/time -f "%e s %M KiB" -o cost "$@" > out 2> err || code=$?
  printf '%-16s exit %s  %s  %s\n' "$name" "$code" "$(tail -n 1 cost)" "$(tail -n 1 err | cut -c1-80)"
  [ "$code" -lt 100 ] || { echo "$name: a crash"; exit 1; }
}
worst "log"      "$wayseal" log verify garbage.log
worst "stations" "$wayseal" mask demo/none.csv --stations stations.csv
worst "served"   "$wayseal" mask demo/none.csv --stations served.csv
worst "cells"    "$wayseal" mask demo/none.csv --stations cells.csv
worst "quote"    "$wayseal" mask demo/none.csv --stations quote.csv
worst "envelope" "$wayseal" authority show age.grant --authority demo/authority/authority.pub
worst "grant"    "$wayseal" authority show zeros.grant --authority demo/authority/authority.pub
worst "list"     "$wayseal" device accept --folder pda map.list
echo "bounds: no crash, and no file took longer than the time beside it"
